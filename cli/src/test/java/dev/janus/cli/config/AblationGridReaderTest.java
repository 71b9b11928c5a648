package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AblationGridReaderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void variantsAndAxesBecomeOverrides() {
    AblationGrid grid =
        read(
            """
            base: ../run.yaml
            seeds: [42, 43, 42]
            set: {training.steps: 12, split.test_captures: [monday, it's]}
            variants:
              no-ot: {training.use_ot: false, training.sigma: 0}
            axes:
              training.sigma: [0, 0.6]
              scoring.solver: [heun]
            """);
    assertThat(grid.base()).isEqualTo(folder.resolve("../run.yaml"));
    assertThat(grid.seeds()).containsExactly(42L, 43L);
    assertThat(grid.common())
        .containsExactly("training.steps=12", "split.test_captures=[monday, 'it''s']");
    assertThat(names(grid)).containsExactly("no-ot", "sigma=0", "sigma=0.6", "solver=heun");
    assertThat(grid.variants().getFirst().overrides())
        .containsExactly("training.use_ot=false", "training.sigma=0");
    assertThat(grid.variants().get(2).overrides()).containsExactly("training.sigma=0.6");
    assertThat(grid.variants().get(2).place()).isEqualTo(file() + ":7:23");
  }

  @Test
  void axesCanBeCombinedAllWithAll() {
    AblationGrid grid =
        read(
            """
            base: run.yaml
            combine: product
            axes:
              training.sigma: [0, 0.1]
              scoring.solver: [euler, heun]
            """);
    assertThat(names(grid))
        .containsExactly(
            "sigma=0,solver=euler",
            "sigma=0,solver=heun",
            "sigma=0.1,solver=euler",
            "sigma=0.1,solver=heun");
    assertThat(grid.variants().getLast().overrides())
        .containsExactly("training.sigma=0.1", "scoring.solver=heun");
    assertThat(grid.seeds()).isEmpty();
  }

  @Test
  void axesThatEndInTheSameWordAreNamedInFull() {
    assertThat(names(read("base: x\naxes: {a.k: [1], b.k: [2], c.j: [3]}\n")))
        .containsExactly("a.k=1", "b.k=2", "j=3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          "seeds: [1]"                         | :1:1: key 'base' is missing
          "base: x\\nvariant: {}"              | :2:1: unknown key 'variant'; did you mean 'variants'?
          "base: x\\nseeds: [a]"               | :2:9: 'seeds[0]' must be a whole number, not 'a'
          "base: x\\nseeds: 42"                | :2:8: 'seeds' must be a list, not '42'
          "base: x\\ncombine: all"             | :2:10: 'combine' must be one of one-at-a-time, product, not 'all'
          "base: x\\nvariants: {base: {a: 1}}" | :2:18: there is a variant 'base' already
          "base: x\\nvariants: {../x: {a: 1}}" | :2:18: '../x' names no folder; use letters, digits and . _ = , + - only
          "base: x\\nvariants: {v: {}}"        | :2:15: nothing is changed here; write 'key.path: value' lines
          "base: x\\nvariants: {v: {seed: 1}}" | :2:22: the seed is no variant; list seeds under 'seeds' or with --seeds
          "base: x\\nvariants: {v: {a: {b: 1}}}" | :2:19: 'variants.v.a' must be text, not a block of keys
          "base: x\\naxes: {a: []}"            | :2:11: 'a' has no value
          "base: x\\naxes: {a: [1, 1]}"        | :2:15: there is a variant 'a=1' already
          """)
  void mistakesAreReportedWithPlaceAndHint(String yaml, String expected) {
    assertThatThrownBy(() -> read(yaml.replace("\\n", "\n")))
        .isInstanceOfSatisfying(
            CliException.class,
            e -> {
              assertThat(e).hasMessage(file() + expected);
              assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
            });
  }

  private static List<String> names(AblationGrid grid) {
    return grid.variants().stream().map(AblationGrid.Variant::name).toList();
  }

  private AblationGrid read(String yaml) {
    try {
      Files.writeString(file(), yaml);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return AblationGridReader.read(file());
  }

  private Path file() {
    return folder.resolve("grid.yaml");
  }
}
