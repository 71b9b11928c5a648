package dev.janus.cli.report;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
import dev.janus.score.ChosenVerdict;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.FusedMeasure;
import dev.janus.score.ScoreName;
import dev.janus.score.VerdictName;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** {@code phase1_scores.npz}: the scores of every flow, row i is flow i. */
public final class ScoreArchive {
  private ScoreArchive() {}

  /**
   * Writes flow_id, label, split (train, validation, test, unused), scores {@code [N, 10]},
   * measures {@code [N, 5]}, fused, d2 and hidden with their p-values of every flow, the same of
   * the chosen verdict if it is another, and the names of scores and measures.
   */
  public static void write(Path file, EvaluationResult result) {
    ScoredDataset flows = result.scored();
    FlowVerdicts verdicts = flows.verdicts();
    int n = verdicts.flows();
    try (NpzWriter npz = NpzWriter.create(file)) {
      putFlows(npz, flows.metadata(), flows.split());
      npz.put("scores", NpyArray.of(verdicts.scores(), n, ScoreName.COUNT));
      npz.put("measures", NpyArray.of(verdicts.measures(), n, FusedMeasure.COUNT));
      npz.put("measure_names", NpyArray.of(FusedMeasure.labels().toArray(String[]::new)));
      for (VerdictName name : VerdictName.values()) {
        npz.put(name.label(), NpyArray.of(verdicts.by(name).distances()));
        npz.put(name.pValueLabel(), NpyArray.of(verdicts.by(name).pValues()));
      }
      String chosen = result.verdict().label();
      if (!(result.verdict().chosen() instanceof ChosenVerdict.Stored)) {
        npz.put(chosen, NpyArray.of(result.judged().distances()));
        npz.put(chosen + "_p_value", NpyArray.of(result.judged().pValues()));
      }
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
