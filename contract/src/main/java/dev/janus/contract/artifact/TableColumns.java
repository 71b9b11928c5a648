package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.packet.PacketSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a table of an extraction against its schema version and the columns it must have. */
final class TableColumns {
  /** The way out of every damaged or foreign artifact. */
  static final String FIX = "; run janus extract again";

  /** The way out of features that do not fit. */
  private static final String FEATURES_FIX = "; run janus features --overwrite";

  private TableColumns() {}

  /**
   * Where each wanted column of a table of features stands; their order does not matter.
   *
   * @throws ContractException when one is missing, of another type or unknown, or the version is
   *     another
   */
  static int[] locate(ParquetTable table, List<Column> wanted) {
    if (version(table).isEmpty()) {
      throw new ContractException(
          "%s: states no schema version (metadata key %s)%s"
              .formatted(table.file(), FlowTables.VERSION_KEY, FEATURES_FIX));
    }
    List<String> names = new ArrayList<>();
    table.columns().forEach(column -> names.add(column.name()));
    int[] places = new int[wanted.size()];
    for (int i = 0; i < places.length; i++) {
      Column column = wanted.get(i);
      places[i] = names.indexOf(column.name());
      if (places[i] < 0) {
        throw new ContractException(
            "%s: column %s is missing (there are %s)%s"
                .formatted(table.file(), column.name(), String.join(", ", names), FEATURES_FIX));
      }
      ColumnType found = table.columns().get(places[i]).type();
      if (found != column.type()) {
        throw new ContractException(
            "%s: column %s is of type %s, not %s%s"
                .formatted(table.file(), column.name(), found, column.type(), FEATURES_FIX));
      }
    }
    wanted.forEach(column -> names.remove(column.name()));
    if (!names.isEmpty()) {
      throw new ContractException(
          "%s: unknown column %s%s"
              .formatted(table.file(), String.join(", ", names), FEATURES_FIX));
    }
    return places;
  }

  /**
   * Who wrote a table. One that states a version and that another program has written again, with
   * other labels say, is that program's: it may lack columns and values.
   *
   * @throws ContractException when it states another schema version than this one
   */
  static Origin origin(ParquetTable table) {
    return version(table).isPresent() && table.isOwn() ? Origin.EXTRACTION : Origin.FOREIGN;
  }

  private static Optional<String> version(ParquetTable table) {
    Optional<String> found = Optional.ofNullable(table.metadata().get(FlowTables.VERSION_KEY));
    String expected = Integer.toString(PacketSchema.VERSION);
    if (found.isPresent() && !found.get().equals(expected)) {
      throw new ContractException(
          "%s: schema version %s, but version %s is read here%s"
              .formatted(table.file(), found.get(), expected, FIX));
    }
    return found;
  }
}
