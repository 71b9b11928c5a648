package dev.janus.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.cli.terminal.CliException;
import dev.janus.contract.label.DatasetDescription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a description says: it is understood, or refused by a CliException with its place. To
 * search for more than the stored corpus, set the environment variable {@code JAZZER_FUZZ=1} and
 * the property {@code -Djazzer.hooks=true}; descriptions hold regular expressions by design, so the
 * hook {@code com.code_intelligence.jazzer.sanitizers.RegexInjection} belongs into {@code
 * -Djazzer.disabled_hooks}.
 */
final class DatasetDescriptionFuzzTest {
  private static final Path DESCRIPTIONS =
      Path.of(System.getProperty("janus.testdata", "")).resolveSibling("configs/datasets");

  @FuzzTest(maxDuration = "20m")
  void anyTextIsADescriptionOrACliException(byte[] bytes) {
    check(new String(bytes, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(longs = {91, 92, 93})
  void damagedDescriptionsAreRefusedWithTheirPlace(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<Path> files;
    try (var entries = Files.list(DESCRIPTIONS)) {
      files = entries.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
    String favourites = ":-[]{}\"'#,\n \t&*!|>%@`0a\u0000\uffff";
    for (int i = 0; i < 400; i++) {
      StringBuilder text =
          new StringBuilder(Files.readString(files.get(random.nextInt(files.size()))));
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        int at = random.nextInt(text.length());
        char c = favourites.charAt(random.nextInt(favourites.length()));
        switch (random.nextInt(3)) {
          case 0 -> text.setCharAt(at, c);
          case 1 -> text.insert(at, c);
          default -> text.delete(at, Math.min(text.length(), at + random.nextInt(1, 40)));
        }
      }
      check(text.toString());
    }
  }

  private static void check(String text) {
    Path file = DESCRIPTIONS.resolve("fuzzed.yaml");
    try {
      DatasetDescription read =
          DatasetDescriptionReader.read(YamlFile.parse(text, file.toString(), List.of()), file);
      assertThat(read.name()).isNotBlank();
      assertThat(read.policies()).isNotEmpty();
    } catch (CliException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
