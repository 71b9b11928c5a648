package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.cli.terminal.CliException;
import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever lies in a folder of results: it is read, or refused by an exception of the product that
 * names the file. To search for more than the stored corpus run {@code bin/fuzz}.
 */
final class ResultsFuzzTest {
  private static final String METRICS =
      """
      {"macro_auroc": 0.9, "pooled_auroc": 0.8, "macro_tpr_at_fpr": {"0.01": 0.5}, "n_benign": 3,
       "n_attack": 2, "n_validation": 4, "flows_per_day": 1000000, "data": "d", "model": "m/x",
       "classes": [{"label": "Bot", "n": 2, "auroc": 0.9, "tpr_at_fpr": {"0.01": 0.5},
                    "tpr_interval": {"0.01": [0.1, 0.9]}}],
       "operating_points": [{"threshold_from": "P95", "threshold": 3.5, "fpr_interval": [0, 1]}],
       "calibration": {"d2": {"levels": [{"fpr_certified": 0.01, "certifiable": true, "holds": true}],
                              "n": 3, "p_values_uniform": true, "expired_after": 2}},
       "single_scores": {"hidden": {"macro_auroc": 0.7}}, "seed": 42,
       "config": {"seed": 42, "model": {"d_model": 16}, "benign_labels": ["BENIGN"]}}
      """;
  private static final String LOG =
      "{\"step\":1,\"loss\":2.5,\"flow_loss\":null}\n{\"step\":2,\"loss\":2.25}\n";

  @TempDir private static Path folder = Path.of("");

  @FuzzTest(maxDuration = "20m")
  void anyBytesAreMetricsOrACliException(byte[] bytes) throws IOException {
    metrics(bytes);
  }

  @FuzzTest(maxDuration = "20m")
  void anyBytesAreScoresOrAnExceptionOfTheProduct(byte[] bytes) throws IOException {
    scores(bytes);
  }

  @FuzzTest(maxDuration = "20m")
  void anyBytesAreATrainingLogOrACliException(byte[] bytes) throws IOException {
    log(bytes);
  }

  /** What the damage below starts from is whole. */
  @Test
  void theIntactFilesAreRead() throws IOException {
    assertThat(metrics(METRICS.getBytes(StandardCharsets.UTF_8))).isTrue();
    assertThat(scores(archive())).isTrue();
    assertThat(log(LOG.getBytes(StandardCharsets.UTF_8))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {31, 32, 33})
  void damagedFilesAreRefusedWithTheirPlace(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] metrics = METRICS.getBytes(StandardCharsets.UTF_8);
    byte[] archive = archive();
    byte[] log = LOG.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < 400; i++) {
      metrics(damaged(metrics, random));
      scores(damaged(archive, random));
      log(damaged(log, random));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "\"NaN\"", "[]", "{}", "true"})
  void aFigureIsAFiniteNumber(String figure) throws IOException {
    String text = METRICS.replace("\"auroc\": 0.9", "\"auroc\": " + figure);
    assertThat(metrics(text.getBytes(StandardCharsets.UTF_8))).isFalse();
  }

  private static byte[] damaged(byte[] intact, SplittableRandom random) {
    byte[] bytes = intact.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(3)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) "0-9eE.[]{}\",:ntf".charAt(random.nextInt(16));
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
      }
    }
    return bytes;
  }

  private static byte[] archive() throws IOException {
    Path file = folder.resolve("intact.npz");
    try (NpzWriter npz = NpzWriter.create(file)) {
      npz.put("label", NpyArray.of(new String[] {"BENIGN", "Bot", "BENIGN"}));
      npz.put("split", NpyArray.of(new String[] {"test", "test", "validation"}));
      npz.put("d2", NpyArray.of(new double[] {1, 3, 2}));
      npz.put("p_value", NpyArray.of(new double[] {1, 0.25, 0.5}));
      npz.put("scores", NpyArray.of(new double[] {1, 2, 3, 4, 5, 6}, 3, 2));
      npz.put("score_names", NpyArray.of(new String[] {"a", "b"}));
      npz.commit();
    }
    return Files.readAllBytes(file);
  }

  private static boolean metrics(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(EvaluatedRun.METRICS_FILE), bytes);
    try {
      assertThat(MetricsReader.read(file).verdict().macroAuroc()).isFinite();
      return true;
    } catch (CliException e) {
      assertThat(e.getMessage()).contains(EvaluatedRun.METRICS_FILE);
      return false;
    }
  }

  private static boolean scores(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(EvaluatedRun.SCORES_FILE), bytes);
    try {
      RunScores scores = ScoresReader.read(file, Set.of("BENIGN"), Set.of());
      for (String name : scores.names()) {
        assertThat(scores.values(name)).hasSize(scores.flows()).doesNotContain(Double.NaN);
      }
      return true;
    } catch (CliException | ContractException e) {
      assertThat(e.getMessage()).contains(EvaluatedRun.SCORES_FILE);
      return false;
    }
  }

  private static boolean log(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve(TrainingCurves.FILE), bytes);
    try {
      TrainingCurves curves = TrainingCurves.read(file);
      assertThat(curves.steps()).allMatch(step -> Double.isFinite(step) && step >= 0);
      curves.losses().values().forEach(loss -> assertThat(loss).hasSameSizeAs(curves.steps()));
      return true;
    } catch (CliException e) {
      assertThat(e.getMessage()).contains(TrainingCurves.FILE + ":");
      return false;
    }
  }
}
