package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.Verdicts;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
  /** Distance of the given flows. */
  static double[] of(Verdicts verdicts, int[] rows) {
    return Arrays.stream(rows).mapToDouble(row -> verdicts.distances()[row]).toArray();
  }

  /** The given flows by their start; those that start together as they were. */
  int[] inOrderOfTime(int[] rows) {
    return metadata.inOrderOfTime(rows);
  }

  /** Tested flows that are benign, or those that are attacks; ascending. */
  public int[] tested(boolean benign) {
    return Arrays.stream(split.rows(FlowSplit.Use.TEST))
        .filter(row -> split.benign(row) == benign)
        .toArray();
  }

  /** Tested attack flows by label, in the order of labels; flows ascending. */
  public SequencedMap<String, int[]> testedAttacks() {
    SequencedMap<String, IntStream.Builder> byLabel = new TreeMap<>();
    for (int row : tested(false)) {
      byLabel.computeIfAbsent(metadata.label(row), label -> IntStream.builder()).add(row);
    }
    SequencedMap<String, int[]> attacks = new LinkedHashMap<>();
    byLabel.forEach((label, rows) -> attacks.put(label, rows.build().toArray()));
    return attacks;
  }
}
