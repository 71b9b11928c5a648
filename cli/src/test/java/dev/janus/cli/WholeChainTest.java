package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.MetadataFlows;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.score.Aggregator;
import dev.janus.score.Calibration;
import dev.janus.score.FusedMeasure;
import dev.janus.score.ScoreName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.math3.stat.inference.MannWhitneyUTest;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole chain on the bundled captures, with a network small enough for seconds. */
final class WholeChainTest {
  private static final int FLOWS = 3213;

  @TempDir private static Path folder = Path.of("");

  private static CliRun extraction = new CliRun(-1, "", "");
  private static CliRun training = new CliRun(-1, "", "");
  private static CliRun evaluation = new CliRun(-1, "", "");

  @BeforeAll
  static void runTheChain() throws IOException {
    Files.writeString(
        config(),
        """
        dataset: testbed-c
        model: {d_model: 16, n_layers: 1, n_heads: 2}
        training: {steps: 12, batch_size: 16, checkpoint_steps: 5}
        scoring: {ode_steps: 1}
        """);
    Path captures = CliRun.HOME.resolve("examples/testbed-c");
    Path description = CliRun.HOME.resolve("configs/datasets/testbed-c.yaml");
    extraction =
        CliRun.of(
            "extract",
            "--pcap",
            captures,
            "--dataset",
            description,
            "--labels",
            captures,
            "--out",
            data());
    training = CliRun.of("train", "--config", config(), "--data", data(), "--out", model());
    evaluation = CliRun.of("eval", "--model", model(), "--data", data(), "--out", results());
  }

  @Test
  void extractionLabelsEveryFlow() throws IOException {
    assertThat(extraction.ended(ExitCode.OK)).as(extraction.err()).isTrue();
    assertThat(extraction.out())
        .contains("Labels: 3,213 of 3,213 flows found a row (100.00 %)")
        .containsPattern("BENIGN +1,678\n")
        .containsPattern("Syn +519\n")
        .containsPattern("PortScan +300\n")
        .containsPattern("UDP +201\n")
        .containsPattern("WebDDoS +157\n")
        .containsPattern("DrDoS_DNS +95\n")
        .containsPattern("DrDoS_NTP +91\n")
        .containsPattern("DrDoS_SSDP +84\n")
        .containsPattern("UDP-lag +70\n")
        .containsPattern("ICMP Flood +18\n")
        .containsPattern("c-02-mixed.pcap.gz +57,467 +57,217 +250 +2,815\n");
    assertThat(names(data()))
        .containsExactly("extract.json", "flow_features.parquet", "flows.parquet", "packets.npz");
  }

