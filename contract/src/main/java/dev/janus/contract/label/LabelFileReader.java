package dev.janus.contract.label;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Understands the rows of one label file. Whoever splits the file into fields hands them in; rows
 * that cannot be understood are counted and the first of them described. Not thread-safe.
 */
public final class LabelFileReader {
  private static final int PROBLEMS_KEPT = 5;

  private static final int ICMP = 1;
  private static final int ICMP_V6 = 58;

  private record Dropped(int column, LabelRules.Drop rule) {}

  private final DatasetDescription description;
  private final String file;

  /** Where the names of the columns stand, for messages about them. */
  private final String headerPlace;

  private final String[] header;
  private final List<StampReader> stampReaders = new ArrayList<>();
  private final int sourceIp;
  private final int sourcePort;
  private final int destinationIp;
  private final int destinationPort;
  private final int protocol;
  private final int timestamp;
  private final int label;
  private final int duration;
  private final List<Dropped> drops = new ArrayList<>();

  private long rows;
  private long blank;
  private long dropped;
  private long unreadable;
  private final List<String> problems = new ArrayList<>();

  /**
   * Finds the columns of a file with a header line.
   *
   * @param file name for messages
   * @param line of the header, from 1
   * @param header names of the file's columns as they stand there
   * @throws ContractException when a column that the description names is not there or there twice
   */
  public LabelFileReader(DatasetDescription description, String file, long line, String[] header) {
    this(description, file, file + ":" + line, header.clone());
  }

  /**
   * Finds the columns of a file without one.
   *
   * @param file name for messages
   * @param header names of the file's columns as the description lists them
   * @throws ContractException when a column that the description names is not there or there twice
   */
  public LabelFileReader(DatasetDescription description, String file, List<String> header) {
    this(
        description,
        file,
        file + ": header in the description of the data set",
        header.toArray(String[]::new));
  }

  private LabelFileReader(
      DatasetDescription description, String file, String headerPlace, String[] header) {
    this.description = description;
    this.file = file;
    this.headerPlace = headerPlace;
    this.header = header;
    LabelColumns columns = description.csv().columns();
    this.sourceIp = find(columns.sourceIp());
    this.sourcePort = find(columns.sourcePort());
    this.destinationIp = find(columns.destinationIp());
    this.destinationPort = find(columns.destinationPort());
    this.protocol = find(columns.protocol());
    this.timestamp = find(columns.timestamp());
    this.label = find(columns.label());
    this.duration =
        columns.duration().map(LabelColumns.Duration::column).map(this::find).orElse(-1);
    for (LabelRules.Drop rule : description.labels().drops()) {
      drops.add(new Dropped(find(rule.column()), rule));
    }
    TimestampFormat stamps = description.csv().timestamps();
    for (String format : stamps.formats()) {
      stampReaders.addAll(StampReader.of(format, stamps.clock(), stamps.zone()));
    }
  }

  /**
   * Understands a row.
   *
   * @param line its line in the file, from 1
   * @param fields its fields; missing ones at the end count as empty
   * @return empty when the row is blank, dropped by a rule, the header once more, or cannot be
   *     understood
   */
  public Optional<LabelRow> read(long line, String[] fields) {
    if (isBlank(fields)) {
      blank++;
      return Optional.empty();
    }
    rows++;
    for (Dropped drop : drops) {
      if (drop.rule().matches().matcher(field(fields, drop.column())).matches()) {
        dropped++;
        return Optional.empty();
      }
    }
    if (field(fields, label).equalsIgnoreCase(header[label].strip())
        && field(fields, timestamp).equalsIgnoreCase(header[timestamp].strip())) {
      dropped++; // files put together from several repeat their header
      return Optional.empty();
    }
    try {
      return Optional.of(understood(line, fields));
    } catch (Unreadable e) {
      unreadable++;
      if (problems.size() < PROBLEMS_KEPT) {
        problems.add(
            "%s:%d:%s: %s".formatted(file, line, header[e.column].strip(), e.getMessage()));
      }
      return Optional.empty();
    }
  }

  /** What was read up to now. */
  public LabelFileReport report() {
    return new LabelFileReport(file, rows, blank, dropped, unreadable, problems);
  }

