package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.baselines.Controls;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All controls on the bundled captures, beside a model on the same split. */
final class BaselineCommandTest {
  private static final int FLOWS = 3213;

  @TempDir private static Path folder = Path.of("");

  private static CliRun all = new CliRun(-1, "", "");

  @BeforeAll
  static void runAll() throws IOException {
    Files.writeString(
        config(),
        """
        dataset: testbed-c
        seed: 5
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: 2, batch_size: 16}
        scoring: {ode_steps: 1}
        """);
    SmallNetwork.extract(data());
    all = CliRun.of("baseline", "all", "--config", config(), "--data", data(), "--out", out());
    CliRun.of("train", "--config", config(), "--data", data(), "--out", folder.resolve("model"));
    CliRun model =
        CliRun.of("eval", "--model", folder.resolve("model"), "--data", data(), "--out", results());
    assertThat(model.ended(ExitCode.OK)).as(model.err()).isTrue();
  }

  @Test
  void everyControlHasItsFolderAndALineInTheTable() throws IOException {
    assertThat(all.ended(ExitCode.OK)).as(all.err()).isTrue();
    assertThat(all.outputLines().getFirst()).startsWith("control").contains("AUROC", "TPR@FPR 1%");
    assertThat(all.err()).contains("3,213 flows: 1,007 train, 335 validate, 1,871 test");
    for (String name : Controls.names()) {
      assertThat(all.out()).contains("\n" + name + " ");
      assertThat(names(out().resolve(name)))
          .containsExactly("config.resolved.yaml", "metrics.json", "scores.npz");
    }
    JsonTree comparison = JsonTree.parse(Files.readString(out().resolve("comparison.json")));
    assertThat(comparison.at("controls").size()).isEqualTo(Controls.names().size());
    assertThat(comparison.at("seed").number()).isEqualTo(5);
    for (int i = 0; i < comparison.at("controls").size(); i++) {
      JsonTree line = comparison.at("controls").at(i);
      String name = String.valueOf(line.at("control").value());
      JsonTree metrics = metrics(name);
      assertThat(line.at("macro_auroc").number()).isEqualTo(metrics.at("macro_auroc").number());
    }
  }

  /** What reads a model's metrics.json reads a control's; only a model's verdict has parts. */
  @Test
  void metricsHaveTheKeysOfAModels() throws IOException {
    JsonTree models = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    List<String> keys = new ArrayList<>(models.keys());
    assertThat(keys.remove("alarm_evidence")).isTrue();
    for (String name : Controls.names()) {
      JsonTree metrics = metrics(name);
      assertThat(metrics.keys()).containsAll(keys);
      assertThat(metrics.at("model").value()).isEqualTo(name);
      for (String same : List.of("n_benign", "n_attack", "flows_per_day", "seed")) {
        assertThat(metrics.at(same).number()).as(same).isEqualTo(models.at(same).number());
      }
      assertThat(metrics.at("classes").size()).isEqualTo(models.at("classes").size());
      assertThat(metrics.at("calibration").keys()).containsExactly("score");
    }
    Map<String, NpyArray> modelScores = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    Map<String, NpyArray> scores = scores("knn5");
    for (String same : List.of("split", "label")) {
      assertThat(array(scores, same).strings())
          .as(same)
          .isEqualTo(array(modelScores, same).strings());
    }
  }

  @Test
  void metricsFollowFromTheStoredScores() throws IOException {
    for (String name : Controls.names()) {
      Map<String, NpyArray> arrays = scores(name);
      String[] uses = array(arrays, "split").strings();
      String[] labels = array(arrays, "label").strings();
      double[] scores = array(arrays, "score").doubles();
      double[] p = array(arrays, "p_value").doubles();
      assertThat(array(arrays, "flow_id").longs()).hasSize(FLOWS);
      assertThat(scores).hasSize(FLOWS).doesNotContain(Double.NaN);
      double[] benign = chosen(scores, i -> uses[i].equals("test") && labels[i].equals("BENIGN"));
      double[] validation = chosen(scores, i -> uses[i].equals("validation"));
      JsonTree metrics = metrics(name);
      double macro = 0;
      JsonTree classes = metrics.at("classes");
      for (int c = 0; c < classes.size(); c++) {
        String label = String.valueOf(classes.at(c).at("label").value());
        double[] attack = chosen(scores, i -> uses[i].equals("test") && labels[i].equals(label));
        double auroc = auroc(benign, attack);
        macro += auroc / classes.size();
        assertThat(classes.at(c).at("auroc").number())
            .as("%s, %s", name, label)
            .isCloseTo(auroc, within(1e-9));
      }
      assertThat(metrics.at("macro_auroc").number()).isCloseTo(macro, within(1e-9));
      for (int i = 0; i < FLOWS; i += 37) {
        double score = scores[i];
        long asHigh = Arrays.stream(validation).filter(v -> v >= score).count();
        assertThat(p[i]).isCloseTo((1.0 + asHigh) / (validation.length + 1.0), within(1e-12));
      }
    }
  }

