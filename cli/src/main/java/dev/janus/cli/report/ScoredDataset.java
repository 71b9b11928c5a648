package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.HiddenState;
import dev.janus.score.ScoreName;
import dev.janus.score.Verdicts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

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
  /** d2 of the given flows. */
  double[] distances(int[] rows) {
    return selected(verdicts.oas10(), rows);
  }

  /** Distance of the hidden state of the given flows. */
  double[] hidden(int[] rows) {
    return selected(verdicts.hidden(), rows);
  }

  private static double[] selected(Verdicts verdicts, int[] rows) {
    double[] distances = verdicts.distances();
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

  /** Names of the columns of {@link #scores}. */
  static List<String> scoreNames() {
    List<String> names = new ArrayList<>(ScoreName.labels());
    names.add(HiddenState.LABEL);
    return names;
  }

  /** The ten scores and the distance of the hidden state of the given flows, {@code [rows, 11]}. */
  double[] scores(int[] rows) {
    int columns = ScoreName.COUNT + 1;
    double[] selected = new double[rows.length * columns];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(
          verdicts.scores(), rows[k] * ScoreName.COUNT, selected, k * columns, ScoreName.COUNT);
      selected[k * columns + ScoreName.COUNT] = verdicts.hidden().distances()[rows[k]];
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
