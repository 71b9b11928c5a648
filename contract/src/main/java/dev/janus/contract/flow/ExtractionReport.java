package dev.janus.contract.flow;

import dev.janus.contract.capture.CaptureFormat;
import dev.janus.contract.capture.CaptureStatistics;
import java.nio.file.Path;
import java.util.List;

/**
 * What an extraction did.
 *
 * @param captures one entry for each capture begun, in reading order
 * @param packets packets kept
 * @param flows flows handed to the sink
 * @param mostOpenFlows flows open at once at most
 * @param evicted flows ended early because the table was full
 * @param clampedTimestamps packets earlier than the latest one of their flow
 * @param stopped whether the stop signal ended it
 */
public record ExtractionReport(
    List<CaptureReport> captures,
    long packets,
    long flows,
    int mostOpenFlows,
    long evicted,
    long clampedTimestamps,
    boolean stopped) {
  public ExtractionReport {
    captures = List.copyOf(captures);
  }

  /**
   * One capture of the extraction.
   *
   * @param file the capture
   * @param format what its magic said
   * @param statistics its final counters
   * @param flows flows whose first packet it held
   */
  public record CaptureReport(
      Path file, CaptureFormat format, CaptureStatistics statistics, long flows) {}
}
