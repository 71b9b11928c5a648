package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.score.ScoreName;
import java.util.Arrays;

/**
 * Every flow of a data set with its scores, in flow order. The arrays are not copied.
 *
 * @param metadata label and origin of each flow
 * @param split what each flow is used for
 * @param scores {@code [N, 10]}
 * @param d2 squared Mahalanobis distance of each flow, {@code [N]}
 * @param pValues p-value of each flow, {@code [N]}
 * @param flowsPerSecond how fast it went
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredDataset(
    FlowMetadata metadata,
    FlowSplit split,
    double[] scores,
    double[] d2,
    double[] pValues,
    double flowsPerSecond) {
  /** d2 of the given flows. */
  double[] distances(int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> d2[row]).toArray();
  }

  /** Scores of the given flows, {@code [rows, 10]}. */
  double[] scores(int[] rows) {
    double[] selected = new double[rows.length * ScoreName.COUNT];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(
          scores, rows[k] * ScoreName.COUNT, selected, k * ScoreName.COUNT, ScoreName.COUNT);
    }
    return selected;
  }

  /** Tested flows that are benign, or those that are attacks. */
  int[] tested(boolean benign) {
    return Arrays.stream(split.rows(FlowSplit.Use.TEST))
        .filter(row -> split.benign(row) == benign)
        .toArray();
  }
}
