package dev.janus.score;

/**
 * Scores and verdicts of flows, row by row.
 *
 * @param scores {@code [flows, 10]} in the order of {@link ScoreName}
 * @param oas10 by the distance of the ten scores (method, section 8)
 * @param hidden by the distance of the hidden state, see {@link HiddenState}
 */
@SuppressWarnings("ArrayRecordComponent")
public record FlowVerdicts(double[] scores, Verdicts oas10, Verdicts hidden) {
  /** Number of flows. */
  public int flows() {
    return oas10.flows();
  }
}
