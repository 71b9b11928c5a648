package dev.janus.cli.baseline;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.label.LabelRules;
import dev.janus.eval.ScoredFlows;
import java.util.Arrays;
import java.util.Comparator;
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
    return Arrays.stream(split.rows(FlowSplit.Use.TEST))
        .filter(row -> split.benign(row) == benign)
        .boxed()
        .sorted(Comparator.comparingLong(metadata::startMicros))
        .mapToDouble(row -> scores[row])
        .toArray();
  }

  /** The tested flows; all benign labels become one. */
  ScoredFlows testedFlows() {
    int[] rows = split.rows(FlowSplit.Use.TEST);
    List<String> labels =
        Arrays.stream(rows)
            .mapToObj(row -> split.benign(row) ? LabelRules.BENIGN : metadata.label(row))
            .toList();
    return new ScoredFlows(labels, of(rows), new double[0], List.of());
  }
}
