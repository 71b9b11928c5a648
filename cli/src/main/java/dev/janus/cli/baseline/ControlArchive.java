package dev.janus.cli.baseline;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** {@code scores.npz}: the score of every flow by one control, row i is flow i. */
final class ControlArchive {
  private ControlArchive() {}

  /** Writes flow_id, label, split (train, validation, test, unused), score and p_value. */
  static void write(Path file, ControlResult result) {
    ScoredControl scored = result.scored();
    int n = scored.scores().length;
    try (NpzWriter npz = NpzWriter.create(file)) {
      npz.put("flow_id", NpyArray.of(LongStream.range(0, n).toArray()));
      npz.put(
          "label",
          NpyArray.of(
              IntStream.range(0, n).mapToObj(scored.metadata()::label).toArray(String[]::new)));
      npz.put(
          "split",
          NpyArray.of(
              IntStream.range(0, n)
                  .mapToObj(i -> scored.split().use(i).name().toLowerCase(Locale.ROOT))
                  .toArray(String[]::new)));
      npz.put(ControlResult.SCORE, NpyArray.of(scored.scores()));
      npz.put(
          "p_value",
          NpyArray.of(
              Arrays.stream(scored.scores())
                  .map(result.figures().calibration()::pValue)
                  .toArray()));
      npz.commit();
    }
  }
}
