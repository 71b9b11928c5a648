package dev.janus.baselines;

import dev.janus.contract.flow.FlowSource;

/**
 * A method that learns benign flows and tells how anomalous others are. Stateless and thread-safe:
 * what it learns is the {@link FittedDetector}.
 */
public sealed interface Detector
    permits DurationControl,
        IsolationForest,
        MahalanobisControl,
        MixtureControl,
        NearestNeighbours,
        PacketCountControl,
        PrincipalComponents,
        RangeRule {
  /** Name on the command line and in results: lower-case letters, digits and hyphens. */
  String name();

  /** What the score is, in one line. */
  String description();

  /**
   * Learns benign flows. The same flows, rows and seed give the same detector, bit for bit, for any
   * number of cores; what is done in parallel is done by the common pool, or by the {@link
   * java.util.concurrent.ForkJoinPool} that the caller runs in. Memory does not grow with the
   * number of flows beyond what the class says.
   *
   * @param flows raw flows
   * @param rows rows of the benign training flows in {@code flows}, at least 2
   * @param seed seed of whatever is random
   * @param check called between two pieces of the work; what it throws ends the fit
   * @throws BaselineException when the flows are too few, or a raw feature is not finite; names its
   *     row in {@code flows}
   * @throws dev.janus.model.ModelException when a token or feature is not finite and the detector
   *     standardises them; names its row in {@code flows}
   */
  FittedDetector fit(FlowSource flows, int[] rows, long seed, Runnable check);

  /** As {@link #fit(FlowSource, int[], long, Runnable)}, to its end. */
  default FittedDetector fit(FlowSource flows, int[] rows, long seed) {
    return fit(flows, rows, seed, () -> {});
  }
}
