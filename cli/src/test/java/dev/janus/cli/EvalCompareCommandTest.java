package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.MetadataFlows;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.contract.artifact.NpzWriter;
import dev.janus.score.FusedMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons of real evaluations, with a network small enough for seconds. */
final class EvalCompareCommandTest {
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void evaluate() throws IOException {
    SmallNetwork.extract(data());
    Path config = SmallNetwork.config(folder, 12);
    Path model = folder.resolve("model");
    ok(CliRun.of("train", "--config", config, "--data", data(), "--out", model));
    ok(CliRun.of("eval", "--model", model, "--data", data(), "--out", run("janus")));
    ok(CliRun.of("eval-cross", "--model", model, "--target", data(), "--out", run("cross")));
    for (String control : List.of("knn5", "packet-count")) {
      ok(
          CliRun.of(
              "baseline", control, "--config", config, "--data", data(), "--out", run(control)));
    }
  }

  @Test
  void figuresAreThoseOfBothEvaluationsAndBlocksAreHostsAndHours() throws IOException {
    JsonTree json = JsonTree.parse(okOutput("eval-compare", run("janus"), run("knn5"), "--json"));
    for (String key : List.of("macro_auroc", "macro_partial_auroc", "macro_tpr_at_fpr_0.01")) {
      JsonTree figure = json.at("figures").at(key);
      assertThat(figure.at("a").number()).as(key).isCloseTo(metric("janus", key), within(1e-9));
      assertThat(figure.at("b").number()).as(key).isCloseTo(metric("knn5", key), within(1e-9));
      assertThat(figure.at("difference").number())
          .isEqualTo(figure.at("a").number() - figure.at("b").number());
      assertThat(figure.at("interval").at(0).number())
          .isLessThanOrEqualTo(figure.at("interval").at(1).number());
      assertThat(figure.at("p_value").number()).isBetween(2 / 1001.0, 1.0);
    }
    assertThat(json.at("a").at("score").value()).isEqualTo("fused");
    assertThat(json.at("b").at("score").value()).isEqualTo("score");
    assertThat(json.at("resamples").number()).isEqualTo(1000);
    assertThat(json.at("data").value()).isEqualTo(data().toString());
    Map<String, Set<String>> blocks = blocksByHand();
    assertThat(json.at("blocks").size()).isEqualTo(10);
    for (int i = 0; i < 10; i++) {
      JsonTree stratum = json.at("blocks").at(i);
      String label = String.valueOf(stratum.at("label").value());
      assertThat(stratum.at("blocks").number())
          .as(label)
          .isEqualTo(blocks.getOrDefault(label, Set.of()).size());
    }
    assertThat(json.at("blocks").at(0).at("label").value()).isEqualTo("BENIGN");
    assertThat(json.at("blocks").at(0).at("n").number()).isEqualTo(336);
  }

  private static double metric(String run, String key) throws IOException {
    JsonTree metrics = JsonTree.parse(Files.readString(run(run).resolve("metrics.json")));
    return key.startsWith("macro_tpr")
        ? metrics.at("macro_tpr_at_fpr").at("0.01").number()
        : metrics.at(key).number();
  }

  private static Map<String, Set<String>> blocksByHand() {
    Map<String, NpyArray> arrays = NpzReader.readAll(run("janus").resolve("phase1_scores.npz"));
    String[] split = array(arrays, "split").strings();
    FlowMetadata flows = MetadataFlows.read(data()).metadata();
    Map<String, Set<String>> blocks = new LinkedHashMap<>();
    for (int i = 0; i < flows.size(); i++) {
      if (split[i].equals("test")) {
        blocks
            .computeIfAbsent(flows.label(i), label -> new HashSet<>())
            .add(flows.tuple(i).initiator() + " " + flows.startMicros(i) / 3_600_000_000L);
      }
    }
    return blocks;
  }

  @Test
  void twoScoresOfOneFolderAreCompared() throws IOException {
    String text =
        okOutput(
            "eval-compare", run("janus"), run("janus"), "--score-a", "hidden", "--score-b", "d2");
    assertThat(text)
        .contains("A: hidden of " + run("janus"), "B: d2 of " + run("janus"))
        .containsPattern(
            "AUROC +0\\.\\d{4} +0\\.\\d{4} +-?0\\.\\d{4} +-?0\\.\\d{4} to -?0\\.\\d{4}")
        .contains("1,000 resamples of whole blocks")
        .containsPattern("BENIGN +336 +\\d+");
    JsonTree forth =
        JsonTree.parse(
            okOutput("eval-compare", run("janus"), run("janus"), "--score-a", "hidden", "--json"));
    JsonTree metrics = JsonTree.parse(Files.readString(run("janus").resolve("metrics.json")));
    assertThat(forth.at("figures").at("macro_auroc").at("a").number())
        .isCloseTo(
            metrics.at("single_scores").at("hidden").at("macro_auroc").number(), within(1e-9));
  }

