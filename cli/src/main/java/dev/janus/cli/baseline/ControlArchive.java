package dev.janus.cli.baseline;

import dev.janus.cli.report.ScoreArchive;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
import java.nio.file.Path;
import java.util.Arrays;

/** {@code scores.npz}: the score of every flow by one control, row i is flow i. */
final class ControlArchive {
  private ControlArchive() {}

  /** Writes flow_id, label, split (train, validation, test, unused), score and p_value. */
  static void write(Path file, ControlResult result) {
    ScoredControl scored = result.scored();
    try (NpzWriter npz = NpzWriter.create(file)) {
      ScoreArchive.putFlows(npz, scored.metadata(), scored.split());
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
