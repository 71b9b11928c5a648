package dev.janus.score;

/**
 * Scores and verdicts of flows, row by row.
 *
 * @param scores {@code [flows, 10]} in the order of {@link ScoreName}
 * @param distances squared Mahalanobis distance of each flow, 0 or more
 * @param pValues conformal p-value of each flow against benign validation, in (0, 1]
 */
@SuppressWarnings("ArrayRecordComponent")
public record FlowVerdicts(double[] scores, double[] distances, double[] pValues) {
  /** Number of flows. */
  public int flows() {
    return distances.length;
  }
}
