package dev.janus.cli.baseline;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.report.TestedFlows;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.eval.ScoredFlows;
import java.util.Arrays;
import java.util.List;

/**
 * Every flow of a data set with its score by one control, in flow order.
 *
 * @param metadata label and origin of each flow
 * @param split what each flow is used for
 * @param scores score of each flow, {@code [N]}
 * @param flowsPerSecond how fast scoring went
 */
@SuppressWarnings("ArrayRecordComponent")
record ScoredControl(
    FlowMetadata metadata, FlowSplit split, double[] scores, double flowsPerSecond) {
  /** Scores of the given flows. */
  double[] of(int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> scores[row]).toArray();
  }

  /** Scores of the tested flows that are benign, by their start, or of those that are attacks. */
  double[] tested(boolean benign) {
    return of(metadata.inOrderOfTime(benign ? split.testedBenign() : split.testedAttack()));
  }

  /** The tested flows with their labels. */
  ScoredFlows testedFlows() {
    double[] tested = of(split.rows(FlowSplit.Use.TEST));
    return TestedFlows.scored(metadata, split, tested, new double[0], List.of());
  }
}