  @Test
  void aSingleControlGivesTheSameAsAmongAllAndTheSeedCounts() throws IOException {
    Path alone = folder.resolve("alone");
    CliRun run =
        CliRun.of(
            "baseline",
            "isolation-forest",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            alone,
            "--json");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(alone.resolve("scores.npz"))
        .hasSameBinaryContentAs(out().resolve("isolation-forest/scores.npz"));
    JsonTree printed = JsonTree.parse(run.out());
    assertThat(printed.at("model").value()).isEqualTo("isolation-forest");
    Path other = folder.resolve("other seed");
    run =
        CliRun.of(
            "baseline",
            "isolation-forest",
            "--config",
            config(),
            "--set",
            "seed=6",
            "--data",
            data(),
            "--out",
            other);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.out()).contains("DrDoS_DNS").contains("isolation-forest");
    double[] scores = array(scores("isolation-forest"), "score").doubles();
    double[] others = array(NpzReader.readAll(other.resolve("scores.npz")), "score").doubles();
    assertThat(others).isNotEqualTo(scores);
  }

  /** The target's flows are all tested; what fits and calibrates is the training network's. */
  @Test
  void anotherNetworkIsTestedWithTheTrainingNetworksCalibration() throws IOException {
    Path results = folder.resolve("cross");
    CliRun run =
        CliRun.of(
            "baseline",
            "mahalanobis",
            "--config",
            config(),
            "--data",
            data(),
            "--target",
            data(),
            "--out",
            results);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree metrics = JsonTree.parse(Files.readString(results.resolve("metrics.json")));
    assertThat(metrics.at("n_benign").number()).isEqualTo(1678);
    assertThat(metrics.at("n_attack").number()).isEqualTo(1535);
    assertThat(metrics.at("n_validation").number()).isEqualTo(335);
    Map<String, NpyArray> arrays = NpzReader.readAll(results.resolve("scores.npz"));
    assertThat(array(arrays, "split").strings()).containsOnly("test");
    double[] scores = array(arrays, "score").doubles();
    assertThat(scores).isEqualTo(array(scores("mahalanobis"), "score").doubles());
    String[] labels = array(arrays, "label").strings();
    double threshold = metrics.at("operating_points").at(0).at("threshold").number();
    double[] benign = chosen(scores, i -> labels[i].equals("BENIGN"));
    assertThat(metrics.at("operating_points").at(0).at("fpr").number())
        .isCloseTo(
            Arrays.stream(benign).filter(s -> s > threshold).count() / 1678.0, within(1e-12));
  }

  /** Labels that count as benign in the target are those that are recorded, and those alone. */
  @Test
  void benignLabelsOfTheTargetAreRecorded() throws IOException {
    Path results = folder.resolve("other benign");
    CliRun run =
        CliRun.of(
            "baseline",
            "mahalanobis",
            "--config",
            config(),
            "--data",
            data(),
            "--target",
            data(),
            "--benign-label",
            "DrDoS_DNS",
            "--benign-label",
            "WebDDoS",
            "--out",
            results);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree metrics = JsonTree.parse(Files.readString(results.resolve("metrics.json")));
    assertThat(metrics.at("config").at("benign_labels").value())
        .isEqualTo(List.of("DrDoS_DNS", "WebDDoS"));
    assertThat(Files.readString(results.resolve("config.resolved.yaml")))
        .contains("benign_labels: ['DrDoS_DNS', 'WebDDoS']");
    String[] labels = array(NpzReader.readAll(results.resolve("scores.npz")), "label").strings();
    double benign =
        Arrays.stream(labels).filter(l -> l.equals("DrDoS_DNS") || l.equals("WebDDoS")).count();
    double named = Arrays.stream(labels).filter(l -> l.equals("BENIGN")).count();
    assertThat(metrics.at("n_benign").number()).isEqualTo(benign);
    assertThat(metrics.at("n_attack").number()).isEqualTo(FLOWS - benign);
    assertThat(metrics.at("classes").at(0).at("label").value()).isEqualTo("BENIGN");
    assertThat(metrics.at("classes").at(0).at("n").number()).isEqualTo(named);
    Path page = folder.resolve("other benign.html");
    CliRun report = CliRun.of("report", results, "--out", page);
    assertThat(report.ended(ExitCode.OK)).as(report.err()).isTrue();
  }

  @Test
  void controlsStandBesideTheModelOnOnePage() throws IOException {
    Path page = folder.resolve("beside.html");
    CliRun run = CliRun.of("report", out(), results(), "--out", page, "--json");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree json = JsonTree.parse(run.out());
    int controls = Controls.names().size();
    assertThat(json.at("runs").size()).isEqualTo(controls + 1);
    assertThat(json.at("configurations").size()).isEqualTo(controls + 1);
    for (int i = 0; i <= controls; i++) {
      JsonTree group = json.at("configurations").at(i);
      assertThat(group.at("settings").keys()).containsExactly("method");
      String method = String.valueOf(group.at("settings").at("method").value());
      JsonTree metrics =
          method.equals("janus")
              ? JsonTree.parse(Files.readString(results().resolve("metrics.json")))
              : metrics(method);
      assertThat(group.at("macro_auroc").at("mean").number())
          .as(method)
          .isEqualTo(metrics.at("macro_auroc").number());
    }
    assertThat(Files.readString(page))
        .contains("Run knn5", "Run results", "p-values of score", "All attacks: score")
        .contains("A control; it took ", "<dd>knn5</dd>", "losses of the training")
        .contains("score, distance to the 5th nearest training flow")
        .doesNotContain("mean of ", "NaN", "not shown");
  }

  @Test
  void tooFewValidationFlowsAreToldBeforeTheWork() {
    Path never = folder.resolve("uncalibrated");
    CliRun run =
        CliRun.of(
            "baseline",
            "all",
            "--config",
            config(),
            "--set",
            "split.validation=0",
            "--data",
            data(),
            "--out",
            never);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines())
        .containsExactly(
            "janus: 0 benign validation flows are too few to calibrate a control, it takes 4; raise"
                + " split.validation, or lower split.train or split.gap_hours");
    assertThat(never).doesNotExist();
  }

  @Test
  void theListNeedsNoOtherOption() throws IOException {
    CliRun run = CliRun.of("baseline", "--list");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.outputLines()).hasSize(Controls.names().size() + 2);
    CliRun json = CliRun.of("baseline", "--list", "--json");
    assertThat(JsonTree.parse(json.out()).keys()).containsExactlyElementsOf(Controls.names());
  }

  @Test
  void wrongUseIsToldInOneLine() {
    CliRun run =
        CliRun.of("baseline", "knn", "--config", config(), "--data", data(), "--out", out());
    assertThat(run.ended(ExitCode.USAGE)).isTrue();
    assertThat(run.errorLines())
        .containsExactly("janus: there is no control 'knn'; did you mean 'knn5'?");
    run = CliRun.of("baseline", "autoencoder", "--config", "x", "--data", "y", "--out", "z");
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err()).contains("choose one of range-rule, packet-count");
    run = CliRun.of("baseline", "--config", config(), "--data", data(), "--out", out());
    assertThat(run.ended(ExitCode.USAGE)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    run =
        CliRun.of(
            "baseline",
            "pca",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            out(),
            "--benign-label",
            "X");
    assertThat(run.ended(ExitCode.USAGE)).isTrue();
    assertThat(run.err()).contains("--benign-label goes with --target");
    Path absent = folder.resolve("absent");
    Path never = folder.resolve("never");
    run = CliRun.of("baseline", "pca", "--config", config(), "--data", absent, "--out", never);
    assertThat(run.ended(ExitCode.NO_INPUT)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(never).doesNotExist();
  }

  @Test
  void anInterruptedRunLeavesNothing() {
    Interruption stopped = new Interruption();
    stopped.request();
    Path never = folder.resolve("interrupted");
    CliRun run =
        CliRun.of(
            stopped, "baseline", "all", "--config", config(), "--data", data(), "--out", never);
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(never).doesNotExist();
  }

  /** Of the probability that an attack scores above a benign flow, by counting pairs. */
  private static double auroc(double[] benign, double[] attack) {
    double wins = 0;
    for (double a : attack) {
      for (double b : benign) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return wins / ((double) benign.length * attack.length);
  }

  private static double[] chosen(double[] scores, IntPredicate wanted) {
    return IntStream.range(0, scores.length).filter(wanted).mapToDouble(i -> scores[i]).toArray();
  }

  private static Map<String, NpyArray> scores(String control) {
    return NpzReader.readAll(out().resolve(control).resolve("scores.npz"));
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    assertThat(arrays).containsKey(name);
    return arrays.getOrDefault(name, NpyArray.scalar(0));
  }

  private static JsonTree metrics(String control) throws IOException {
    return JsonTree.parse(Files.readString(out().resolve(control).resolve("metrics.json")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path config() {
    return folder.resolve("run.yaml");
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path results() {
    return folder.resolve("results");
  }

  private static Path out() {
    return folder.resolve("controls");
  }
}
