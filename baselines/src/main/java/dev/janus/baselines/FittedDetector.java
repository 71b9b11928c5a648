package dev.janus.baselines;

import dev.janus.contract.flow.FlowBatch;

/** A detector that has learnt benign flows. Immutable and thread-safe. */
@FunctionalInterface
public interface FittedDetector {
  /**
   * Scores flows, each on its own. May use all cores; the result does not depend on their number.
   *
   * @param flows raw flows
   * @return one score per flow, {@code [flows]}, never NaN; higher is more anomalous
   * @throws BaselineException when a feature is not finite; names the row in {@code flows}
   */
  double[] score(FlowBatch flows);
}