  private LabelRow understood(long line, String[] fields) throws Unreadable {
    StampReader.Stamp stamp = stamp(fields);
    String written = description.labels().normalise(field(fields, label));
    if (written.isBlank()) {
      throw new Unreadable(label, "the label is empty");
    }
    int proto = protocol(fields);
    boolean portless = proto == ICMP || proto == ICMP_V6;
    FlowTuple tuple =
        new FlowTuple(
            address(fields, sourceIp),
            portless ? 0 : whole(fields, sourcePort, 0xffff),
            address(fields, destinationIp),
            portless ? 0 : whole(fields, destinationPort, 0xffff),
            proto);
    return new LabelRow(
        line, tuple, stamp.micros(), stamp.resolutionMicros(), duration(fields), written);
  }

  private StampReader.Stamp stamp(String[] fields) throws Unreadable {
    String text = field(fields, timestamp);
    for (int i = 0; i < stampReaders.size(); i++) {
      Optional<StampReader.Stamp> stamp = stampReaders.get(i).read(text);
      if (stamp.isPresent()) {
        // The next row is most likely written the same way.
        stampReaders.addFirst(stampReaders.remove(i));
        return stamp.get();
      }
    }
    throw new Unreadable(
        timestamp,
        "\"%s\" is not written as %s"
            .formatted(text, String.join(" or ", description.csv().timestamps().formats())));
  }

  private int protocol(String[] fields) throws Unreadable {
    return switch (field(fields, protocol).toLowerCase(Locale.ROOT)) {
      case "tcp" -> 6;
      case "udp" -> 17;
      case "icmp" -> ICMP;
      case "icmpv6", "icmp6", "ipv6-icmp" -> ICMP_V6;
      default -> whole(fields, protocol, 0xff);
    };
  }

  private IpAddress address(String[] fields, int column) throws Unreadable {
    try {
      return IpAddress.parse(field(fields, column));
    } catch (IllegalArgumentException e) {
      throw new Unreadable(column, "\"" + field(fields, column) + "\" is not an IP address");
    }
  }

  private int whole(String[] fields, int column, int max) throws Unreadable {
    String text = field(fields, column);
    // Tables that went through a tool with missing values show 80 as 80.0.
    String digits = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    if (!digits.isEmpty()
        && digits.length() <= 9
        && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      int value = Integer.parseInt(digits);
      if (value <= max) {
        return value;
      }
    }
    throw new Unreadable(column, "\"" + text + "\" is not a number from 0 to " + max);
  }

  /** A length that makes no sense is as good as none: it only breaks ties. */
  private OptionalLong duration(String[] fields) {
    Optional<LabelColumns.Duration> column = description.csv().columns().duration();
    if (column.isEmpty()) {
      return OptionalLong.empty();
    }
    String text = field(fields, duration);
    try {
      double micros = Double.parseDouble(text) * column.get().unit().micros();
      return micros >= 0 && micros < Long.MAX_VALUE
          ? OptionalLong.of(Math.round(micros))
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private int find(String name) {
    int found = -1;
    for (int i = 0; i < header.length; i++) {
      if (header[i].strip().equalsIgnoreCase(name.strip())) {
        if (found >= 0) {
          throw new ContractException(
              "%s: column %s is there twice (fields %d and %d)"
                  .formatted(headerPlace, name.strip(), found + 1, i + 1));
        }
        found = i;
      }
    }
    if (found < 0) {
      throw new ContractException(
          "%s: no column %s; did you mean %s? There are: %s"
              .formatted(headerPlace, name.strip(), NearestName.to(name, header), names()));
    }
    return found;
  }

  private String names() {
    List<String> names = new ArrayList<>();
    for (String name : header) {
      names.add(name.strip());
    }
    return String.join(", ", names);
  }

  private static boolean isBlank(String[] fields) {
    for (String field : fields) {
      if (!field.isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static String field(String[] fields, int column) {
    return column < fields.length ? fields[column].strip() : "";
  }

  /** Why a row cannot be understood; without stack trace, since there may be millions. */
  private static final class Unreadable extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    private final int column;

    Unreadable(int column, String message) {
      super(message, null, false, false);
      this.column = column;
    }
  }
}
