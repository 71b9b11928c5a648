package dev.janus.cli.inspect;

import dev.janus.contract.capture.CaptureOptions;
import java.util.List;

/**
 * What captures hold.
 *
 * @param captures each of them, in reading order
 * @param options how they were read
 * @param flows their flows
 * @param evicted flows ended because the flow table was full
 * @param stopped whether reading was interrupted
 */
public record Inspection(
    List<InspectedCapture> captures,
    CaptureOptions options,
    FlowTally flows,
    long evicted,
    boolean stopped) {
  public Inspection {
    captures = List.copyOf(captures);
  }

  /** Sums over all captures. */
  CaptureTotals totals() {
    return CaptureTotals.of(captures.stream().map(InspectedCapture::statistics).toList());
  }
}
