package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.eval.ScoredFlows;
import java.util.Arrays;
import java.util.List;

/** The tested flows of a data set, labelled for an evaluation. */
public final class TestedFlows {
  private TestedFlows() {}

  /**
   * Joins scores with labels. Whether a flow is benign is what the split says, so an attack may be
   * called as benign flows are elsewhere.
   *
   * @param distances distance of each tested flow, in the order of the split's tested rows
   * @param scores further scores of each, {@code [tested, names.size()]} row-major
   * @param names names of the columns of {@code scores}
   */
  public static ScoredFlows scored(
      FlowMetadata metadata,
      FlowSplit split,
      double[] distances,
      double[] scores,
      List<String> names) {
    int[] rows = split.rows(FlowSplit.Use.TEST);
    boolean[] benign = new boolean[rows.length];
    for (int k = 0; k < rows.length; k++) {
      benign[k] = split.benign(rows[k]);
    }
    return new ScoredFlows(
        Arrays.stream(rows).mapToObj(metadata::label).toList(), benign, distances, scores, names);
  }
}
