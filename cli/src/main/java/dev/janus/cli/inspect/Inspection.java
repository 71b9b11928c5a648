package dev.janus.cli.inspect;

import dev.janus.contract.capture.CaptureOptions;
import dev.janus.contract.flow.ExtractionReport;
import dev.janus.contract.flow.ExtractionReport.CaptureReport;
import java.nio.file.Path;
import java.util.List;

/**
 * What captures hold.
 *
 * @param report what was read
 * @param places paths of the captures below the folders that were given, in reading order
 * @param options how the captures were read
 * @param flows their flows
 */
public record Inspection(
    ExtractionReport report, List<Path> places, CaptureOptions options, FlowTally flows) {
  public Inspection {
    places = List.copyOf(places);
  }

  /**
   * How a capture is called among the others.
   *
   * @param number its place in reading order
   */
  String nameOf(int number) {
    return places.get(number).toString();
  }

  /** Each capture, in reading order. */
  List<CaptureReport> captures() {
    return report.captures();
  }

  /** Sums over all captures. */
  CaptureTotals totals() {
    return CaptureTotals.of(captures().stream().map(CaptureReport::statistics).toList());
  }

  /** Whether every capture was read to its end. */
  boolean complete() {
    return !report.stopped()
        && captures().stream().allMatch(capture -> capture.statistics().stoppedAt().isEmpty());
  }
}
