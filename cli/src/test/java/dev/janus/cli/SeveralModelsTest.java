package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several models evaluated in one call, detection delay and splits, with tiny networks. */
final class SeveralModelsTest {
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    SmallNetwork.extract(data());
    Files.writeString(
        config(),
        """
        dataset: testbed-c
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: 12, batch_size: 16}
        scoring: {ode_steps: 1}
        """);
    for (int seed = 1; seed <= 2; seed++) {
      ok(
          CliRun.of(
              "train",
              "--config",
              config(),
              "--data",
              data(),
              "--out",
              model(seed),
              "--set",
              "seed=" + seed));
    }
  }

  @Test
  void eachModelHasTheFilesThatItAloneWouldHaveAndTheSummaryIsOfAll() throws IOException {
    Path out = folder.resolve("both");
    CliRun run =
        CliRun.of("eval", "--model", model(1), "--model", model(2), "--data", data(), "--out", out);
    ok(run);
    assertThat(run.err()).contains("model 1 of 2: s1", "model 2 of 2: s2");
    assertThat(run.out())
        .contains("mean of 2", "deviation", "worst", "Evaluated 2 models; a folder of each");
    assertThat(names(out)).containsExactly("report.html", "s1", "s2", "summary.json");
    Path alone = folder.resolve("alone");
    ok(CliRun.of("eval", "--model", model(2), "--data", data(), "--out", alone));
    assertThat(names(out.resolve("s2"))).isEqualTo(names(alone));
    assertThat(out.resolve("s2/phase1_scores.npz"))
        .hasSameBinaryContentAs(alone.resolve("phase1_scores.npz"));
    assertThat(withoutSpeed(out.resolve("s2"))).isEqualTo(withoutSpeed(alone));
    JsonTree summary = JsonTree.parse(Files.readString(out.resolve("summary.json")));
    assertThat(summary.at("runs").size()).isEqualTo(2);
    assertThat(summary.at("runs").at(1).at("run").value()).isEqualTo("s2");
    assertThat(summary.at("configurations").size()).isEqualTo(1);
    double first = auroc(out.resolve("s1"));
    double second = auroc(out.resolve("s2"));
    JsonTree spread = summary.at("configurations").at(0).at("macro_auroc");
    assertThat(spread.at("mean").number()).isCloseTo((first + second) / 2, within(1e-12));
    assertThat(spread.at("worst").number()).isEqualTo(Math.min(first, second));
    assertThat(spread.at("standard_deviation").number())
        .isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("mean of 2", "Run s1", "Run s2", "gap before");
    CliRun report =
        CliRun.of(
            "report", out.resolve("s1"), out.resolve("s2"), "--out", folder.resolve("p.html"));
    ok(report);
    assertThat(Files.readString(folder.resolve("p.html"))).isEqualTo(page);
    assertThat(run.out()).startsWith(report.out().lines().findFirst().orElseThrow());
  }

  private static String withoutSpeed(Path run) throws IOException {
    return Files.readString(run.resolve("metrics.json"))
        .replaceAll("\"flows_per_second\" : [^,]*,", "");
  }

  @Test
  void anotherNetworkIsEvaluatedBySeveralModelsToo() throws IOException {
    Path out = folder.resolve("cross");
    Path same = Files.createDirectories(folder.resolve("other/s1"));
    Files.copy(model(2).resolve("model.safetensors"), same.resolve("model.safetensors"));
    Path named = folder.resolve("best.safetensors");
    Files.copy(model(2).resolve("model.safetensors"), named);
    CliRun run =
        CliRun.of(
            "eval-cross",
            "--model",
            model(1),
            "--model",
            same.resolve("model.safetensors"),
            "--model",
            named,
            "--target",
            data(),
            "--out",
            out,
            "--json");
    ok(run);
    assertThat(names(out)).containsExactly("best", "report.html", "s1", "s1-2", "summary.json");
    JsonTree json = JsonTree.parse(run.out());
    assertThat(json).isEqualTo(JsonTree.parse(Files.readString(out.resolve("summary.json"))));
    assertThat(json.at("runs").at(0).at("n_benign").number()).isEqualTo(1678);
    assertThat(auroc(out.resolve("best"))).isEqualTo(auroc(out.resolve("s1-2")));
  }

  @Test
  void nothingIsStartedWhenAModelIsMissingOrGivenTwice() throws IOException {
    Path out = folder.resolve("never");
    Path none = folder.resolve("none.safetensors");
    CliRun run =
        CliRun.of("eval", "--model", model(1), "--model", none, "--data", data(), "--out", out);
    assertThat(run.ended(ExitCode.NO_INPUT)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    run =
        CliRun.of(
            "eval",
            "--model",
            model(1),
            "--model",
            model(1).resolve("model.safetensors"),
            "--data",
            data(),
            "--out",
            out);
    assertThat(run.ended(ExitCode.USAGE)).isTrue();
    assertThat(run.err()).contains("is given twice");
    assertThat(out).doesNotExist();
    Path single = Files.createDirectories(folder.resolve("single"));
    Files.writeString(single.resolve("metrics.json"), "{}");
    run =
        CliRun.of(
            "eval", "--model", model(1), "--model", model(2), "--data", data(), "--out", single);
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.err()).contains("holds the results of one model");
    assertThat(names(single)).containsExactly("metrics.json");
  }

  /** One reports everything below a folder: what is there has to be of one call. */
  @Test
  void resultsOfOtherModelsAreNotMixedWithThoseOfASeries() throws IOException {
    Path out = folder.resolve("mixed");
    Files.createDirectories(out.resolve("s3"));
    Files.writeString(out.resolve("s3/metrics.json"), "{}");
    CliRun run =
        CliRun.of("eval", "--model", model(1), "--model", model(2), "--data", data(), "--out", out);
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.err())
        .isEqualTo(
            "janus: "
                + out.resolve("s3")
                + ": holds the results of a model that is not among those given; choose another"
                + " --out, or remove it\n");
    assertThat(names(out)).containsExactly("s3");
    Path series = Files.createDirectories(folder.resolve("series"));
    Files.writeString(series.resolve("summary.json"), "{}");
    run = CliRun.of("eval", "--model", model(1), "--data", data(), "--out", series);
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.err()).contains("holds the results of several models");
    assertThat(names(series)).containsExactly("summary.json");
  }

  @Test
  void aPageThatCannotBeMadeFailsNoSeries() throws IOException {
    Path out = folder.resolve("without page");
    Files.createDirectories(out.resolve("report.html/in the way"));
    CliRun run =
        CliRun.of("eval", "--model", model(1), "--model", model(2), "--data", data(), "--out", out);
    ok(run);
    assertThat(run.err()).contains("janus: warning: no report.html: ");
    assertThat(JsonTree.parse(Files.readString(out.resolve("summary.json"))).at("runs").size())
        .isEqualTo(2);
  }

  @Test
  void aStoppedSeriesLeavesNothingOrWhatWasThere() throws IOException {
    Interruption stopped = new Interruption();
    stopped.request();
    Path out = folder.resolve("stopped");
    CliRun run =
        CliRun.of(
            stopped, "eval", "--model", model(1), "--model", model(2), "--data", data(), "--out",
            out);
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(out).doesNotExist();
    Files.createDirectories(out);
    Files.writeString(out.resolve("summary.json"), "{\"of\":\"an earlier series\"}");
    CliRun.of(
        stopped, "eval", "--model", model(1), "--model", model(2), "--data", data(), "--out", out);
    assertThat(out.resolve("summary.json")).hasContent("{\"of\":\"an earlier series\"}");
  }

  @Test
  void detectionDelayIsMeasuredToldAndShown() throws IOException {
    Path out = folder.resolve("delay");
    CliRun run =
        CliRun.of("eval", "--model", model(1), "--data", data(), "--out", out, "--delay", 30);
    ok(run);
    assertThat(run.out())
        .contains("90% by packet", "Detection delay: packets until the beginning of a flow")
        .contains("at most 30 alarms and 30 other flows");
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    JsonTree delay = metrics.at("detection_delay");
    assertThat(delay.at("threshold_from").value()).isEqualTo("P99");
    JsonTree p99 = metrics.at("operating_points").at(1);
    assertThat(delay.at("threshold").number()).isEqualTo(p99.at("threshold").number());
    assertThat(delay.at("most_per_class").number()).isEqualTo(30);
    JsonTree classes = delay.at("classes");
    assertThat(classes.size()).isEqualTo(10);
    assertThat(classes.at(0).at("label").value()).isEqualTo("BENIGN");
    double alarms = 0;
    for (int i = 0; i < classes.size(); i++) {
      JsonTree figures = classes.at(i);
      alarms += i == 0 ? 0 : figures.at("alarms").number();
      assertThat(figures.at("alarms_measured").number())
          .isEqualTo(Math.min(30, figures.at("alarms").number()));
      assertThat(figures.at("silent_measured").number())
          .isEqualTo(Math.min(30, figures.at("n").number() - figures.at("alarms").number()));
      assertThat(figures.at("fired_on_prefix_only").number()).isBetween(0.0, 1.0);
      if (figures.at("alarms").number() > 0) {
        double median = figures.at("median_packets").number();
        assertThat(median).isBetween(1.0, figures.at("p90_packets").number());
        assertThat(figures.at("p90_packets").number()).isLessThanOrEqualTo(64);
      }
    }
    assertThat(alarms)
        .isCloseTo(p99.at("recall").number() * metrics.at("n_attack").number(), within(1e-6));
    String page = Files.readString(out.resolve("report.html"));
    assertThat(page).contains("Detection delay", "fire on a prefix only");
    Path again = folder.resolve("delay.html");
    ok(CliRun.of("report", out, "--out", again));
    assertThat(Files.readString(again)).isEqualTo(page);
    Path without = folder.resolve("without");
    CliRun plain = CliRun.of("eval", "--model", model(1), "--data", data(), "--out", without);
    ok(plain);
    assertThat(plain.out()).doesNotContain("Detection delay");
    assertThat(Files.readString(without.resolve("metrics.json"))).doesNotContain("detection_delay");
    CliRun wrong =
        CliRun.of("eval", "--model", model(1), "--data", data(), "--out", out, "--delay", 0);
    assertThat(wrong.ended(ExitCode.USAGE)).isTrue();
    assertThat(wrong.errorLines()).containsExactly("janus: --delay must be 1 or more, not 0");
  }

  /** The benign flows are those of the benign label, whatever the attacks are called. */
  @Test
  void detectionDelayOfAttacksThatAreCalledBenignIsThatOfAClass() throws IOException {
    Path out = folder.resolve("delay of BENIGN");
    ok(
        CliRun.of(
            "eval-cross",
            "--model",
            model(1),
            "--target",
            data(),
            "--benign-label",
            "UDP",
            "--out",
            out,
            "--delay",
            3));
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    JsonTree classes = metrics.at("detection_delay").at("classes");
    assertThat(classes.size()).isEqualTo(1 + metrics.at("classes").size());
    assertThat(classes.at(0).at("label").value()).isEqualTo("benign flows");
    assertThat(classes.at(0).at("n").number()).isEqualTo(201);
    assertThat(classes.at(1).at("label").value()).isEqualTo("BENIGN");
    assertThat(classes.at(1).at("n").number()).isEqualTo(1678);
  }

  @Test
  void aRandomSplitIsToldWhereverItsFiguresStand() throws IOException {
    String caution = "flows were split at random: flows of one host and hour stand on both sides";
    Path model = folder.resolve("random model");
    CliRun training =
        CliRun.of(
            "train",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            model,
            "--set",
            "split.order=random");
    ok(training);
    assertThat(training.err()).contains(caution);
    assertThat(training.outputLines()).endsWith(caution);
    Path out = folder.resolve("random");
    CliRun evaluation = CliRun.of("eval", "--model", model, "--data", data(), "--out", out);
    ok(evaluation);
    assertThat(evaluation.out()).contains(caution);
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    assertThat(metrics.at("split_caution").value()).isEqualTo(caution);
    assertThat(Files.readString(out.resolve("report.html"))).contains("Caution: " + caution);
    CliRun control =
        CliRun.of(
            "baseline",
            "packet-count",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            folder.resolve("random control"),
            "--set",
            "split.order=random",
            "--json");
    ok(control);
    assertThat(control.err()).contains(caution);
    assertThat(JsonTree.parse(control.out()).at("split_caution").value()).isEqualTo(caution);
    // On another network nothing was split.
    Path cross = folder.resolve("random cross");
    CliRun other = CliRun.of("eval-cross", "--model", model, "--target", data(), "--out", cross);
    ok(other);
    assertThat(other.out()).doesNotContain("at random");
    assertThat(Files.readString(cross.resolve("metrics.json"))).doesNotContain("split_caution");
  }

  @Test
  void aGapIsToldAndLeavesFlowsUnused() throws IOException {
    Path model = folder.resolve("gap model");
    CliRun training =
        CliRun.of(
            "train",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            model,
            "--set",
            "split.gap_hours=0.002");
    ok(training);
    assertThat(training.err())
        .containsPattern("1,007 train, [0-9]+ validate, [0-9,]+ test, [0-9,]+ left out by the gap");
    Path out = folder.resolve("gap");
    ok(CliRun.of("eval", "--model", model, "--data", data(), "--out", out));
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    assertThat(metrics.at("config").at("split").at("gap_hours").number()).isEqualTo(0.002);
    assertThat(metrics.at("n_benign").number()).isLessThan(336);
    CliRun wrong =
        CliRun.of(
            "train",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            folder.resolve("no model"),
            "--set",
            "split.gap_hours=1",
            "--set",
            "split.order=random");
    assertThat(wrong.ended(ExitCode.USAGE)).as(wrong.err()).isTrue();
    assertThat(wrong.err()).contains("split.gap_hours must be 0 where order is random");
  }

  private static double auroc(Path run) throws IOException {
    return JsonTree.parse(Files.readString(run.resolve("metrics.json"))).at("macro_auroc").number();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void ok(CliRun run) {
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
  }

  private static Path config() {
    return folder.resolve("run.yaml");
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path model(int seed) {
    return folder.resolve("models/s" + seed);
  }
}
