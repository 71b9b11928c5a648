package dev.janus.contract.label;

import java.util.Optional;

/**
 * Names of the columns of a label file. They are compared with the header without regard to case
 * and to blanks around them, as the CIC files have leading blanks.
 *
 * @param duration length of the flow; absent when the file has none or it is not to be used
 */
public record LabelColumns(
    String sourceIp,
    String sourcePort,
    String destinationIp,
    String destinationPort,
    String protocol,
    String timestamp,
    String label,
    Optional<Duration> duration) {
  /**
   * The column with the length of the flow.
   *
   * @param column its name
   * @param unit what its numbers count
   */
  public record Duration(String column, Unit unit) {}

  /** Units of time as descriptions name them. */
  public enum Unit {
    MICROSECONDS("us", 1),
    MILLISECONDS("ms", 1_000),
    SECONDS("s", 1_000_000);

    private final String symbol;
    private final long micros;

    Unit(String symbol, long micros) {
      this.symbol = symbol;
      this.micros = micros;
    }

    public String symbol() {
      return symbol;
    }

    /** Microseconds in one of it. */
    public long micros() {
      return micros;
    }
  }
}
