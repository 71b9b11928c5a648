package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import dev.janus.eval.Ranking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Evaluations of other verdicts than those of the model file. */
final class ChosenVerdictTest {
  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void train() throws IOException {
    SmallNetwork.extract(data());
    Path config = SmallNetwork.config(folder, 4);
    ok(CliRun.of("train", "--config", config, "--data", data(), "--out", model()));
    eval("fused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "l2pos4",
        "oas_strata",
        "sum",
        "terminal_flow",
        "max(oas_strata,hidden)",
        "fisher(terminal_norm,features,one_sided,hidden)"
      })
  void figuresAndPValuesAreThoseOfTheVerdict(String verdict) throws IOException {
    Path out = eval(verdict);
    JsonTree metrics = metrics(out);
    assertThat(metrics.at("verdict").value()).isEqualTo(verdict);
    JsonTree beside = metrics.at("single_scores");
    assertThat(beside.keys()).contains("fused", "d2", "hidden").doesNotContain(verdict);
    assertThat(beside.at("fused").at("macro_auroc").number())
        .isEqualTo(metrics(folder.resolve("fused")).at("macro_auroc").number());
    Map<String, NpyArray> arrays = NpzReader.readAll(out.resolve("phase1_scores.npz"));
    double[] values = array(arrays, verdict).doubles();
    double[] p = array(arrays, verdict + "_p_value").doubles();
    double[] calibrating =
        calibrating(List.of(array(arrays, "split").strings()))
            .mapToDouble(r -> values[r])
            .toArray();
    for (int row = 0; row < p.length; row++) {
      double value = values[row];
      long asHigh = Arrays.stream(calibrating).filter(v -> v >= value).count();
      assertThat(p[row]).isCloseTo((1.0 + asHigh) / (calibrating.length + 1), within(1e-12));
    }
    assertThat(metrics.at("n_validation").number()).isEqualTo(calibrating.length);
    assertThat(metrics.at("calibration").keys()).containsExactly("fused", "d2", "hidden", verdict);
    assertThat(metrics.at("calibration").at(verdict).at("n").number())
        .isEqualTo(metrics.at("n_benign").number());
    assertThat(pooled(arrays, values)).isCloseTo(metrics.at("pooled_auroc").number(), within(1e-9));
    assertThat(Files.readString(out.resolve("report.html"))).contains("p-values of " + verdict);
  }

  private static double pooled(Map<String, NpyArray> arrays, double[] values) {
    String[] split = array(arrays, "split").strings();
    String[] labels = array(arrays, "label").strings();
    int[] tested =
        IntStream.range(0, split.length).filter(row -> split[row].equals("test")).toArray();
    return Ranking.of(
            Arrays.stream(tested)
                .filter(row -> labels[row].equals("BENIGN"))
                .mapToDouble(row -> values[row])
                .toArray(),
            Arrays.stream(tested)
                .filter(row -> !labels[row].equals("BENIGN"))
                .mapToDouble(row -> values[row])
                .toArray())
        .auroc();
  }

  /** Validation flows at odd positions. */
  private static IntStream calibrating(List<String> uses) {
    int[] validation =
        IntStream.range(0, uses.size()).filter(r -> uses.get(r).equals("validation")).toArray();
    return IntStream.range(0, validation.length).filter(k -> k % 2 == 1).map(k -> validation[k]);
  }

  @Test
  void anAggregatorHasTheFiguresThatStandBesideTheDefault() throws IOException {
    JsonTree own = metrics(eval("diagonal"));
    JsonTree beside = metrics(folder.resolve("fused")).at("single_scores").at("diagonal");
    for (String figure : List.of("macro_auroc", "pooled_auroc", "macro_partial_auroc")) {
      assertThat(own.at(figure).number()).as(figure).isEqualTo(beside.at(figure).number());
    }
  }

  @Test
  void oas10IsAnotherNameOfD2() throws IOException {
    JsonTree oas10 = metrics(eval("oas10"));
    assertThat(oas10.at("verdict").value()).isEqualTo("d2");
    assertThat(oas10.at("macro_auroc").number())
        .isEqualTo(
            metrics(folder.resolve("fused"))
                .at("single_scores")
                .at("d2")
                .at("macro_auroc")
                .number());
    assertThat(NpzReader.readAll(folder.resolve("oas10/phase1_scores.npz")).keySet())
        .isEqualTo(NpzReader.readAll(folder.resolve("fused/phase1_scores.npz")).keySet());
  }

  @Test
  void anotherNetworkTakesTheReferenceOfTheModelOrItsOwnFlows() throws IOException {
    CliRun alone = cross("alone", "--verdict", "l2pos4");
    assertThat(alone.ended(ExitCode.OK)).as(alone.err()).isTrue();
    JsonTree metrics = metrics(folder.resolve("alone"));
    assertThat(metrics.at("verdict").value()).isEqualTo("l2pos4");
    assertThat(metrics.at("calibration").keys()).contains("l2pos4");
    CliRun refused = cross("refused", "--verdict", "max(hidden,l2pos4)");
    assertThat(refused.ended(ExitCode.USAGE)).as(refused.err()).isTrue();
    assertThat(refused.err()).contains("--verdict max(l2pos4,hidden)", "--fit-capture");
    CliRun fitted =
        cross("fitted", "--verdict", "max(hidden,l2pos4)", "--fit-capture", "c-01-benign*");
    assertThat(fitted.ended(ExitCode.OK)).as(fitted.err()).isTrue();
    assertThat(metrics(folder.resolve("fitted")).at("verdict").value())
        .isEqualTo("max(l2pos4,hidden)");
  }

