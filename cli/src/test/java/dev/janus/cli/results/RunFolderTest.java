package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.cli.report.RunSummaries;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void runsAreFoundInTheTreeBelowAndNotInsideEachOther() throws IOException {
    run("a", 1, 0.5, "");
    run("a/inside", 1, 0.5, "");
    run("b/deep/er/run", 1, 0.5, "");
    run("b/d/e/e/p/too", 1, 0.5, "");
    run(".hidden", 1, 0.5, "");
    Files.createDirectories(folder.resolve("c"));
    assertThat(RunFolder.find(List.of(folder)))
        .extracting(RunFolder::name)
        .containsExactly("a", "run");
    assertThatThrownBy(() -> RunFolder.find(List.of(folder.resolve("b/d"), folder.resolve("c"))))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.NO_INPUT))
        .hasMessageStartingWith(folder.resolve("c") + ": holds no metrics.json");
  }

  @Test
  void aRunThatIsNamedTwiceIsOne() throws IOException {
    Path run = run("a", 1, 0.5, "");
    Path other = run("x/a", 2, 0.5, "");
    Files.createSymbolicLink(folder.resolve("link"), run);
    assertThat(RunFolder.find(List.of(run, folder, folder.resolve("x/../a"))))
        .extracting(RunFolder::name)
        .containsExactly(run.toString(), other.toString());
  }

  @Test
  void whatARunNamesIsSoughtFromHereAndFromItsFolder() throws IOException {
    Path run = run("results/a", 1, 0.5, "");
    RunFolder found = RunFolder.find(List.of(run)).getFirst();
    Path named = Path.of("../../models/a42/model.safetensors");
    assertThat(found.located(named)).isEqualTo(named);
    Path model = folder.resolve("models/a42/model.safetensors");
    Files.createDirectories(model.getParent());
    Files.createFile(model);
    assertThat(found.located(named)).isEqualTo(model);
    assertThat(found.located(model)).isEqualTo(model);
  }

  /** Methods differ, ways of writing a folder do not, and a seed counts once. */
  @Test
  void runsOfOneMethodOnOneDataSetAreAGroup() throws IOException {
    run("1", 1, 0.5, ", \"data\": \"data/a\"");
    run("2", 2, 0.7, ", \"data\": \"data/b/../a/\"");
    run("3", 2, 0.9, ", \"data\": \"./data/a\"");
    run("4", 1, 0.8, ", \"data\": \"data/a\", \"model\": \"knn5\", \"fit_seconds\": 1.5");
    run("5", 1, 0.4, ", \"data\": \"data/a\", \"model\": \"pca\", \"fit_seconds\": 0.5");
    List<RunGroup> groups = RunGroup.of(RunFolder.find(List.of(folder)));
    assertThat(groups).extracting(group -> group.runs().size()).containsExactly(3, 1, 1);
    RunGroup.Spread spread = groups.getFirst().spread(metrics -> metrics.verdict().macroAuroc());
    assertThat(spread.mean()).isCloseTo(0.6, within(1e-12));
    assertThat(spread.worst()).isEqualTo(0.5);
    assertThat(RunGroup.differences(groups)).containsExactly("method");
    assertThat(groups)
        .extracting(group -> group.setting("method"))
        .containsExactly("janus", "knn5", "pca");
  }

  /** The same model judged in two ways is no second seed, and no repetition of the first. */
  @Test
  void runsOfOtherVerdictsOrFitsAreOtherGroups() throws IOException {
    String model = ", \"data\": \"data/c\", \"fitted_on\": \"%s\", \"verdict\": \"%s\"";
    run("1", 1, 0.5, model.formatted("the training network", "fused"));
    run("2", 2, 0.7, model.formatted("the training network", "fused"));
    run("3", 1, 0.8, model.formatted("captures c-01 of the target", "fused"));
    run("4", 1, 0.6, model.formatted("the training network", "d2"));
    run("5", 1, 0.4, model.formatted("", "score") + ", \"model\": \"pca\", \"fit_seconds\": 1");
    List<RunFolder> runs = RunFolder.find(List.of(folder));
    List<RunGroup> groups = RunGroup.of(runs);
    assertThat(groups).extracting(group -> group.runs().size()).containsExactly(2, 1, 1, 1);
    assertThat(RunGroup.differences(groups)).containsExactly("method", "fitted_on", "verdict");
    assertThat(RunGroup.differences(RunGroup.of(List.of(runs.get(0), runs.get(4)))))
        .containsExactly("method");
    assertThat(groups)
        .extracting(group -> group.setting("verdict"))
        .containsExactly("fused", "fused", "d2", "");
  }

  @Test
  void aSeedIsANumberHoweverLongItIs() throws IOException {
    run("a", Long.MAX_VALUE, 0.5, "");
    assertThat(RunSummaries.json(RunFolder.find(List.of(folder))).get("runs"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .singleElement()
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("seed", BigInteger.valueOf(Long.MAX_VALUE));
  }

  private Path run(String name, long seed, double auroc, String more) throws IOException {
    Path run = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        run.resolve(EvaluatedRun.METRICS_FILE),
        """
        {"macro_auroc": %s, "pooled_auroc": 0.5, "n_benign": 1, "n_attack": 1, "classes": [],
         "seed": %d, "config": {"seed": %d, "benign_labels": ["BENIGN"]}%s}
        """
            .formatted(auroc, seed, seed, more));
    return run;
  }
}
