package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.HiddenState;
import dev.janus.score.ScoreName;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** {@code phase1_scores.npz}: the scores of every flow, row i is flow i. */
public final class ScoreArchive {
  private ScoreArchive() {}

  /**
   * Writes flow_id, label, split (train, validation, test, unused), scores {@code [N, 10]}, d2 and
   * p_value, hidden and hidden_p_value of every flow, and score_names {@code [10]}.
   */
  public static void write(Path file, ScoredDataset flows) {
    FlowVerdicts verdicts = flows.verdicts();
    int n = verdicts.flows();
    try (NpzWriter npz = NpzWriter.create(file)) {
      putFlows(npz, flows.metadata(), flows.split());
      npz.put("scores", NpyArray.of(verdicts.scores(), n, ScoreName.COUNT));
      npz.put("d2", NpyArray.of(verdicts.oas10().distances()));
      npz.put("p_value", NpyArray.of(verdicts.oas10().pValues()));
      npz.put(HiddenState.LABEL, NpyArray.of(verdicts.hidden().distances()));
      npz.put(HiddenState.P_VALUE_LABEL, NpyArray.of(verdicts.hidden().pValues()));
      npz.put("score_names", NpyArray.of(ScoreName.labels().toArray(String[]::new)));
      npz.commit();
    }
  }

  /** Puts flow_id, label and split of every flow. */
  public static void putFlows(NpzWriter npz, FlowMetadata metadata, FlowSplit split) {
    int n = metadata.size();
    npz.put("flow_id", NpyArray.of(LongStream.range(0, n).toArray()));
    npz.put(
        "label",
        NpyArray.of(IntStream.range(0, n).mapToObj(metadata::label).toArray(String[]::new)));
    npz.put(
        "split",
        NpyArray.of(
            IntStream.range(0, n)
                .mapToObj(i -> split.use(i).name().toLowerCase(Locale.ROOT))
                .toArray(String[]::new)));
  }
}
