package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.config.AblationGridReader;
import dev.janus.cli.files.FolderLock;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bundled grid on the bundled captures, with networks small enough for seconds. */
final class AblateCommandTest {
  private static final Path GRID = CliRun.HOME.resolve("configs/ablations/demo.yaml");
  private static final List<String> VARIANTS =
      List.of(
          "base",
          "continuous-only",
          "discrete-packets-only",
          "masked-source",
          "unified",
          "unified-masked",
          "sigma=0.6",
          "solver=heun");

  @TempDir private static Path folder = Path.of("");

  private static CliRun whole = new CliRun(-1, "", "");

  @BeforeAll
  static void runTheGrid() {
    SmallNetwork.extract(data());
    whole = CliRun.of("ablate", GRID, "--data", data(), "--out", out(), "--json");
  }

  @Test
  void everyVariantIsTrainedAndEvaluatedWithEverySeed() throws IOException {
    assertThat(whole.ended(ExitCode.OK)).as(whole.err()).isTrue();
    JsonTree json = JsonTree.parse(whole.out());
    assertThat(json.at("variants").size()).isEqualTo(VARIANTS.size());
    JsonTree base = json.at("variants").at(0);
    for (int v = 0; v < VARIANTS.size(); v++) {
      JsonTree variant = json.at("variants").at(v);
      assertThat(variant.at("variant").value()).isEqualTo(VARIANTS.get(v));
      assertThat(variant.at("runs").size()).isEqualTo(2);
      double[] auroc = new double[2];
      double[] above = new double[2];
      for (int s = 0; s < 2; s++) {
        auroc[s] = metrics(VARIANTS.get(v), 42 + s).at("macro_auroc").number();
        above[s] = auroc[s] - metrics("base", 42 + s).at("macro_auroc").number();
        assertThat(variant.at("runs").at(s).at("macro_auroc").number()).isEqualTo(auroc[s]);
        assertThat(variant.at("runs").at(s).at("seed").number()).isEqualTo(42 + s);
      }
      JsonTree figure = variant.at("macro_auroc");
      assertThat(figure.at("mean").number()).isCloseTo((auroc[0] + auroc[1]) / 2, within(1e-12));
      assertThat(figure.at("standard_deviation").number())
          .isCloseTo(Math.abs(auroc[0] - auroc[1]) / Math.sqrt(2), within(1e-12));
      if (v > 0) {
        JsonTree difference = figure.at("above_base");
        assertThat(difference.at("mean").number())
            .isCloseTo((above[0] + above[1]) / 2, within(1e-12));
        assertThat(difference.at("standard_deviation").number())
            .isCloseTo(Math.abs(above[0] - above[1]) / Math.sqrt(2), within(1e-12));
        assertThat(variant.at("changed").size()).isPositive();
      }
    }
    assertThat(base.at("macro_auroc").keys()).doesNotContain("above_base");
    assertThat(json.at("repeated").at("sigma=0.1").value()).isEqualTo("base");
    assertThat(json.at("failed").keys()).isEmpty();
    assertThat(Files.readString(out().resolve("ablation.json"))).isEqualTo(whole.out());
  }

  @Test
  void theTableHoldsTheMeansAndTheDifferences() throws IOException {
    String markdown = Files.readString(out().resolve("ablation.md"));
    List<String> rows = markdown.lines().filter(line -> line.startsWith("|")).toList();
    assertThat(rows).hasSize(2 * (2 + VARIANTS.size()));
    JsonTree json = JsonTree.parse(whole.out());
    for (int v = 0; v < VARIANTS.size(); v++) {
      List<String> cells = cells(rows.get(2 + v));
      JsonTree figure = json.at("variants").at(v).at("macro_auroc");
      assertThat(cells.get(0)).isEqualTo(VARIANTS.get(v));
      assertThat(cells.get(2)).isEqualTo("2");
      assertThat(cells.get(3)).isEqualTo(spread(figure));
      if (v > 0) {
        double mean = figure.at("above_base").at("mean").number();
        assertThat(cells.get(4))
            .isEqualTo((mean >= 0 ? "+" : "") + spread(figure.at("above_base")));
      }
    }
    assertThat(markdown).contains("sigma=0.1 is the same configuration as base.");
    List<String> heads = cells(rows.get(2 + VARIANTS.size()).replace("\\", ""));
    int hidden = heads.indexOf("hidden");
    for (int v = 0; v < VARIANTS.size(); v++) {
      List<String> cells = cells(rows.get(2 + VARIANTS.size() + 2 + v));
      JsonTree scores = json.at("variants").at(v).at("macro_auroc_of_scores");
      double sum = 0;
      for (int seed = 42; seed <= 43; seed++) {
        JsonTree singles = metrics(VARIANTS.get(v), seed).at("single_scores");
        sum += singles.at("hidden").at("macro_auroc").number() / 2;
        assertThat(scores.keys()).containsExactlyElementsOf(singles.keys());
      }
      assertThat(scores.at("hidden").at("mean").number()).isCloseTo(sum, within(1e-12));
      assertThat(cells.get(hidden)).isEqualTo(spread(scores.at("hidden")));
      assertThat(cells.get(heads.indexOf("disc_nll_ch2")).equals("-"))
          .isEqualTo(!scores.keys().contains("disc_nll_ch2"));
    }
  }

