package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.contract.artifact.NpzWriter;
import dev.janus.eval.Ranking;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Reports of real evaluations, with networks small enough for seconds. */
final class ReportCommandTest {
  private static final List<String> RUNS = List.of("seed 1", "seed 2", "sigma");

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void evaluate() throws IOException {
    SmallNetwork.extract(data());
    Path config = SmallNetwork.config(folder, 12);
    List<List<String>> settings =
        List.of(List.of("seed=1"), List.of("seed=2"), List.of("seed=1", "training.sigma=0.6"));
    for (int i = 0; i < RUNS.size(); i++) {
      Path model = folder.resolve("models").resolve(RUNS.get(i));
      List<Object> train =
          new ArrayList<>(List.of("train", "--config", config, "--data", data(), "--out", model));
      settings.get(i).forEach(setting -> train.addAll(List.of("--set", setting)));
      ok(CliRun.of(train.toArray()));
      ok(CliRun.of("eval", "--model", model, "--data", data(), "--out", run(RUNS.get(i))));
    }
  }

  @Test
  void thePageHoldsTheFiguresOfTheMetricsAndNeedsNothingButItself() throws IOException {
    String page = page(run("seed 1"));
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .endsWith("</html>\n")
        .doesNotContain("http://", "https://", "<script", "<link", "@import", "url(", "NaN");
    assertThat(page.length()).isLessThan(600_000);
    JsonTree metrics = metrics(run("seed 1"));
    for (int i = 0; i < metrics.at("classes").size(); i++) {
      JsonTree figures = metrics.at("classes").at(i);
      assertThat(page)
          .containsPattern(
              "<td class=\"text\" data-label=\"class\">%s</td><td[^>]*>%s</td><td[^>]*>%s</td><td[^>]*>%s</td><td[^>]*>%s</td>"
                  .formatted(
                      Pattern.quote(String.valueOf(figures.at("label").value())),
                      TextTable.count((long) figures.at("n").number()),
                      TextTable.number(figures.at("auroc").number(), 4),
                      TextTable.number(figures.at("partial_auroc").number(), 4),
                      TextTable.number(figures.at("tpr_at_fpr").at("0.01").number(), 3)));
    }
    assertThat(page)
        .contains(
            "data-label=\"macro AUROC\">" + TextTable.number(number(metrics, "macro_auroc"), 4))
        .contains("data-label=\"AUPRC\">" + TextTable.number(number(metrics, "auprc"), 4))
        .contains("Top alarms", "Bars upwards", "Highest of all tested flows", "training.sigma");
  }

  @Test
  void evaluationMakesTheSamePage() throws IOException {
    String own = Files.readString(run("seed 1").resolve("report.html"));
    assertThat(page(run("seed 1"))).isEqualTo(own);
  }

