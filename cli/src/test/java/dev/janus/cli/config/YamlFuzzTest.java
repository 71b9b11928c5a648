package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a configuration, a description of downloads or a {@code --set} option says: it is
 * understood, or refused by a CliException with its place. To search for more than the stored
 * corpus run {@code bin/fuzz}.
 */
final class YamlFuzzTest {
  private static final Path CONFIGS =
      Path.of(System.getProperty("janus.testdata", "")).resolveSibling("configs");
  private static final String SOURCE = "fuzz.yaml";

  @FuzzTest(maxDuration = "20m")
  void anyTextIsARunConfigurationOrACliException(byte[] bytes) {
    readRunConfig(text(bytes));
  }

  @FuzzTest(maxDuration = "20m")
  void anyTextIsADescriptionOfDownloadsOrACliException(byte[] bytes) {
    readDownloads(text(bytes));
  }

  @FuzzTest(maxDuration = "20m")
  void anyTextIsASettingOrACliException(byte[] bytes) {
    try {
      YamlMap map = YamlFile.parse("training: {sigma: 0.1}", SOURCE, List.of(text(bytes)));
      map.find("training").ifPresent(value -> assertThat(value.node()).isNotNull());
    } catch (CliException e) {
      assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(e.getMessage()).startsWith("--set ");
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void damagedFilesAreRefusedWithTheirPlace(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    String config = Files.readString(CONFIGS.resolve("demo.yaml"));
    String downloads = Files.readString(CONFIGS.resolve("downloads/cicids2017.yaml"));
    for (int i = 0; i < 300; i++) {
      damage(config, random, YamlFuzzTest::readRunConfig);
      damage(downloads, random, YamlFuzzTest::readDownloads);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- "})
  void nestingWithoutEndIsRefused(String opening) {
    readRunConfig(opening.repeat(300_000));
  }

  private static void damage(String intact, SplittableRandom random, Consumer<String> reader) {
    String favourites = ":-[]{}\"'#,\n \t&*!|>%@`0a\u0000\uffff";
    StringBuilder text = new StringBuilder(intact);
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length());
      char c = favourites.charAt(random.nextInt(favourites.length()));
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, c);
        case 1 -> text.insert(at, c);
        default -> text.delete(at, Math.min(text.length() - 1, at + random.nextInt(1, 40)));
      }
    }
    reader.accept(text.toString());
  }

  private static void readRunConfig(String text) {
    try {
      assertThat(RunConfigReader.parse(text, SOURCE)).isNotNull();
    } catch (CliException e) {
      refused(e);
    }
  }

  private static void readDownloads(String text) {
    try {
      assertThat(DownloadReader.read(YamlFile.parse(text, SOURCE, List.of())).name()).isNotNull();
    } catch (CliException e) {
      refused(e);
    }
  }

  private static void refused(CliException e) {
    assertThat(e.exitCode()).isEqualTo(ExitCode.DATA);
    assertThat(e.getMessage()).startsWith(SOURCE + ":");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
