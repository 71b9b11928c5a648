package dev.janus.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.cli.terminal.CliException;
import dev.janus.contract.ContractException;
import dev.janus.contract.label.CsvLabels;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.HourClock;
import dev.janus.contract.label.LabelColumns;
import dev.janus.contract.label.LabelRules;
import dev.janus.contract.label.LabelTable;
import dev.janus.contract.label.TimestampFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever the bytes of a label file: rows, or an exception of the product's own. To search for
 * more than the stored corpus, set the environment variable {@code JAZZER_FUZZ=1} and the property
 * {@code -Djazzer.hooks=true}.
 */
final class LabelTablesFuzzTest {
  private static final List<String> HEADER =
      List.of("src", "sport", "dst", "dport", "proto", "time", "label", "dur");

  @TempDir private static Path folder = Path.of("");

  @FuzzTest(maxDuration = "20m")
  void anyBytesEndInRowsOrAnExceptionOfTheProduct(byte[] bytes) throws IOException {
    Path file = folder.resolve("day.csv");
    Files.write(file, bytes);
    for (List<String> header : List.of(HEADER, List.<String>of())) {
      try {
        LabelTable table = LabelTables.load(description(header), file, List.of("day")).getFirst();
        assertThat(table.size()).isPositive();
        assertThat(table.files().getFirst().usable()).isEqualTo(table.size());
      } catch (CliException | ContractException e) {
        assertThat(e.getMessage()).contains("day.csv");
      }
    }
  }

  private static DatasetDescription description(List<String> header) {
    CsvLabels labels =
        new CsvLabels(
            CsvLabels.FileNames.of("{capture}.csv"),
            new CsvLabels.Layout(StandardCharsets.UTF_8, ';', header),
            new LabelColumns(
                "src",
                "sport",
                "dst",
                "dport",
                "proto",
                "time",
                "label",
                Optional.of(new LabelColumns.Duration("dur", LabelColumns.Unit.SECONDS))),
            new TimestampFormat(
                List.of("d/M/yyyy h:mm[:ss]", "iso", "epoch_ms"), HourClock.CIC12H, ZoneOffset.UTC),
            0);
    return new DatasetDescription(
        "fuzzed", List.of(labels), new LabelRules(Set.of("ok"), Map.of(), List.of(), "UNLABELLED"));
  }
}