  @Test
  void aStoreGivesTheSameModelAndResults() throws IOException {
    Path captures = CliRun.HOME.resolve("examples/testbed-c");
    Path store = folder.resolve("store");
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            captures,
            "--dataset",
            CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
            "--labels",
            captures,
            "--layout",
            "store",
            "--shard-flows",
            1000,
            "--out",
            store);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(names(store)).containsExactly("extract.json", "full_store");
    Path other = folder.resolve("model of the store");
    run = CliRun.of("train", "--config", config(), "--data", store, "--out", other);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(other.resolve("model.safetensors"))
        .hasSameBinaryContentAs(model().resolve("model.safetensors"));
    Path evaluated = folder.resolve("results of the store");
    run =
        CliRun.of(
            "eval", "--model", other, "--data", store.resolve("full_store"), "--out", evaluated);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(evaluated.resolve("phase1_scores.npz"))
        .hasSameBinaryContentAs(results().resolve("phase1_scores.npz"));
  }

  @Test
  void trainingLeavesModelLogAndConfiguration() throws IOException {
    assertThat(training.ended(ExitCode.OK)).as(training.err()).isTrue();
    assertThat(training.out()).containsPattern("for 12 steps on 1,007 flows: [0-9,]+ flows/s");
    assertThat(training.errorLines()).anyMatch(line -> line.startsWith("12 steps of "));
    assertThat(names(model()))
        .containsExactly("config.resolved.yaml", "model.safetensors", "train_log.jsonl");
    List<String> log = Files.readAllLines(model().resolve("train_log.jsonl"));
    assertThat(log).hasSize(12);
    JsonTree last = JsonTree.parse(log.getLast());
    assertThat(last.at("step").number()).isEqualTo(12);
    assertThat(last.at("loss").number()).isFinite().isPositive();
  }

  @Test
  void metricsHoldTheAgreedKeys() throws IOException {
    assertThat(evaluation.ended(ExitCode.OK)).as(evaluation.err()).isTrue();
    JsonTree metrics = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    assertThat(metrics.keys())
        .contains(
            "macro_auroc",
            "pooled_auroc",
            "auprc",
            "n_benign",
            "n_attack",
            "classes",
            "operating_points",
            "single_scores",
            "seed",
            "model",
            "data",
            "config");
    assertThat(metrics.at("n_benign").number()).isEqualTo(336);
    assertThat(metrics.at("n_attack").number()).isEqualTo(1535);
    assertThat(metrics.at("classes").size()).isEqualTo(9);
    JsonTree first = metrics.at("classes").at(0);
    assertThat(first.keys())
        .containsExactly("label", "n", "auroc", "partial_auroc", "tpr_at_fpr", "tpr_interval");
    assertThat(first.at("label").value()).isEqualTo("DrDoS_DNS");
    assertThat(first.at("tpr_at_fpr").keys()).containsExactly("0.01", "0.001", "0.0001");
    assertThat(metrics.at("operating_points").at(0).keys())
        .containsExactly(
            "threshold_from",
            "threshold",
            "f1",
            "precision",
            "recall",
            "fpr",
            "fpr_interval",
            "false_alarms_per_day");
    assertThat(metrics.at("flows_per_day").number()).isEqualTo(10_000_000);
    assertThat(metrics.at("auprc_at_prevalence").keys()).containsExactly("0.01", "0.001", "0.0001");
    assertThat(metrics.at("verdict").value()).isEqualTo("fused");
    List<String> names = new ArrayList<>(List.of("d2", "hidden"));
    names.addAll(ScoreName.labels());
    names.addAll(FusedMeasure.labels());
    for (Aggregator aggregator : Aggregator.values()) {
      if (!names.contains(aggregator.label())) {
        names.add(aggregator.label());
      }
    }
    assertThat(metrics.at("single_scores").keys()).containsExactlyElementsOf(names);
    assertThat(metrics.at("macro_auroc").number()).isBetween(0.5, 1.0);
  }

  /** Another library and plain counting come to the same figures from the stored scores. */
  @Test
  void metricsFollowFromTheStoredScores() throws IOException {
    Map<String, NpyArray> arrays = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    List<String> uses = List.of(array(arrays, "split").strings());
    List<String> labels = List.of(array(arrays, "label").strings());
    double[] fused = array(arrays, "fused").doubles();
    double[] benign = tested(uses, labels, fused, Set.of("BENIGN"));
    JsonTree metrics = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    JsonTree classes = metrics.at("classes");
    Set<String> attacks = new TreeSet<>();
    double macro = 0;
    for (int i = 0; i < classes.size(); i++) {
      JsonTree attack = classes.at(i);
      String label = String.valueOf(attack.at("label").value());
      attacks.add(label);
      double[] found = tested(uses, labels, fused, Set.of(label));
      double auroc = auroc(benign, found);
      macro += auroc / classes.size();
      assertThat(found).hasSize((int) attack.at("n").number());
      assertThat(attack.at("auroc").number()).as(label).isCloseTo(auroc, within(1e-9));
      for (String fpr : List.of("0.01", "0.001", "0.0001")) {
        assertThat(attack.at("tpr_at_fpr").at(fpr).number())
            .as("%s at %s", label, fpr)
            .isCloseTo(tprAtFpr(benign, found, Double.parseDouble(fpr)), within(1e-9));
      }
    }
    assertThat(metrics.at("macro_auroc").number()).isCloseTo(macro, within(1e-9));
    double[] attack = tested(uses, labels, fused, attacks);
    assertThat(metrics.at("pooled_auroc").number()).isCloseTo(auroc(benign, attack), within(1e-9));
    double share = attack.length / (double) (attack.length + benign.length);
    assertThat(metrics.at("auprc").number())
        .isCloseTo(averagePrecision(benign, attack, share), within(1e-9));
    assertThat(metrics.at("auprc_at_prevalence").at("0.001").number())
        .isCloseTo(averagePrecision(benign, attack, 0.001), within(1e-9));
  }

  /** So does the score that is reported beside the verdict. */
  @Test
  void theFiguresOfTheHiddenStateFollowFromTheStoredScores() throws IOException {
    Map<String, NpyArray> arrays = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    List<String> uses = List.of(array(arrays, "split").strings());
    List<String> labels = List.of(array(arrays, "label").strings());
    double[] hidden = array(arrays, "hidden").doubles();
    double[] benign = tested(uses, labels, hidden, Set.of("BENIGN"));
    JsonTree metrics = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    JsonTree figures = metrics.at("single_scores").at("hidden");
    double macro = 0;
    double macroTpr = 0;
    for (String label : figures.at("class_auroc").keys()) {
      double[] found = tested(uses, labels, hidden, Set.of(label));
      double auroc = auroc(benign, found);
      assertThat(figures.at("class_auroc").at(label).number()).isCloseTo(auroc, within(1e-9));
      macro += auroc / 9;
      macroTpr += tprAtFpr(benign, found, 0.01) / 9;
    }
    assertThat(figures.at("class_auroc").keys()).hasSize(9);
    assertThat(figures.at("macro_auroc").number()).isCloseTo(macro, within(1e-9));
    assertThat(figures.at("macro_tpr_at_fpr").at("0.01").number())
        .isCloseTo(macroTpr, within(1e-9));
    double[] p = array(arrays, "hidden_p_value").doubles();
    double[] validated = tested(validation(uses), labels, hidden, Set.of("BENIGN"));
    for (int i = 0; i < p.length; i++) {
      double d = hidden[i];
      long asFar = Arrays.stream(validated).filter(v -> v >= d).count();
      assertThat(p[i]).isCloseTo((1.0 + asFar) / (validated.length + 1.0), within(1e-12));
    }
  }

  /** What the fused verdict is fitted on, the flows at even positions, calibrates nothing. */
  @Test
  void theFusedVerdictIsCalibratedOnValidationFlowsAtOddPositions() throws IOException {
    Map<String, NpyArray> arrays = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    int[] validation = rows(arrays, "validation");
    double[] fused = array(arrays, "fused").doubles();
    double[] calibrating = atOdd(validation, fused);
    assertThat(calibrating).hasSize(validation.length / 2).hasSizeGreaterThan(100);
    assertPValues(array(arrays, "fused_p_value").doubles(), fused, calibrating);
    JsonTree metrics = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    assertThat(metrics.at("fitted_on").value()).isEqualTo("the training network");
    assertThat(metrics.at("n_validation").number()).isEqualTo(calibrating.length);
    double[] setting =
        IntStream.range(0, calibrating.length)
            .filter(k -> k % 2 == 0)
            .mapToDouble(k -> calibrating[k])
            .toArray();
    double[] counting =
        IntStream.range(0, calibrating.length)
            .filter(k -> k % 2 == 1)
            .mapToDouble(k -> calibrating[k])
            .toArray();
    double threshold = Calibration.of(setting).quantile(0.95);
    JsonTree p95 = metrics.at("operating_points").at(0);
    assertThat(p95.at("threshold").number()).isEqualTo(threshold);
    assertThat(p95.at("fpr").number())
        .isCloseTo(
            Arrays.stream(counting).filter(d -> d > threshold).count() / (double) counting.length,
            within(1e-12));
  }

  /**
   * Calibrated on the odd positions in order of time, fitted on the even ones, tested elsewhere.
   */
  @Test
  void capturesOfTheTargetFitTheVerdictsAnewAndTheirAttacksAreTested() throws IOException {
    Path target = threeCapturesOfOneTimeAndAnother();
    Path out = folder.resolve("fitted");
    CliRun run =
        CliRun.of(
            "eval-cross",
            "--model",
            model(),
            "--target",
            target,
            "--fit-capture",
            "*-MIXED",
            "--out",
            out);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.err())
        .contains("verdicts are fitted and calibrated on 3,840 benign flows of the target");
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    assertThat(metrics.at("fitted_on").value()).isEqualTo("captures of the target: *-MIXED");
    assertThat(metrics.at("n_benign").number()).isEqualTo(398);
    assertThat(metrics.at("n_attack").number()).isEqualTo(3 * 1535);
    assertThat(metrics.at("n_validation").number()).isEqualTo(1920);
    Map<String, NpyArray> arrays = NpzReader.readAll(out.resolve("phase1_scores.npz"));
    FlowMetadata flows = MetadataFlows.read(target).metadata();
    String[] uses = array(arrays, "split").strings();
    for (int flow = 0; flow < uses.length; flow++) {
      boolean fits = flows.capture(flow).endsWith("mixed") && flows.label(flow).equals("BENIGN");
      assertThat(uses[flow]).isEqualTo(fits ? "validation" : "test");
    }
    int[] fitting = rows(arrays, "validation");
    int[] inTime = flows.inOrderOfTime(fitting);
    assertThat(inTime).isNotEqualTo(fitting);
    double[] fused = array(arrays, "fused").doubles();
    assertPValues(array(arrays, "fused_p_value").doubles(), fused, atOdd(inTime, fused));
    double[] hidden = array(arrays, "hidden").doubles();
    assertPValues(
        array(arrays, "hidden_p_value").doubles(),
        hidden,
        Arrays.stream(fitting).mapToDouble(row -> hidden[row]).toArray());
  }

  /**
   * Rows follow the captures, so that their order is not that of time. In that order every third
   * flow is the same, so that even and odd positions are not.
   */
  private static Path threeCapturesOfOneTimeAndAnother() throws IOException {
    Path bundled = CliRun.HOME.resolve("examples/testbed-c");
    Path captures = Files.createDirectories(folder.resolve("captures"));
    for (String ending : List.of(".csv", ".pcap.gz")) {
      Files.copy(bundled.resolve("c-02-mixed" + ending), captures.resolve("a-mixed" + ending));
      Files.copy(bundled.resolve("c-02-mixed" + ending), captures.resolve("b-mixed" + ending));
      Files.copy(bundled.resolve("c-02-mixed" + ending), captures.resolve("c-mixed" + ending));
      Files.copy(bundled.resolve("c-01-benign" + ending), captures.resolve("d-benign" + ending));
    }
    Path target = folder.resolve("target");
    CliRun run =
        CliRun.of(
            "extract",
            "--pcap",
            captures,
            "--dataset",
            CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
            "--labels",
            captures,
            "--out",
            target);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    return target;
  }

  @Test
  void anotherVerdictGivesTheFiguresThatItHasBesideTheDefault() throws IOException {
    Path out = folder.resolve("by d2");
    CliRun run =
        CliRun.of("eval", "--model", model(), "--data", data(), "--out", out, "--verdict", "d2");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree byDefault = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    JsonTree metrics = JsonTree.parse(Files.readString(out.resolve("metrics.json")));
    assertThat(metrics.at("verdict").value()).isEqualTo("d2");
    JsonTree beside = byDefault.at("single_scores").at("d2");
    for (String figure : List.of("macro_auroc", "pooled_auroc", "macro_partial_auroc")) {
      assertThat(metrics.at(figure).number()).isEqualTo(beside.at(figure).number());
      assertThat(metrics.at("single_scores").at("fused").at(figure).number())
          .isEqualTo(byDefault.at(figure).number());
    }
    assertThat(metrics.at("macro_auroc").number())
        .isNotEqualTo(byDefault.at("macro_auroc").number());
    Map<String, NpyArray> arrays = NpzReader.readAll(out.resolve("phase1_scores.npz"));
    assertThat(metrics.at("n_validation").number()).isEqualTo(rows(arrays, "validation").length);
  }

  private static int[] rows(Map<String, NpyArray> arrays, String use) {
    String[] uses = array(arrays, "split").strings();
    return IntStream.range(0, uses.length).filter(i -> uses[i].equals(use)).toArray();
  }

  private static double[] atOdd(int[] rows, double[] distances) {
    return IntStream.range(0, rows.length)
        .filter(k -> k % 2 == 1)
        .mapToDouble(k -> distances[rows[k]])
        .toArray();
  }

  private static void assertPValues(double[] pValues, double[] distances, double[] calibrating) {
    for (int i = 0; i < pValues.length; i++) {
      double d = distances[i];
      long asFar = Arrays.stream(calibrating).filter(v -> v >= d).count();
      assertThat(pValues[i])
          .as("flow %d", i)
          .isCloseTo((1.0 + asFar) / (calibrating.length + 1.0), within(1e-12));
    }
  }

  @Test
  void falseAlarmsAboveACertifiedThresholdFollowFromTheStoredScores() throws IOException {
    Map<String, NpyArray> arrays = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    List<String> uses = List.of(array(arrays, "split").strings());
    List<String> labels = List.of(array(arrays, "label").strings());
    JsonTree metrics = JsonTree.parse(Files.readString(results().resolve("metrics.json")));
    assertThat(metrics.at("calibration").keys()).containsExactly("fused", "d2", "hidden");
    for (String score : List.of("d2", "hidden")) {
      double[] values = array(arrays, score).doubles();
      double[] benign = tested(uses, labels, values, Set.of("BENIGN"));
      JsonTree check = metrics.at("calibration").at(score);
      assertThat(check.at("n").number()).isEqualTo(benign.length);
      JsonTree level = check.at("levels").at(0);
      assertThat(level.at("fpr_certified").number()).isEqualTo(0.01);
      double threshold = level.at("threshold").number();
      long alarms = Arrays.stream(benign).filter(d -> d > threshold).count();
      assertThat(level.at("fpr").number())
          .isCloseTo(alarms / (double) benign.length, within(1e-12));
      assertThat(check.at("levels").at(2).at("certifiable").value()).isEqualTo(false);
    }
    double[] hidden = array(arrays, "hidden").doubles();
    double[] validated = tested(validation(uses), labels, hidden, Set.of("BENIGN"));
    Arrays.sort(validated);
    JsonTree level = metrics.at("calibration").at("hidden").at("levels").at(0);
    assertThat(level.at("threshold").number())
        .isEqualTo(validated[validated.length - (int) level.at("rank").number()]);
  }

  /** The same uses with validation flows as the tested ones. */
  private static List<String> validation(List<String> uses) {
    return uses.stream().map(use -> use.equals("validation") ? "test" : "other").toList();
  }

  private static double[] tested(
      List<String> uses, List<String> labels, double[] scores, Set<String> wanted) {
    return IntStream.range(0, scores.length)
        .filter(i -> uses.get(i).equals("test") && wanted.contains(labels.get(i)))
        .mapToDouble(i -> scores[i])
        .toArray();
  }

  /** Of the two U statistics the library gives the larger one. */
  private static double auroc(double[] benign, double[] attack) {
    double larger =
        new MannWhitneyUTest().mannWhitneyU(benign, attack)
            / ((double) benign.length * attack.length);
    long above = countPairs(benign, attack, (b, a) -> a > b);
    long below = countPairs(benign, attack, (b, a) -> a < b);
    return above >= below ? larger : 1 - larger;
  }

  private static long countPairs(
      double[] benign, double[] attack, BiPredicate<Double, Double> counts) {
    return Arrays.stream(benign)
        .mapToLong(b -> Arrays.stream(attack).filter(a -> counts.test(b, a)).count())
        .sum();
  }

  private static double tprAtFpr(double[] benign, double[] attack, double fpr) {
    return thresholds(benign, attack)
        .filter(threshold -> share(benign, threshold) <= fpr)
        .map(threshold -> share(attack, threshold))
        .max()
        .orElse(0);
  }

  private static double averagePrecision(double[] benign, double[] attack, double prevalence) {
    double sum = 0;
    double recall = 0;
    for (double threshold : thresholds(benign, attack).toArray()) {
      double caught = prevalence * share(attack, threshold);
      double precision = caught / (caught + (1 - prevalence) * share(benign, threshold));
      sum += (share(attack, threshold) - recall) * (caught == 0 ? 0 : precision);
      recall = share(attack, threshold);
    }
    return sum;
  }

  /** All scores, from the highest down. */
  private static DoubleStream thresholds(double[] benign, double[] attack) {
    return DoubleStream.concat(Arrays.stream(benign), Arrays.stream(attack))
        .map(score -> -score)
        .sorted()
        .distinct()
        .map(score -> -score);
  }

  private static double share(double[] scores, double threshold) {
    return Arrays.stream(scores).filter(s -> s >= threshold).count() / (double) scores.length;
  }

  @Test
  void scoreArchiveIsAlignedWithTheFlows() {
    Map<String, NpyArray> arrays = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    assertThat(array(arrays, "scores").shape()).containsExactly(FLOWS, ScoreName.COUNT);
    assertThat(array(arrays, "score_names").strings())
        .containsExactlyElementsOf(ScoreName.labels());
    assertThat(array(arrays, "d2").doubles()).hasSize(FLOWS).doesNotContain(Double.NaN);
    Set<String> uses = new TreeSet<>(List.of(array(arrays, "split").strings()));
    assertThat(uses).containsExactly("test", "train", "validation");
    long[] ids = array(arrays, "flow_id").longs();
    for (int i = 0; i < FLOWS; i++) {
      assertThat(ids[i]).isEqualTo(i);
    }
  }

  @Test
  void crossEvaluationTestsEveryFlow() throws IOException {
    CliRun run =
        CliRun.of(
            "eval-cross",
            "--model",
            model().resolve("model.safetensors"),
            "--target",
            data(),
            "--out",
            folder.resolve("cross"),
            "--json");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    JsonTree metrics = JsonTree.parse(run.out());
    assertThat(metrics.at("n_benign").number()).isEqualTo(1678);
    assertThat(metrics.at("n_attack").number()).isEqualTo(1535);
  }

  @Test
  void scoringCapturesGivesTheSameScoresAsScoringTheExtraction() throws IOException {
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    CliRun run =
        CliRun.of("score", "--model", model(), "--pcap", capture, "--format", "jsonl", "--quiet");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.err()).isEmpty();
    assertThat(run.outputLines()).hasSize(398);
    double[] d2 = array(NpzReader.readAll(results().resolve("phase1_scores.npz")), "d2").doubles();
    for (String line : run.outputLines()) {
      JsonTree flow = JsonTree.parse(line);
      int id = (int) flow.at("flow_id").number();
      assertThat(flow.at("d2").number()).as(line).isEqualTo(d2[id]);
    }
  }

  @Test
  void theHiddenStateAloneGivesWhatItGivesBesideTheScores() throws IOException {
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    CliRun run =
        CliRun.of("score", "--model", model(), "--pcap", capture, "--scores", "hidden", "--quiet");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    List<String> lines = run.outputLines();
    assertThat(lines).hasSize(399);
    assertThat(lines.getFirst())
        .isEqualTo(
            "flow_id,src_ip,src_port,dst_ip,dst_port,protocol,start_us,end_us,packets,"
                + "hidden,hidden_p_value");
    Map<String, NpyArray> stored = NpzReader.readAll(results().resolve("phase1_scores.npz"));
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = List.of(line.split(",", -1));
      int id = Integer.parseInt(cells.get(0));
      assertThat(Double.parseDouble(cells.get(9))).isEqualTo(array(stored, "hidden").doubles()[id]);
      assertThat(Double.parseDouble(cells.get(10)))
          .isEqualTo(array(stored, "hidden_p_value").doubles()[id]);
    }
  }

  @Test
  void anInterruptedTrainingResumesToTheSameModelBitForBit() throws IOException {
    Path out = folder.resolve("resumed");
    CliRun stopped =
        CliRun.of(stopped(), "train", "--config", config(), "--data", data(), "--out", out);
    assertThat(stopped.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(stopped.errorLines().getLast())
        .startsWith("janus: interrupted after step 1;")
        .endsWith("--resume");
    assertThat(names(out))
        .containsExactly("checkpoint.safetensors", "config.resolved.yaml", "train_log.jsonl");

    CliRun resumed =
        CliRun.of(
            "train",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            out,
            "--resume",
            "--set",
            "threads=1");
    assertThat(resumed.ended(ExitCode.OK)).as(resumed.err()).isTrue();
    assertThat(out.resolve("model.safetensors"))
        .hasSameBinaryContentAs(model().resolve("model.safetensors"));
    assertThat(Files.readAllLines(out.resolve("train_log.jsonl"))).hasSize(12);
  }

  @Test
  void anInterruptedTrainingIsNotThrownAwayInSilence() throws IOException {
    Path out = folder.resolve("kept");
    CliRun.of(stopped(), "train", "--config", config(), "--data", data(), "--out", out);
    byte[] checkpoint = Files.readAllBytes(out.resolve("checkpoint.safetensors"));

    CliRun refused = CliRun.of("train", "--config", config(), "--data", data(), "--out", out);
    assertThat(refused.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(refused.errorLines()).hasSize(1);
    assertThat(refused.err())
        .startsWith("janus: " + out.resolve("checkpoint.safetensors"))
        .contains("add --resume to go on or --overwrite to start again");
    assertThat(out.resolve("checkpoint.safetensors")).hasBinaryContent(checkpoint);

    Files.writeString(out.resolve("train_log.jsonl"), "{\"step\":0,\"of\":\"the old run\"}\n");
    CliRun again =
        CliRun.of("train", "--config", config(), "--data", data(), "--out", out, "--overwrite");
    assertThat(again.ended(ExitCode.OK)).as(again.err()).isTrue();
    assertThat(out.resolve("checkpoint.safetensors")).doesNotExist();
    assertThat(Files.readAllLines(out.resolve("train_log.jsonl"))).hasSize(12);
    assertThat(out.resolve("model.safetensors"))
        .hasSameBinaryContentAs(model().resolve("model.safetensors"));
  }

  @Test
  void resumingWithAnotherConfigurationChangesNothing() throws IOException {
    Path out = folder.resolve("foreign");
    CliRun.of(stopped(), "train", "--config", config(), "--data", data(), "--out", out);
    String resolved = Files.readString(out.resolve("config.resolved.yaml"));
    CliRun run =
        CliRun.of(
            "train",
            "--config",
            config(),
            "--data",
            data(),
            "--out",
            out,
            "--resume",
            "--set",
            "training.sigma=0.6");
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines().getLast()).contains("belongs to another configuration");
    assertThat(out.resolve("config.resolved.yaml")).hasContent(resolved);
    assertThat(names(out))
        .containsExactly("checkpoint.safetensors", "config.resolved.yaml", "train_log.jsonl");
  }

  @Test
  void resumingAFinishedTrainingSaysSo() {
    CliRun run =
        CliRun.of("train", "--config", config(), "--data", data(), "--out", model(), "--resume");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.errorLines())
        .containsExactly("training is already finished: " + model().resolve("model.safetensors"));
  }

  @Test
  void everyArtifactCanBeShown() throws IOException {
    try (Stream<Path> files = Stream.of(data(), model(), results()).flatMap(WholeChainTest::list)) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".html")).toList()) {
        for (String format : List.of("table", "csv", "jsonl")) {
          CliRun run = CliRun.of("show", file, "--format", format, "--rows", 3);
          assertThat(run.ended(ExitCode.OK)).as(file + " " + run.err()).isTrue();
          assertThat(run.outputLines()).as(file + " as " + format).hasSizeBetween(1, 5);
        }
      }
    }
    CliRun all = CliRun.of("show", data().resolve("flows.parquet"), "--format", "csv", "--quiet");
    assertThat(all.outputLines()).hasSize(FLOWS + 1);
  }

  @Test
  void packetsAreShownWithTheirFlowAndChannels() {
    CliRun run = CliRun.of("show", data().resolve("packets.npz"), "--format", "csv", "--quiet");
    assertThat(run.outputLines().getFirst())
        .isEqualTo("flow_id,packet,size,iat,direction,syn,ack,fin,rst,psh,window");
    assertThat(run.outputLines().get(1)).isEqualTo("0,0,130.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0");
    assertThat(run.outputLines().getLast()).startsWith("3212,");
  }

  @Test
  void aModelWithOneChangedByteIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(model().resolve("model.safetensors"));
    bytes[bytes.length / 2] ^= 1;
    Path damaged = folder.resolve("damaged.safetensors");
    Files.write(damaged, bytes);
    Path out = folder.resolve("never");
    CliRun run = CliRun.of("eval", "--model", damaged, "--data", data(), "--out", out);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err()).startsWith("janus: " + damaged + ": ");
    assertThat(out).doesNotExist();

    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    CliRun scoring = CliRun.of("score", "--model", damaged, "--pcap", capture);
    assertThat(scoring.ended(ExitCode.DATA)).isTrue();
    assertThat(scoring.errorLines()).hasSize(1);
    assertThat(scoring.err()).startsWith("janus: " + damaged + ": ");
    assertThat(scoring.out()).isEmpty();
  }

  @Test
  void aStoppedScoringPrintsNoFlowThatTheStopCut() {
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    CliRun run = CliRun.of(stopped(), "score", "--model", model(), "--pcap", capture);
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(run.outputLines()).hasSize(1).first().asString().startsWith("flow_id,");
    assertThat(run.errorLines().getLast()).contains("interrupted after 0 flows");
  }

  @Test
  void scoringSaysWhatIsMissingEvenWhenQuiet() throws IOException {
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    Path cut = folder.resolve("cut.pcap");
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(capture))) {
      Files.write(cut, in.readNBytes(100_000));
    }
    CliRun run = CliRun.of("score", "--model", model(), "--pcap", cut, "--max-flows", 1, "--quiet");
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    assertThat(run.err())
        .contains("cut.pcap: 1 x file ends inside a record")
        .contains("flows ended early because the flow table was full; see --max-flows");
  }

  @Test
  void anInterruptedExtractionLeavesNothing() {
    Path out = folder.resolve("half");
    CliRun run =
        CliRun.of(
            stopped(),
            "extract",
            "--pcap",
            CliRun.HOME.resolve("examples/testbed-c"),
            "--out",
            out);
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(run.errorLines().getLast()).isEqualTo("janus: interrupted; nothing was written");
    assertThat(out).doesNotExist();
  }

  @Test
  void evaluatingOtherDataThanThatOfTheTrainingIsWarnedAbout() {
    Path other = folder.resolve("other");
    CliRun made =
        CliRun.of(
            "extract",
            "--pcap",
            CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz"),
            "--dataset",
            CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
            "--labels",
            CliRun.HOME.resolve("examples/testbed-c"),
            "--out",
            other);
    assertThat(made.ended(ExitCode.OK)).as(made.err()).isTrue();
    CliRun run =
        CliRun.of("eval", "--model", model(), "--data", other, "--out", folder.resolve("x"));
    assertThat(run.err()).contains("is not the data this model was trained on");
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines().getLast()).contains("there is no attack flow");
  }

  @Test
  void theReportNeedsNothingButItself() throws IOException {
    String page = Files.readString(results().resolve("report.html"));
    assertThat(page).contains("<svg").contains("DrDoS_DNS").doesNotContain("http://", "https://");
    assertThat(page.length()).isLessThan(600_000);
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    assertThat(arrays).containsKey(name);
    return arrays.getOrDefault(name, NpyArray.scalar(0));
  }

  private static Interruption stopped() {
    Interruption interruption = new Interruption();
    interruption.request();
    return interruption;
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path config() {
    return folder.resolve("run.yaml");
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path model() {
    return folder.resolve("model");
  }

  private static Path results() {
    return folder.resolve("results");
  }
}