  /** The benign flows are those of the benign label there, and BENIGN is a class of attack. */
  @Test
  void attacksMayBeCalledBenign() throws IOException {
    Path cross = folder.resolve("BENIGN attacks");
    ok(
        CliRun.of(
            "eval-cross",
            "--model",
            folder.resolve("model"),
            "--target",
            data(),
            "--benign-label",
            "UDP",
            "--out",
            cross));
    JsonTree json =
        JsonTree.parse(
            okOutput(
                "eval-compare", cross, cross, "--score-a", "d2", "--resamples", 100, "--json"));
    assertThat(json.at("blocks").at(0).at("label").value()).isEqualTo("benign flows");
    assertThat(json.at("blocks").at(0).at("n").number()).isEqualTo(201);
    assertThat(json.at("blocks").at(1).at("label").value()).isEqualTo("BENIGN");
    assertThat(json.at("blocks").at(1).at("n").number()).isEqualTo(1678);
    JsonTree metrics = JsonTree.parse(Files.readString(cross.resolve("metrics.json")));
    assertThat(json.at("figures").at("macro_auroc").at("b").number())
        .isCloseTo(metrics.at("macro_auroc").number(), within(1e-9));
  }

  /** Every measure stands in the report and in the scores. */
  @Test
  void measuresOfTheFusedVerdictCanBeCompared() throws IOException {
    JsonTree metrics = JsonTree.parse(Files.readString(run("janus").resolve("metrics.json")));
    for (String measure : FusedMeasure.labels()) {
      JsonTree json =
          JsonTree.parse(
              okOutput(
                  "eval-compare",
                  run("janus"),
                  run("knn5"),
                  "--score-a",
                  measure,
                  "--resamples",
                  100,
                  "--json"));
      assertThat(json.at("figures").at("macro_auroc").at("a").number())
          .as(measure)
          .isCloseTo(
              metrics.at("single_scores").at(measure).at("macro_auroc").number(), within(1e-9));
    }
  }

  @Test
  void scoresThatTheModelDoesNotComputeAreRefused() throws IOException {
    Path ablated = folder.resolve("ablated");
    ok(
        CliRun.of(
            "train",
            "--config",
            folder.resolve("run.yaml"),
            "--set",
            "model.channels=continuous",
            "--data",
            data(),
            "--out",
            ablated.resolve("model")));
    Path result = ablated.resolve("result");
    ok(CliRun.of("eval", "--model", ablated.resolve("model"), "--data", data(), "--out", result));
    fails(
        ExitCode.USAGE,
        result + ": the model does not compute 'disc_nll_total'",
        "",
        result,
        run("knn5"),
        "--score-a",
        "disc_nll_total");
    okOutput("eval-compare", result, run("knn5"), "--score-a", "terminal_norm", "--resamples", 100);
  }