  private static CliRun cross(String name, String... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "eval-cross",
                "--model",
                model(),
                "--target",
                data(),
                "--out",
                folder.resolve(name)));
    arguments.addAll(List.of(more));
    return CliRun.of(arguments.toArray());
  }

  @Test
  void anUnknownNameIsAUsageErrorThatListsTheNames() {
    for (String name : List.of("l2pos5", "max(hidden,d2)")) {
      CliRun run =
          CliRun.of(
              "eval",
              "--model",
              model(),
              "--data",
              data(),
              "--out",
              folder.resolve("none"),
              "--verdict",
              name);
      assertThat(run.ended(ExitCode.USAGE)).as(run.err()).isTrue();
      assertThat(run.err()).contains("--verdict", "l2pos4", "oas_strata", "hidden_opening");
    }
    assertThat(folder.resolve("none")).doesNotExist();
  }

  /** The gallery tells what the verdict is made of, as explain does, without the model. */
  @ParameterizedTest
  @ValueSource(strings = {"fused", "d2", "hidden"})
  void theGalleryOfAnExplainedVerdictTellsItsParts(String verdict) throws IOException {
    Path out = eval(verdict);
    JsonTree evidence = metrics(out).at("alarm_evidence");
    String page = Files.readString(out.resolve("report.html"));
    assertThat(evidence.size()).isGreaterThanOrEqualTo(9);
    for (int i = 0; i < evidence.size(); i++) {
      long flow = (long) evidence.at(i).at("flow_id").number();
      assertThat(page).contains("<h4>Flow " + flow + ": ");
      JsonTree lines = evidence.at(i).at("lines");
      assertThat(lines.size()).isBetween(1, 4);
      for (int k = 0; k < lines.size(); k++) {
        assertThat(page).contains("<li>" + lines.at(k).value() + "</li>");
      }
    }
    String last = String.valueOf(evidence.at(0).at("lines").at(1).value());
    CliRun explained =
        CliRun.of(
            "explain",
            "--model",
            model(),
            "--data",
            data(),
            "--flow",
            (long) evidence.at(0).at("flow_id").number());
    assertThat(explained.out()).contains(last.substring(last.indexOf(": ") + 2));
  }

  @Test
  void theGalleryOfAnotherVerdictTellsSingleScores() throws IOException {
    Path out = eval("standardized");
    assertThat(metrics(out).keys()).doesNotContain("alarm_evidence");
    assertThat(Files.readString(out.resolve("report.html")))
        .containsPattern("<li>[a-z0-9_]+ is [^<]* benign validation flows (is|are) as high</li>");
  }

  @Test
  void theRouterMarksTheScoresThatFindAClassBest() throws IOException {
    JsonTree metrics = metrics(folder.resolve("fused"));
    String page = Files.readString(folder.resolve("fused/report.html"));
    Path markdown = folder.resolve("tables.md");
    ok(
        CliRun.of(
            "report",
            folder.resolve("fused"),
            "--out",
            folder.resolve("page.html"),
            "--markdown",
            markdown));
    String tables = Files.readString(markdown);
    JsonTree beside = metrics.at("single_scores");
    for (int i = 0; i < metrics.at("classes").size(); i++) {
      JsonTree attack = metrics.at("classes").at(i);
      String label = String.valueOf(attack.at("label").value());
      List<Double> aurocs = new ArrayList<>(List.of(attack.at("auroc").number()));
      beside
          .keys()
          .forEach(name -> aurocs.add(beside.at(name).at("class_auroc").at(label).number()));
      double best = aurocs.stream().max(Double::compare).orElseThrow();
      String shown = String.format("%.3f", best);
      StringBuilder html = new StringBuilder("<tr><th scope=\"row\">" + label + "</th>");
      StringBuilder line = new StringBuilder("| " + label.replace("_", "\\_") + " |");
      for (double auroc : aurocs) {
        String text = String.format("%.3f", auroc);
        boolean marked = text.equals(shown);
        html.append(marked ? "<td class=\"best\">" : "<td>").append(text).append("</td>");
        line.append(marked ? " **" + text + "** |" : " " + text + " |");
      }
      assertThat(page).contains(html + "</tr>");
      assertThat(tables).contains(line);
    }
  }

  private static Path eval(String verdict) {
    Path out = folder.resolve(verdict);
    ok(CliRun.of("eval", "--model", model(), "--data", data(), "--out", out, "--verdict", verdict));
    return out;
  }

  private static JsonTree metrics(Path results) throws IOException {
    return JsonTree.parse(Files.readString(results.resolve("metrics.json")));
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path model() {
    return folder.resolve("model");
  }

  private static void ok(CliRun run) {
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
  }
}