  private static List<String> cells(String row) {
    return List.of(row.substring(2, row.length() - 2).split(" \\| ", -1));
  }

  private static String spread(JsonTree figure) {
    return TextTable.number(figure.at("mean").number(), 4)
        + " ±"
        + TextTable.number(figure.at("standard_deviation").number(), 4);
  }

  @Test
  void whatIsDoneIsNotDoneAgain() throws IOException {
    List<FileTime> before = times(out());
    CliRun again = CliRun.of("ablate", GRID, "--data", data(), "--out", out(), "--json");
    assertThat(again.ended(ExitCode.OK)).as(again.err()).isTrue();
    assertThat(again.out()).isEqualTo(whole.out());
    assertThat(again.errorLines()).containsExactly("16 cells of 16 done already");
    assertThat(times(out())).isEqualTo(before);
    CliRun table = CliRun.of("ablate", GRID, "--data", data(), "--out", out(), "--quiet");
    assertThat(table.outputLines().getFirst())
        .startsWith("variant")
        .contains("macro AUROC", "above base", "TPR@1%");
    assertThat(table.outputLines()).hasSize(2 + VARIANTS.size() + 3);
  }

  @Test
  void cellsOfOtherFlowsAreRefused() {
    Path other = folder.resolve("other flows");
    CliRun extraction =
        CliRun.of(
            "extract",
            "--pcap",
            CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz"),
            "--out",
            other);
    assertThat(extraction.ended(ExitCode.OK)).as(extraction.err()).isTrue();
    for (List<String> more : List.of(List.<String>of(), List.of("--dry-run"))) {
      List<Object> command =
          new ArrayList<>(List.of("ablate", GRID, "--data", other, "--out", out()));
      command.addAll(more);
      CliRun run = CliRun.of(command.toArray());
      assertThat(run.ended(ExitCode.CANNOT_CREATE)).as(run.err()).isTrue();
      assertThat(run.err())
          .isEqualTo(
              "janus: %s: made from other flows than those of %s; choose another --out, or remove %s%n"
                  .formatted(
                      out().resolve("base/seed42/model/model.safetensors"),
                      other,
                      out().resolve("base/seed42")));
    }
  }

  /** Seeds are added later, and the folder of the data is written in another way then. */
  @Test
  void allSeedsCountHoweverTheDataIsNamed() throws IOException {
    Path grid = folder.resolve("seeds.yaml");
    Files.writeString(
        grid,
        """
        base: %s
        set: {model.d_model: 16, model.n_layers: 1, model.n_heads: 2, training.steps: 3}
        variants:
          loud: {training.sigma: 0.6}
        """
            .formatted(CliRun.HOME.resolve("configs/demo.yaml")));
    Path out = folder.resolve("seeds");
    Path link = Files.createSymbolicLink(folder.resolve("link to data"), data());
    CliRun first = CliRun.of("ablate", grid, "--data", data(), "--out", out, "--seeds", "42");
    assertThat(first.ended(ExitCode.OK)).as(first.err()).isTrue();
    CliRun both =
        CliRun.of("ablate", grid, "--data", link, "--out", out, "--seeds", "42,43", "--json");
    assertThat(both.ended(ExitCode.OK)).as(both.err()).isTrue();
    JsonTree json = JsonTree.parse(both.out());
    for (int v = 0; v < 2; v++) {
      JsonTree variant = json.at("variants").at(v);
      JsonTree runs = variant.at("runs");
      assertThat(runs.size()).isEqualTo(2);
      double mean =
          (runs.at(0).at("macro_auroc").number() + runs.at(1).at("macro_auroc").number()) / 2;
      assertThat(variant.at("macro_auroc").at("mean").number()).isCloseTo(mean, within(1e-12));
    }
  }

