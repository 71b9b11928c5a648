package dev.janus.contract.label;

import java.util.List;

/**
 * How well flows and label rows fitted.
 *
 * @param offset what was added to the times of the rows
 * @param flows flows asked for
 * @param matched flows that found a row
 * @param rows label rows that could be joined
 * @param unusedRows rows that labelled no flow
 * @param ambiguous flows for which a row with another label was as near
 * @param shared flows that had to take a row which had labelled another flow before
 * @param captures hits of each capture
 * @param files what was read from each label file
 */
public record LabelJoinReport(
    TimeOffset offset,
    long flows,
    long matched,
    long rows,
    long unusedRows,
    long ambiguous,
    long shared,
    List<CaptureHits> captures,
    List<LabelFileReport> files) {
  /** Below this share of labelled flows the times probably do not fit. */
  public static final double SUSPICIOUS_HIT_RATE = 0.9;

  public LabelJoinReport {
    captures = List.copyOf(captures);
    files = List.copyOf(files);
  }

  /**
   * Hits of one capture.
   *
   * @param capture its name
   * @param flows flows that started in it
   * @param matched those that found a row
   */
  public record CaptureHits(String capture, long flows, long matched) {
    /** Share of flows with a row, 0..1; 1 when there are no flows. */
    public double hitRate() {
      return rate(matched, flows);
    }
  }

  /** Share of flows with a row, 0..1; 1 when there are no flows. */
  public double hitRate() {
    return rate(matched, flows);
  }

  /** Whether so few flows found a row that a scan for another offset is worth it. */
  public boolean suspicious() {
    return hitRate() < SUSPICIOUS_HIT_RATE;
  }

  private static double rate(long part, long whole) {
    return whole == 0 ? 1 : (double) part / whole;
  }
}