  /** Every shape and word of a picture lies in its frame, and there is no other element. */
  @Test
  void nothingIsDrawnOutsideItsPicture() throws Exception {
    List<String> pictures =
        Pattern.compile("<svg.*?</svg>", Pattern.DOTALL)
            .matcher(page(run("seed 1")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(pictures).hasSizeGreaterThan(2 * 9 + 7 + 10);
    for (String picture : pictures) {
      Document svg =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(picture.getBytes(StandardCharsets.UTF_8)));
      String[] frame = svg.getDocumentElement().getAttribute("viewBox").split(" ");
      double width = Double.parseDouble(frame[2]);
      double height = Double.parseDouble(frame[3]);
      NodeList all = svg.getElementsByTagName("*");
      for (int i = 0; i < all.getLength(); i++) {
        Element element = (Element) all.item(i);
        assertThat(element.getTagName()).isIn("svg", "line", "rect", "path", "text", "title");
        for (String at : List.of("x", "x1", "x2")) {
          fits(element, at, width);
        }
        for (String at : List.of("y", "y1", "y2")) {
          fits(element, at, height);
        }
        if (element.getTagName().equals("rect")) {
          assertThat(value(element, "x") + value(element, "width")).isLessThanOrEqualTo(width);
          assertThat(value(element, "y") + value(element, "height")).isLessThanOrEqualTo(height);
        }
        path(element, width, height);
      }
    }
  }

  private static void fits(Element element, String attribute, double most) {
    if (!element.getAttribute(attribute).isEmpty()) {
      assertThat(value(element, attribute)).isBetween(0.0, most);
    }
  }

  private static double value(Element element, String attribute) {
    return Double.parseDouble(element.getAttribute(attribute));
  }

  private static void path(Element element, double width, double height) {
    String commands = element.getAttribute("d");
    for (String point : commands.replace("Z", "").split("[ML]")) {
      if (!point.isEmpty()) {
        String[] parts = point.split(" ");
        assertThat(Double.parseDouble(parts[0])).isBetween(0.0, width);
        assertThat(Double.parseDouble(parts[1])).isBetween(0.0, height);
      }
    }
  }

  @Test
  void seedsAreSummedUpAndSettingsCompared() throws IOException {
    Path markdown = folder.resolve("all.md");
    CliRun run =
        CliRun.of(
            "report",
            folder.resolve("results"),
            "--out",
            folder.resolve("all.html"),
            "--markdown",
            markdown,
            "--json");
    ok(run);
    JsonTree json = JsonTree.parse(run.out());
    assertThat(json.at("runs").size()).isEqualTo(3);
    assertThat(number(json.at("runs").at(1), "seed")).isEqualTo(2);
    double first = number(metrics(run("seed 1")), "macro_auroc");
    double second = number(metrics(run("seed 2")), "macro_auroc");
    double other = number(metrics(run("sigma")), "macro_auroc");
    assertThat(json.at("configurations").size()).isEqualTo(2);
    JsonTree seeds = json.at("configurations").at(0);
    assertThat(seeds.at("settings").at("training.sigma").value()).isEqualTo("0.1");
    assertThat(seeds.at("settings").keys()).containsExactly("training.sigma");
    JsonTree spread = seeds.at("macro_auroc");
    assertThat(number(spread, "mean")).isCloseTo((first + second) / 2, within(1e-12));
    assertThat(number(spread, "worst")).isEqualTo(Math.min(first, second));
    assertThat(number(spread, "standard_deviation"))
        .isCloseTo(Math.abs(first - second) / Math.sqrt(2), within(1e-12));
    JsonTree alone = json.at("configurations").at(1).at("macro_auroc");
    assertThat(number(alone, "mean")).isEqualTo(other);
    assertThat(Files.readString(folder.resolve("all.html")))
        .contains("Configurations compared", "mean of 2", "href=\"#run-3\"", "id=\"run-3\"");
    assertThat(json.at("runs").at(0).at("verdict").value()).isEqualTo("fused");
    assertThat(json.at("runs").at(0).at("fitted_on").value()).isEqualTo("the training network");
    List<List<String>> headline = tables(markdown).getFirst();
    assertThat(headline.stream().map(List::getFirst))
        .containsExactly("run", "seed 1", "seed 2", "mean of 2", "deviation", "worst", "sigma");
    assertThat(headline.get(1).subList(0, 3)).containsExactly("seed 1", "1", "fused");
    assertThat(headline.get(1).get(5)).isEqualTo(TextTable.number(first, 4));
    assertThat(tables(markdown).get(1).getFirst()).startsWith("runs", "training.sigma");
  }

  @Test
  void tablesOfMarkdownHaveOneCellPerColumn() throws IOException {
    Path markdown = folder.resolve("one.md");
    ok(
        CliRun.of(
            "report", run("seed 2"), "--out", folder.resolve("one.html"), "--markdown", markdown));
    List<List<List<String>>> tables = tables(markdown);
    assertThat(tables).hasSize(8);
    JsonTree classes = metrics(run("seed 2")).at("classes");
    assertThat(tables.get(1)).hasSize(1 + classes.size());
    for (int i = 0; i < classes.size(); i++) {
      List<String> row = tables.get(1).get(1 + i);
      assertThat(row.getFirst().replace("\\_", "_")).isEqualTo(classes.at(i).at("label").value());
      assertThat(Double.parseDouble(row.get(2)))
          .isCloseTo(number(classes.at(i), "auroc"), within(5e-5));
    }
    assertThat(Files.readString(markdown)).doesNotContain("<svg", "### Top alarms", "Bars upwards");
  }

  /** The rows of every table, headers first; fails where a row has other cells than its rule. */
  private static List<List<List<String>>> tables(Path markdown) throws IOException {
    List<List<List<String>>> tables = new ArrayList<>();
    boolean inside = false;
    int columns = 0;
    for (String line : Files.readAllLines(markdown)) {
      if (line.startsWith("|")) {
        if (!inside) {
          tables.add(new ArrayList<>());
        }
        inside = true;
        List<String> cells =
            Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
                .map(String::strip)
                .toList();
        if (line.startsWith("|---")) {
          columns = cells.size();
          assertThat(cells).allMatch(cell -> cell.matches("---:?"));
          assertThat(tables.getLast().getFirst()).hasSize(columns);
        } else {
          if (!tables.getLast().isEmpty()) {
            assertThat(cells).hasSize(columns);
          }
          tables.getLast().add(cells);
        }
      } else {
        inside = false;
      }
    }
    return tables;
  }

  @Test
  void labelsAreWordsWhateverTheyHold() throws IOException {
    String evil = "<script>alert(1)</script> | \"x\" & _y_";
    Path run = changed("evil", text -> text.replace("DrDoS_DNS", evil.replace("\"", "\\\"")));
    scores(
        run,
        arrays ->
            arrays.computeIfPresent(
                "label",
                (name, labels) ->
                    NpyArray.of(
                        Arrays.stream(labels.strings())
                            .map(label -> label.equals("DrDoS_DNS") ? evil : label)
                            .toArray(String[]::new))));
    Path markdown = folder.resolve("evil.md");
    Path page = folder.resolve("evil.html");
    ok(CliRun.of("report", run, "--out", page, "--markdown", markdown));
    assertThat(Files.readString(page))
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; | &quot;x&quot; &amp; _y_")
        .doesNotContain("<script");
    assertThat(Files.readString(markdown))
        .contains("&lt;script>alert(1)&lt;/script> \\| \"x\" &amp; \\_y\\_")
        .doesNotContain("<script");
    assertThat(tables(markdown).get(1)).hasSize(10);
    // The data set's labels are others now, so its packets are not those of these flows.
    assertThat(Files.readString(page)).contains("packets are not shown", "is labelled");
  }

  @Test
  void whatIsNotThereIsToldAndEndsNothing() throws IOException {
    Path run =
        changed(
            "moved",
            text ->
                text.replaceAll("\"model\" : \"[^\"]*\"", "\"model\" : \"gone/model.safetensors\"")
                    .replaceAll("\"data\" : \"[^\"]*\"", "\"data\" : \"gone/data\""));
    String page = page(run);
    assertThat(page)
        .contains("gone/train_log.jsonl&#39;, is not there".replace("&#39;", "'"))
        .contains("packets are not shown: the folder of the flows, 'gone/data', is not there")
        .doesNotContain("gap before");
    Path out = folder.resolve("with data.html");
    ok(CliRun.of("report", run, "--out", out, "--data", data()));
    assertThat(Files.readString(out)).contains("gap before").doesNotContain("are not shown:");
  }

  /** A folder of models, data and results may be moved as a whole. */
  @Test
  void whatTheRunNamesIsAlsoSoughtFromItsFolder() throws IOException {
    Path run =
        changed(
            "as a whole",
            text ->
                text.replaceAll(
                        "\"model\" : \"[^\"]*\"",
                        "\"model\" : \"../../models/seed 1/model.safetensors\"")
                    .replaceAll("\"data\" : \"[^\"]*\"", "\"data\" : \"../../data\""));
    assertThat(page(run))
        .contains("gap before", "losses of the training")
        .doesNotContain("not shown");
  }

  /** Of a store packets are read when they are wanted, and are found to be damaged only then. */
  @Test
  void damagedPacketsAreToldOnTheirCardsAndEndNothing() throws IOException {
    Path store = folder.resolve("store");
    ok(
        CliRun.of(
            "extract",
            "--pcap",
            CliRun.HOME.resolve("examples/testbed-c"),
            "--dataset",
            CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
            "--labels",
            CliRun.HOME.resolve("examples/testbed-c"),
            "--layout",
            "store",
            "--out",
            store));
    Path tokens = store.resolve("full_store/shard-00000/packet_tokens.npy");
    byte[] bytes = Files.readAllBytes(tokens);
    Arrays.fill(bytes, 1024, bytes.length, (byte) 0xff); // NaN
    Files.write(tokens, bytes);
    Path out = folder.resolve("damaged.html");
    ok(CliRun.of("report", run("seed 1"), "--out", out, "--data", store));
    assertThat(Files.readString(out))
        .contains("Its packets are not shown: ", "packet_tokens.npy", "Each score alone");
  }

  @Test
  void anotherNetworksEvaluationIsReadWithItsBenignLabels() throws IOException {
    Path cross = folder.resolve("cross");
    CliRun run =
        CliRun.of(
            "eval-cross",
            "--model",
            folder.resolve("models/seed 1"),
            "--target",
            data(),
            "--benign-label",
            "DrDoS_DNS",
            "--out",
            cross);
    ok(run);
    // What is called BENIGN is a class of attack here, for the one benign label is another one.
    JsonTree metrics = metrics(cross);
    assertThat(metrics.at("n_benign").number()).isEqualTo(count(cross, "DrDoS_DNS"));
    assertThat(metrics.at("classes").at(0).at("label").value()).isEqualTo("BENIGN");
    assertThat(metrics.at("classes").at(0).at("n").number()).isEqualTo(count(cross, "BENIGN"));
    String page = page(cross);
    assertThat(page)
        .isEqualTo(Files.readString(cross.resolve("report.html")))
        .contains("ROC curve of BENIGN", "surprises most", "of BENIGN")
        .doesNotContain("benign validation flows is", "benign validation flows are");
    Path both = folder.resolve("both.html");
    CliRun together = CliRun.of("report", run("seed 1"), cross, "--out", both, "--json");
    ok(together);
    JsonTree json = JsonTree.parse(together.out());
    assertThat(json.at("configurations").at(0).at("settings").keys())
        .containsExactly("benign_labels");
  }

  private static double count(Path run, String label) {
    return Arrays.stream(
            NpzReader.readAll(run.resolve("phase1_scores.npz"))
                .getOrDefault("label", NpyArray.scalar(0))
                .strings())
        .filter(label::equals)
        .count();
  }

  /** Figures that an older file does not have are not made up. */
  @Test
  void missingFiguresAreLeftOutOrShownAsSuch() throws IOException {
    Path run =
        changed(
            "older",
            text ->
                Stream.of(
                        "n_validation",
                        "flows_per_day",
                        "interval_confidence",
                        "certificate_confidence",
                        "partial_auroc_max_fpr",
                        "false_alarms_per_day",
                        "fpr",
                        "holds",
                        "p_values_uniform",
                        "p_values_distance",
                        "flows_per_second",
                        "build")
                    .reduce(
                        text,
                        (json, key) -> json.replace("\"" + key + "\" :", "\"no_" + key + "\" :")));
    Path markdown = folder.resolve("older.md");
    Path page = folder.resolve("older.html");
    ok(CliRun.of("report", run, "--out", page, "--markdown", markdown));
    assertThat(Files.readString(page))
        .contains("interval of it", "A threshold is certified", "Operating points")
        .doesNotContain(
            "broken",
            "holds",
            "are not like",
            "NaN",
            "-%",
            "told for",
            "95%",
            "confidence,",
            "flows/s",
            "Flows that calibrate",
            "Evaluated by",
            "p-value is at most");
    assertThat(tables(markdown)).hasSize(8);
    List<List<String>> points = tables(markdown).get(2);
    assertThat(points.get(1)).endsWith("-", points.get(1).get(6), "-");
    run =
        changed(
            "no calibration",
            text ->
                text.replace("\"calibration\" :", "\"x\" :")
                    .replace("\"n_validation\" :", "\"y\" :"));
    assertThat(page(run)).doesNotContain(">Calibration<", "The band takes flows for independent");
  }

  @Test
  void aPageThatCannotBeMadeFailsNoEvaluation() throws IOException {
    Path out = folder.resolve("without page");
    Files.createDirectories(out.resolve("report.html/in the way"));
    CliRun run =
        CliRun.of(
            "eval", "--model", folder.resolve("models/seed 1"), "--data", data(), "--out", out);
    ok(run);
    assertThat(run.err()).contains("janus: warning: no report.html: ");
    assertThat(number(metrics(out), "macro_auroc"))
        .isEqualTo(number(metrics(run("seed 1")), "macro_auroc"));
  }

  @Test
  void aDamagedLogIsToldAndEndsNothing() throws IOException {
    Path log = Files.createDirectories(folder.resolve("cut log")).resolve("train_log.jsonl");
    Files.writeString(log, "{\"step\":1,\"loss\":2.0}\n{\"step\":2,");
    Path run =
        changed(
            "cut log",
            text ->
                text.replaceAll(
                    "\"model\" : \"[^\"]*\"",
                    "\"model\" : \"" + log.resolveSibling("model.safetensors") + "\""));
    assertThat(page(run))
        .contains("curves are not shown: " + log + ":2: no line of a training log", "Top alarms");
    Files.writeString(log, "");
    assertThat(page(run)).contains("holds no step");
  }

  /** A later version may judge by another score; which one follows from the figures. */
  @Test
  void theScoreBehindTheVerdictsIsFoundByItsFigures() throws IOException {
    Path run = changed("other verdict", text -> text);
    double[] other = new double[3213];
    scores(
        run,
        arrays -> {
          double[] d2 = arrays.getOrDefault("d2", NpyArray.scalar(0)).doubles();
          IntStream.range(0, other.length).forEach(i -> other[i] = Math.sin(i * 12.9898) + d2[i]);
          arrays.put("fused", NpyArray.of(other));
        });
    Map<String, NpyArray> arrays = NpzReader.readAll(run.resolve("phase1_scores.npz"));
    String[] labels = arrays.getOrDefault("label", NpyArray.scalar(0)).strings();
    String[] split = arrays.getOrDefault("split", NpyArray.scalar(0)).strings();
    Ranking ranking =
        Ranking.of(
            IntStream.range(0, other.length)
                .filter(i -> split[i].equals("test") && labels[i].equals("BENIGN"))
                .mapToDouble(i -> other[i])
                .toArray(),
            IntStream.range(0, other.length)
                .filter(i -> split[i].equals("test") && !labels[i].equals("BENIGN"))
                .mapToDouble(i -> other[i])
                .toArray());
    Path metrics = run.resolve("metrics.json");
    Files.writeString(
        metrics,
        Files.readString(metrics)
            .replaceFirst("\"pooled_auroc\" : [0-9.E-]+", "\"pooled_auroc\" : " + ranking.auroc())
            .replaceFirst("\"auprc\" : [0-9.E-]+", "\"auprc\" : " + ranking.averagePrecision()));
    assertThat(page(run)).contains("<dd>fused</dd>", "All attacks: fused", "All attacks: d2");
  }

  @Test
  void foldersThatAreNoRunsAreNamed() throws IOException {
    Path page = folder.resolve("nothing/none.html");
    CliRun missing = CliRun.of("report", folder.resolve("none"), "--out", page);
    assertThat(missing.ended(ExitCode.NO_INPUT)).isTrue();
    assertThat(page.getParent()).doesNotExist();
    Path empty = Files.createDirectory(folder.resolve("empty"));
    fails(empty, ExitCode.NO_INPUT, "empty: holds no metrics.json", "janus eval");
    assertThat(CliRun.of("report").ended(ExitCode.USAGE)).isTrue();
  }

  @Test
  void damagedRunsAreNamedWithTheirPlace() throws IOException {
    fails(changed("cut", text -> text.substring(0, 100)), ExitCode.DATA, "not readable as JSON");
    fails(
        changed("old", text -> text.replace("\"n_benign\"", "\"benign\"")),
        ExitCode.DATA,
        "metrics.json: has no n_benign",
        "evaluate again");
    fails(
        changed("text", text -> text.replaceFirst("\"auroc\" : [0-9.E-]+", "\"auroc\" : \"x\"")),
        ExitCode.DATA,
        "classes[0].auroc is 'x', not a number");
    fails(
        changed("count", text -> text.replaceFirst("\"n_attack\" : \\d+", "\"n_attack\" : 7")),
        ExitCode.DATA,
        "but metrics.json says 336 and 7");
    fails(
        changed("classes", text -> text.replace("WebDDoS", "Web")),
        ExitCode.DATA,
        "WebDDoS=157",
        "but metrics.json says {",
        "Web=157");
    fails(
        changed("path", text -> text.replaceAll("\"data\" : \"", "\"data\" : \"\\\\u0000")),
        ExitCode.DATA,
        "metrics.json: data is no path");
    fails(
        changed("of another", text -> text.replaceFirst("(\"pooled_auroc\" : 0.)\\d+", "$15")),
        ExitCode.DATA,
        "not of one evaluation");
    Path cut = changed("cut scores", text -> text);
    byte[] scores = Files.readAllBytes(cut.resolve("phase1_scores.npz"));
    Files.write(cut.resolve("phase1_scores.npz"), Arrays.copyOf(scores, scores.length / 2));
    fails(cut, ExitCode.DATA, "phase1_scores.npz");
    Path nan = changed("nan", text -> text);
    scores(nan, arrays -> arrays.getOrDefault("d2", NpyArray.scalar(0)).doubles()[5] = Double.NaN);
    fails(nan, ExitCode.DATA, "array d2: flow 5 has NaN");
    Path less = changed("less", text -> text);
    scores(less, arrays -> arrays.remove("split"));
    fails(less, ExitCode.DATA, "array split: there is no such array");
    Path gone = changed("no scores", text -> text);
    Files.delete(gone.resolve("phase1_scores.npz"));
    fails(gone, ExitCode.NO_INPUT, "phase1_scores.npz: does not exist");
  }

  @Test
  void pagesThatCannotBeWrittenFailFirst() throws IOException {
    Path file = Files.createFile(folder.resolve("a file"));
    CliRun below = CliRun.of("report", run("seed 1"), "--out", file.resolve("page.html"));
    assertThat(below.ended(ExitCode.CANNOT_CREATE)).isTrue();
    CliRun same = CliRun.of("report", run("seed 1"), "--out", folder);
    assertThat(same.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(same.err()).contains("is a folder");
    Path detour = folder.resolve("detour/../a file");
    for (Path sameFile : List.of(file, detour)) {
      CliRun twice = CliRun.of("report", run("seed 1"), "--out", file, "--markdown", sameFile);
      assertThat(twice.ended(ExitCode.USAGE)).isTrue();
    }
    assertThat(Files.size(file)).isZero();
  }

  private static void fails(Path run, ExitCode code, String... words) {
    Path out = folder.resolve("never/report.html");
    CliRun report = CliRun.of("report", run, "--out", out);
    assertThat(report.err()).contains(words);
    assertThat(report.ended(code)).as(report.err()).isTrue();
    assertThat(report.errorLines()).hasSize(1);
    assertThat(Files.exists(out.getParent())).isFalse();
  }

  private static String page(Path run) throws IOException {
    Path out = folder.resolve("page.html");
    ok(CliRun.of("report", run, "--out", out));
    return Files.readString(out);
  }

  private static JsonTree metrics(Path run) throws IOException {
    return JsonTree.parse(Files.readString(run.resolve("metrics.json")));
  }

  private static double number(JsonTree json, String key) {
    return json.at(key).number();
  }

  /** A copy of a run with other metrics. */
  private static Path changed(String name, UnaryOperator<String> change) throws IOException {
    Path copy = Files.createDirectories(folder.resolve("changed").resolve(name));
    try (Stream<Path> files = Files.list(run("seed 1"))) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    Path metrics = copy.resolve("metrics.json");
    Files.writeString(metrics, change.apply(Files.readString(metrics)));
    return copy;
  }

  private interface Change {
    void apply(Map<String, NpyArray> arrays);
  }

  private static void scores(Path run, Change change) {
    Path file = run.resolve("phase1_scores.npz");
    Map<String, NpyArray> arrays = new LinkedHashMap<>(NpzReader.readAll(file));
    change.apply(arrays);
    try (NpzWriter npz = NpzWriter.create(file)) {
      arrays.forEach(npz::put);
      npz.commit();
    }
  }

  private static void ok(CliRun run) {
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path run(String name) {
    return folder.resolve("results").resolve(name);
  }
}