  @Test
  void aCellIsDoneWithScoresAndMetricsWhetherOrNotThereIsAPage() throws IOException {
    AblationPlan plan =
        AblationPlan.of(AblationGridReader.read(GRID), List.of(42L), folder.resolve("states"));
    AblationCell cell = plan.cells().getFirst();
    assertThat(cell.state()).isEqualTo(AblationCell.State.NEW);
    Files.createDirectories(cell.model());
    Files.createFile(cell.model().resolve("model.safetensors"));
    assertThat(cell.state()).isEqualTo(AblationCell.State.TRAINED);
    Files.createDirectories(cell.result());
    Files.createFile(cell.result().resolve("phase1_scores.npz"));
    assertThat(cell.state()).isEqualTo(AblationCell.State.TRAINED);
    Files.createFile(cell.result().resolve("metrics.json"));
    assertThat(cell.state()).isEqualTo(AblationCell.State.DONE);
  }

  @Test
  void aSecondAblationInOneFolderIsRefused() throws IOException {
    Path busy = Files.createDirectories(folder.resolve("busy"));
    try (FolderLock lock = FolderLock.take(busy, ".ablation.lock", "ablation")) {
      assertThat(lock.isHeld()).isTrue();
      CliRun run = CliRun.of("ablate", GRID, "--data", data(), "--out", busy);
      assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
      assertThat(run.err())
          .isEqualTo(
              "janus: "
                  + busy
                  + ": another ablation is at work here; wait for it or choose another --out\n");
    }
    assertThat(out().resolve(".ablation.lock")).doesNotExist();
  }

  @Test
  void aStoppedGridGoesOnToTheSameFiles() throws IOException {
    Path stopped = folder.resolve("stopped");
    CliRun run = CliRun.of(stop(), "ablate", GRID, "--data", data(), "--out", stopped);
    assertThat(run.ended(ExitCode.INTERRUPTED)).isTrue();
    assertThat(run.errorLines().getLast())
        .isEqualTo(
            "janus: interrupted in cell 1 of 16, base, seed 42; the same command goes on from"
                + " there");
    // A training that was stopped, as train itself leaves it.
    Path model = stopped.resolve("base/seed42/model");
    assertThat(CliRun.of(stop(), train("seed=42", model)).ended(ExitCode.INTERRUPTED)).isTrue();
    CliRun plan =
        CliRun.of("ablate", GRID, "--data", data(), "--out", stopped, "--dry-run", "--seeds", "42");
    assertThat(plan.outputLines().get(2)).matches("base +42  to go on");
    assertThat(plan.outputLines().get(3))
        .matches("continuous-only +42  to do +model.channels=continuous");
    CliRun rest =
        CliRun.of("ablate", GRID, "--data", data(), "--out", stopped, "--seeds", "42", "--quiet");
    assertThat(rest.ended(ExitCode.OK)).as(rest.err()).isTrue();
    for (String variant : VARIANTS) {
      assertThat(stopped.resolve(variant + "/seed42/model/model.safetensors"))
          .hasSameBinaryContentAs(out().resolve(variant + "/seed42/model/model.safetensors"));
      assertThat(stopped.resolve(variant + "/seed42/result/phase1_scores.npz"))
          .hasSameBinaryContentAs(out().resolve(variant + "/seed42/result/phase1_scores.npz"));
    }
    assertThat(Files.readAllLines(model.resolve("train_log.jsonl"))).hasSize(12);
  }

  /** Weights that another cell was trained to make the model that a training of its own makes. */
  @Test
  void cellsThatDifferInScoringOnlyShareATraining() throws IOException {
    assertThat(whole.err())
        .contains("Weights are those of base, seed 42\n", "Weights are those of base, seed 43\n")
        .doesNotContain("Weights are those of masked");
    Path alone = folder.resolve("alone");
    CliRun trained = CliRun.of(train("scoring.solver=heun", alone));
    assertThat(trained.ended(ExitCode.OK)).as(trained.err()).isTrue();
    Path shared = out().resolve("solver=heun/seed42/model");
    assertThat(shared.resolve("model.safetensors"))
        .hasSameBinaryContentAs(alone.resolve("model.safetensors"));
    assertThat(shared.resolve("config.resolved.yaml"))
        .hasSameTextualContentAs(alone.resolve("config.resolved.yaml"));
    assertThat(shared.resolve("train_log.jsonl"))
        .hasSameBinaryContentAs(out().resolve("base/seed42/model/train_log.jsonl"));
  }

