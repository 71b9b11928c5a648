package dev.janus.cli.report;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
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
   * p_value of every flow, and score_names {@code [10]}.
   */
  public static void write(Path file, ScoredDataset flows) {
    int n = flows.d2().length;
    try (NpzWriter npz = NpzWriter.create(file)) {
      npz.put("flow_id", NpyArray.of(LongStream.range(0, n).toArray()));
      npz.put(
          "label",
          NpyArray.of(
              IntStream.range(0, n).mapToObj(flows.metadata()::label).toArray(String[]::new)));
      npz.put(
          "split",
          NpyArray.of(
              IntStream.range(0, n)
                  .mapToObj(i -> flows.split().use(i).name().toLowerCase(Locale.ROOT))
                  .toArray(String[]::new)));
      npz.put("scores", NpyArray.of(flows.scores(), n, ScoreName.COUNT));
      npz.put("d2", NpyArray.of(flows.d2()));
      npz.put("p_value", NpyArray.of(flows.pValues()));
      npz.put("score_names", NpyArray.of(ScoreName.labels().toArray(String[]::new)));
      npz.commit();
    }
  }
}
