package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.VerdictName;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Every flow of a data set with its scores, in flow order.
 *
 * @param metadata label and origin of each flow
 * @param split what each flow is used for
 * @param verdicts scores and verdicts of each flow
 * @param flowsPerSecond how fast it went
 */
public record ScoredDataset(
    FlowMetadata metadata, FlowSplit split, FlowVerdicts verdicts, double flowsPerSecond) {
  /** Distance of the given flows by one kind of verdict. */
  double[] distances(VerdictName verdict, int[] rows) {
    double[] distances = verdicts.by(verdict).distances();
    return Arrays.stream(rows).mapToDouble(row -> distances[row]).toArray();
  }

  /** The given flows by their start; those that start together as they were. */
  int[] inOrderOfTime(int[] rows) {
    return Arrays.stream(rows)
        .boxed()
        .sorted(Comparator.comparingLong(metadata::startMicros))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Tested flows that are benign, or those that are attacks. */
  int[] tested(boolean benign) {
    return Arrays.stream(split.rows(FlowSplit.Use.TEST))
        .filter(row -> split.benign(row) == benign)
        .toArray();
  }
}