  @Test
  void theLogTellsTheLossOfMaskedPacketsWhereThereIsOne() throws IOException {
    List<String> plain = Files.readAllLines(out().resolve("unified/seed42/model/train_log.jsonl"));
    assertThat(plain).hasSize(12).noneMatch(line -> line.contains("masked_loss"));
    Path masked = out().resolve("unified-masked/seed42/model");
    for (String line : Files.readAllLines(masked.resolve("train_log.jsonl"))) {
      JsonTree step = JsonTree.parse(line);
      assertThat(step.at("masked_loss").number()).isPositive();
      assertThat(step.at("loss").number())
          .isCloseTo(
              step.at("packet_loss").number()
                  + step.at("flow_loss").number()
                  + 0.3 * step.at("masked_loss").number(),
              within(1e-9));
    }
  }

  /** The command that trains the base of the grid, but for one key. */
  private static Object[] train(String setting, Path model) {
    List<Object> train =
        new ArrayList<>(List.of("train", "--config", CliRun.HOME.resolve("configs/demo.yaml")));
    for (String set :
        List.of(
            "model.d_model=16",
            "model.n_layers=1",
            "model.n_heads=2",
            "training.steps=12",
            "training.batch_size=16",
            "training.checkpoint_steps=5",
            setting)) {
      train.addAll(List.of("--set", set));
    }
    train.addAll(List.of("--data", data(), "--out", model));
    return train.toArray();
  }

  @Test
  void aFolderOfAnotherGridIsRefused() throws IOException {
    Path grid = folder.resolve("other.yaml");
    Files.writeString(
        grid,
        Files.readString(GRID)
            .replace("../demo.yaml", CliRun.HOME.resolve("configs/demo.yaml").toString())
            .replace("training.steps: 12", "training.steps: 13"));
    CliRun run = CliRun.of("ablate", grid, "--data", data(), "--out", out());
    assertThat(run.ended(ExitCode.CANNOT_CREATE)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err())
        .startsWith("janus: " + out().resolve("base/seed42/result/config.resolved.yaml"))
        .contains("made with another configuration", "choose another --out");
  }