  /** Folders and data are found as a report finds them. */
  @Test
  void aFolderIsTheSameHoweverItIsWrittenAndItsDataMayLieBesideIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), run("janus"));
    fails(ExitCode.USAGE, "cannot be compared with itself", "--score-a", run("janus"), link);
    Path moved = copy("knn5", "as a whole", arrays -> {});
    Path metrics = moved.resolve("metrics.json");
    Files.writeString(
        metrics,
        Files.readString(metrics).replaceAll("\"data\" : \"[^\"]*\"", "\"data\" : \"../../data\""));
    okOutput("eval-compare", moved, run("janus"), "--resamples", 100);
  }

  /** Which labels are benign there is read from both kinds of folders. */
  @Test
  void aModelAndAControlAreComparedOnAnotherNetwork() {
    Path cross = folder.resolve("other benign/model");
    Path control = folder.resolve("other benign/control");
    List<String> labels = List.of("--benign-label", "BENIGN", "--benign-label", "UDP");
    List<Object> eval = new ArrayList<>(List.of("eval-cross", "--model", folder.resolve("model")));
    eval.addAll(List.of("--target", data(), "--out", cross));
    eval.addAll(labels);
    ok(CliRun.of(eval.toArray()));
    List<Object> baseline = new ArrayList<>(List.of("baseline", "range-rule", "--config"));
    baseline.addAll(List.of(folder.resolve("run.yaml"), "--data", data(), "--target", data()));
    baseline.addAll(List.of("--out", control));
    baseline.addAll(labels);
    ok(CliRun.of(baseline.toArray()));
    assertThat(okOutput("eval-compare", cross, control, "--resamples", 100))
        .containsPattern("BENIGN +1,879 ")
        .doesNotContain("\nUDP ");
    fails(ExitCode.DATA, "counts as benign in one of them only", "", cross, run("cross"));
  }

  @Test
  void theSeedDecidesTheDraws() {
    String first = okOutput("eval-compare", run("knn5"), run("packet-count"), "--json");
    assertThat(okOutput("eval-compare", run("knn5"), run("packet-count"), "--json"))
        .isEqualTo(first);
    assertThat(okOutput("eval-compare", run("knn5"), run("packet-count"), "--json", "--seed", 7))
        .isNotEqualTo(first);
    assertThat(
            okOutput(
                "eval-compare", run("knn5"), run("packet-count"), "--resamples", 100, "--json"))
        .contains("\"resamples\" : 100");
  }

  @Test
  void evaluationsOfOtherFlowsAreRefused() throws IOException {
    fails(ExitCode.DATA, "the split says '", "with one split", run("janus"), run("cross"));
    fails(
        ExitCode.DATA,
        "is labelled 'Syn' in the first and 'SYN' in the second",
        "one data set",
        run("janus"),
        relabelled("knn5"));
    fails(
        ExitCode.DATA,
        "is labelled 'Syn', but 'SYN' when it was evaluated",
        "one data set",
        folder.resolve("changed/knn5 relabelled"),
        relabelled("packet-count"));
    Path shifted =
        copy(
            "knn5",
            "shifted",
            arrays -> {
              long[] ids = array(arrays, "flow_id").longs().clone();
              ids[7] = 8;
              arrays.put("flow_id", NpyArray.of(ids));
            });
    fails(ExitCode.DATA, "array flow_id: row 7 is that of flow 8", "", run("janus"), shifted);
  }

  @Test
  void wrongUseIsToldInOneLine() throws IOException {
    fails(
        ExitCode.USAGE, "cannot be compared with itself", "--score-a", run("janus"), run("janus"));
    fails(
        ExitCode.USAGE,
        "there is no score 'hiden'",
        "did you mean 'hidden'?",
        run("janus"),
        run("knn5"),
        "--score-a",
        "hiden");
    fails(
        ExitCode.USAGE,
        "there is no score 'energy-like'",
        "its scores are score",
        run("janus"),
        run("knn5"),
        "--score-b",
        "energy-like");
    fails(
        ExitCode.USAGE,
        "--resamples must be 100 to 1,000,000, not 20",
        "",
        run("janus"),
        run("knn5"),
        "--resamples",
        20);
    fails(ExitCode.USAGE, "holds 4 evaluations", "name one", folder.resolve("runs"), run("knn5"));
    fails(ExitCode.NO_INPUT, "does not exist", "", folder.resolve("none"), run("knn5"));
    Path moved = copy("knn5", "moved", arrays -> {});
    Path metrics = moved.resolve("metrics.json");
    Files.writeString(
        metrics,
        Files.readString(metrics).replaceAll("\"data\" : \"[^\"]*\"", "\"data\" : \"gone/data\""));
    fails(
        ExitCode.NO_INPUT,
        "the folder of its flows, 'gone/data', is not there",
        "name it with --data",
        moved,
        run("janus"));
    okOutput("eval-compare", moved, run("janus"), "--data", data());
  }

  @Test
  void anInterruptedComparisonPrintsNothing() {
    Interruption stopped = new Interruption();
    stopped.request();
    CliRun run = CliRun.of(stopped, "eval-compare", run("janus"), run("knn5"));
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(run.out()).isEmpty();
  }

  private static void fails(
      ExitCode code, String what, String fix, Path first, Path second, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("eval-compare", first, second));
    arguments.addAll(List.of(options));
    CliRun run = CliRun.of(arguments.toArray());
    assertThat(run.err()).contains(what, fix);
    assertThat(run.ended(code)).as(run.err()).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.out()).isEmpty();
  }

  private static Path relabelled(String run) throws IOException {
    Path changed =
        copy(
            run,
            run + " relabelled",
            arrays -> {
              String[] labels = array(arrays, "label").strings().clone();
              for (int i = 0; i < labels.length; i++) {
                labels[i] = labels[i].equals("Syn") ? "SYN" : labels[i];
              }
              arrays.put("label", NpyArray.of(labels));
            });
    Path metrics = changed.resolve("metrics.json");
    Files.writeString(metrics, Files.readString(metrics).replace("\"Syn\"", "\"SYN\""));
    return changed;
  }

  private static Path copy(String of, String name, Consumer<Map<String, NpyArray>> change)
      throws IOException {
    Path copy = Files.createDirectories(folder.resolve("changed").resolve(name));
    try (Stream<Path> files = Files.list(run(of))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path scores = copy.resolve("scores.npz");
    Map<String, NpyArray> arrays = new LinkedHashMap<>(NpzReader.readAll(scores));
    change.accept(arrays);
    try (NpzWriter npz = NpzWriter.create(scores)) {
      arrays.forEach(npz::put);
      npz.commit();
    }
    return copy;
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    return arrays.getOrDefault(name, NpyArray.scalar(0));
  }

  private static String okOutput(Object... arguments) {
    CliRun run = CliRun.of(arguments);
    ok(run);
    return run.out();
  }

  private static void ok(CliRun run) {
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path run(String name) {
    return folder.resolve("runs").resolve(name);
  }
}
