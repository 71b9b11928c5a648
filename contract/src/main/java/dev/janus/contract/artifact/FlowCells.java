package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.FlowTables.FlowColumn;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The values of {@code flows.parquet} by column, whatever number type the writer chose: pandas
 * turns whole numbers into doubles where a value is missing, and knows small unsigned types. Only
 * flow_id and label must be there; of the others the reader says what they are when nobody else
 * does.
 */
final class FlowCells {
  private static final Set<FlowColumn> REQUIRED = Set.of(FlowColumn.FLOW_ID, FlowColumn.LABEL);

  /** Other names under which a column is found. */
  private static final Map<FlowColumn, List<String>> SYNONYMS =
      Map.of(
          FlowColumn.PACKETS, List.of("npkts"),
          FlowColumn.PROTOCOL, List.of("proto"));

  private static final int ABSENT = -1;

  private final ParquetTable table;
  private final ParquetTable.Rows rows;
  private final Origin origin;
  private final Map<FlowColumn, Integer> places = new EnumMap<>(FlowColumn.class);

  /**
   * Looks where each column stands.
   *
   * @throws ContractException when one is missing that must be there, or one is of a type from
   *     which its values cannot be had
   */
  FlowCells(ParquetTable table, ParquetTable.Rows rows) {
    this.table = table;
    this.rows = rows;
    this.origin = TableColumns.origin(table);
    List<String> names = table.columns().stream().map(Column::name).toList();
    for (FlowColumn column : FlowColumn.values()) {
      int place = place(column, names);
      places.put(column, place);
      if (place == ABSENT && REQUIRED.contains(column)) {
        throw new ContractException(
            "%s: column %s is missing (there are %s)%s"
                .formatted(
                    table.file(), column.column().name(), String.join(", ", names), origin.fix()));
      }
      if (place != ABSENT && !isReadable(column, table.columns().get(place).type())) {
        throw new ContractException(
            "%s: column %s is of type %s, not %s%s"
                .formatted(
                    table.file(),
                    names.get(place),
                    table.columns().get(place).type(),
                    column.column().type(),
                    origin.fix()));
      }
    }
  }

  private static int place(FlowColumn column, List<String> names) {
    int place = names.indexOf(column.column().name());
    for (String synonym : SYNONYMS.getOrDefault(column, List.of())) {
      place = place == ABSENT ? names.indexOf(synonym) : place;
    }
    return place;
  }

  private boolean isReadable(FlowColumn column, ColumnType found) {
    ColumnType wanted = column.column().type();
    if (found == wanted) {
      return true;
    }
    if (origin == Origin.EXTRACTION) {
      return false;
    }
    boolean number =
        switch (found) {
          case INT32, INT64, FLOAT, DOUBLE -> true;
          case BOOLEAN, STRING, OTHER -> false;
        };
    return wanted == ColumnType.STRING
        ? column == FlowColumn.LABEL && (number || found == ColumnType.BOOLEAN)
        : number;
  }

  Origin origin() {
    return origin;
  }

  /** Whether there is such a column. */
  boolean hasColumn(FlowColumn column) {
    return place(column) != ABSENT;
  }

  /** Whether the present row has a value there. */
  boolean has(FlowColumn column) {
    int place = place(column);
    return place != ABSENT && (origin == Origin.EXTRACTION || !rows.isNull(place));
  }

  /** A whole number. */
  long integer(FlowColumn column) {
    requireValue(column);
    int place = place(column);
    return switch (table.columns().get(place).type()) {
      case INT32 -> rows.getInt(place);
      case INT64 -> rows.getLong(place);
      case FLOAT -> whole(column, rows.getFloat(place));
      default -> whole(column, rows.getDouble(place));
    };
  }

  /** A whole number, or what stands for a missing one. */
  long integer(FlowColumn column, long missing) {
    return has(column) ? integer(column) : missing;
  }

  private long whole(FlowColumn column, double value) {
    if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
      throw wrong(column, value, "a whole number");
    }
    return (long) value;
  }

  /** A text; of a label that is a number, the number as text. */
  String text(FlowColumn column) {
    requireValue(column);
    int place = place(column);
    return table.columns().get(place).type() == ColumnType.STRING
        ? rows.getString(place)
        : rows.text(place).orElseThrow(() -> wrong(column, "nothing", "a value"));
  }

  /** A text, or what stands for a missing one. */
  String text(FlowColumn column, String missing) {
    return has(column) ? text(column) : missing;
  }

  private void requireValue(FlowColumn column) {
    if (!has(column)) {
      throw wrong(column, "nothing", "a value");
    }
  }

  private int place(FlowColumn column) {
    Integer place = places.get(column);
    return place == null ? ABSENT : place;
  }

  /** What to say about a value that cannot be. */
  ContractException wrong(FlowColumn column, Object value, String wanted) {
    int place = place(column);
    return new ContractException(
        "%s: row %d, column %s: %s is not %s%s"
            .formatted(
                table.file(),
                rows.row(),
                place == ABSENT ? column.column().name() : table.columns().get(place).name(),
                value,
                wanted,
                origin.fix()));
  }
}