  @Test
  void aVariantThatIsNoConfigurationIsNamedBeforeAnythingIsTrained() throws IOException {
    Path grid = folder.resolve("wrong.yaml");
    Files.writeString(
        grid,
        """
        base: %s
        variants:
          good: {training.sigma: 0.6}
          bad: {training.sgima: 1}
        """
            .formatted(CliRun.HOME.resolve("configs/demo.yaml")));
    Path never = folder.resolve("never");
    CliRun run = CliRun.of("ablate", grid, "--data", data(), "--out", never);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.err())
        .isEqualTo(
            "janus: "
                + grid
                + ":4:8: training.sgima=1: unknown key 'training.sgima'; did you mean 'sigma'?\n");
    assertThat(never).doesNotExist();
  }

  /** A learning rate that no training survives fails its own cells and no others. */
  @Test
  void aCellThatFailsEndsNoOther() throws IOException {
    Path grid = folder.resolve("failing.yaml");
    Files.writeString(
        grid,
        """
        base: %s
        set: {model.d_model: 16, model.n_layers: 1, model.n_heads: 2, training.steps: 3}
        variants:
          absurd: {training.lambda_disc: 1.0e+308}
          sane: {training.sigma: 0.6}
        """
            .formatted(CliRun.HOME.resolve("configs/demo.yaml")));
    Path out = folder.resolve("failing");
    CliRun run = CliRun.of("ablate", grid, "--data", data(), "--out", out);
    assertThat(run.ended(ExitCode.DATA)).as(run.err()).isTrue();
    assertThat(run.errorLines().getLast())
        .isEqualTo(
            "janus: 1 of 3 cells failed: absurd, seed 42; the same command tries them again");
    assertThat(run.out()).contains("absurd, seed 42 failed: step 1: ", "0 of 1");
    assertThat(out.resolve("sane/seed42/result/metrics.json")).exists();
    JsonTree json = JsonTree.parse(Files.readString(out.resolve("ablation.json")));
    assertThat(json.at("failed").keys()).containsExactly("absurd, seed 42");
  }

  /** Whether a split suits the data is seen only when its cell has its turn. */
  @Test
  void aSplitThatDoesNotSuitTheDataEndsNoOtherCell() throws IOException {
    Path grid = folder.resolve("splits.yaml");
    Files.writeString(
        grid,
        """
        base: %s
        set: {model.d_model: 16, model.n_layers: 1, model.n_heads: 2, training.steps: 3}
        variants:
          gap: {split.gap_hours: 100}
          misspelt: {split.train_captures: [nowhere]}
          sane: {training.sigma: 0.6}
        """
            .formatted(CliRun.HOME.resolve("configs/demo.yaml")));
    Path out = folder.resolve("splits");
    CliRun run = CliRun.of("ablate", grid, "--data", data(), "--out", out);
    assertThat(run.ended(ExitCode.DATA)).as(run.err()).isTrue();
    assertThat(run.errorLines().getLast())
        .startsWith("janus: 2 of 4 cells failed: gap, seed 42; misspelt, seed 42;");
    assertThat(run.out())
        .contains(
            "gap, seed 42 failed: 0 benign validation flows are too few",
            "misspelt, seed 42 failed: split.train_captures: no capture named 'nowhere'");
    assertThat(out.resolve("sane/seed42/result/metrics.json")).exists();
    assertThat(out.resolve("gap")).doesNotExist();
  }

  /** What a model does not compute is named, and judged nowhere. */
  @Test
  void scoresThatAreNotComputedAreNamed() throws IOException {
    JsonTree metrics = metrics("continuous-only", 42);
    assertThat(names(metrics.at("not_computed")))
        .containsExactly(
            "disc_nll_total",
            "disc_nll_ch2",
            "disc_nll_ch3",
            "disc_nll_ch4",
            "disc_nll_ch5",
            "disc_nll_ch6",
            "disc_nll_ch7");
    assertThat(metrics.at("single_scores").keys())
        .contains("terminal_norm", "terminal_flow", "terminal_packet", "d2", "hidden")
        .doesNotContain("disc_nll_total", "disc_nll_ch2", "disc_nll_ch7");
    metrics = metrics("discrete-packets-only", 42);
    assertThat(names(metrics.at("not_computed")))
        .containsExactly("terminal_norm", "terminal_flow", "terminal_packet");
    Map<String, NpyArray> stored =
        NpzReader.readAll(out().resolve("discrete-packets-only/seed42/result/phase1_scores.npz"));
    double[] scores = Objects.requireNonNull(stored.get("scores")).doubles();
    for (int k = 0; k < scores.length; k++) {
      assertThat(scores[k] == 0).as("score %d", k).isEqualTo(k % 10 < 3);
    }
    assertThat(names(metrics("base", 42).at("not_computed"))).isEmpty();
  }

  @Test
  void scoringLeavesEmptyWhatIsNotComputed() {
    Path capture = CliRun.HOME.resolve("examples/testbed-c/c-01-benign.pcap.gz");
    Path model = out().resolve("discrete-packets-only/seed42/model");
    CliRun csv = CliRun.of("score", "--model", model, "--pcap", capture, "--quiet");
    assertThat(csv.ended(ExitCode.OK)).as(csv.err()).isTrue();
    List<String> cells = List.of(csv.outputLines().get(1).split(",", -1));
    assertThat(cells.subList(9, 12)).containsOnly("");
    assertThat(cells.subList(12, cells.size())).doesNotContain("");
    CliRun explained = CliRun.of("explain", "--model", model, "--data", data(), "--top", 1);
    assertThat(explained.ended(ExitCode.OK)).as(explained.err()).isTrue();
    Path unified = out().resolve("unified/seed42/model");
    CliRun refused = CliRun.of("explain", "--model", unified, "--data", data(), "--top", 1);
    assertThat(refused.ended(ExitCode.DATA)).as(refused.err()).isTrue();
    // Before the flows are read, let alone scored.
    CliRun early =
        CliRun.of("explain", "--model", unified, "--data", folder.resolve("no data"), "--top", 1);
    assertThat(early.err()).isEqualTo(refused.err());
    assertThat(refused.errorLines().getLast())
        .contains("unified architecture cannot be taken apart");
  }

  private static List<String> names(JsonTree list) {
    return IntStream.range(0, list.size())
        .mapToObj(i -> String.valueOf(list.at(i).value()))
        .toList();
  }

  private static Interruption stop() {
    Interruption interruption = new Interruption();
    interruption.request();
    return interruption;
  }

  private static JsonTree metrics(String variant, int seed) throws IOException {
    return JsonTree.parse(
        Files.readString(out().resolve(variant + "/seed" + seed + "/result/metrics.json")));
  }

  /** When models and results were written. */
  private static List<FileTime> times(Path out) throws IOException {
    List<FileTime> times = new ArrayList<>();
    for (String variant : VARIANTS) {
      for (String file : List.of("model/model.safetensors", "result/metrics.json")) {
        times.add(Files.getLastModifiedTime(out.resolve(variant + "/seed42/" + file)));
      }
    }
    return times;
  }

  private static Path data() {
    return folder.resolve("data");
  }

  private static Path out() {
    return folder.resolve("ablation");
  }
}
