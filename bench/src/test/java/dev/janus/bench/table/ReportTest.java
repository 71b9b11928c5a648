package dev.janus.bench.table;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  private static final Row AGAINST =
      Row.against("peer 1.0", "step \"dense\"", "ms", 250, 500, 2, Bar.ratioAtLeast(1.9));
  private static final Row ALONE = Row.alone("allocated", "bytes", 70_000, Bar.oursAtMost(65_536));
  private static final Row MISSING =
      Row.withoutPeer("peer 2.0", "forward", "ms", "no library", Bar.ratioAtLeast(1.6));
  private static final Row INFORMING = Row.ratio("peer 1.0", "mean", 1.07, Bar.NONE);
  private static final List<Row> ROWS = List.of(AGAINST, ALONE, MISSING, INFORMING);
  private static final Report REPORT =
      new Report(
          new Machine("a cpu", 2, "an os", "a jvm"),
          LocalDate.of(2026, 1, 2),
          "abc123",
          "quick",
          ROWS);

  @Test
  void rowsSurviveTheWayFromTheGroupsJvm() throws IOException {
    for (Row row : ROWS) {
      assertThat(RowJson.line(row)).doesNotContain("\n");
      assertThat(RowJson.parse(RowJson.line(row))).isEqualTo(row);
    }
  }

  @Test
  void aBarIsMetByTheNumberItIsFor() {
    assertThat(AGAINST.met()).contains(true);
    assertThat(ALONE.met()).contains(false);
    assertThat(Row.alone("speed", "GF/s", 42, Bar.oursAtLeast(35)).met()).contains(true);
    assertThat(MISSING.met()).isEmpty();
    assertThat(INFORMING.met()).isEmpty();
  }

  @Test
  void theFileHoldsExactlyTheAgreedKeys(@TempDir Path folder) throws IOException {
    Path file = REPORT.write(folder.resolve("new"));
    Map<String, Object> object = JSON.std.mapFrom(Files.readString(file));
    assertThat(object.keySet()).containsExactly("machine", "date", "commit", "mode", "rows");
    List<?> rows = (List<?>) requireNonNull(object.get("rows"));
    assertThat(rows).hasSize(ROWS.size());
    for (Object row : rows) {
      assertThat(((Map<?, ?>) row).keySet().stream().map(String::valueOf))
          .containsExactly("name", "unit", "ours", "peer", "peer_name", "ratio", "bar", "met");
    }
    Map<?, ?> first = (Map<?, ?>) rows.getFirst();
    assertThat(first.get("ratio")).isEqualTo(2.0);
    assertThat(first.get("bar")).isEqualTo(1.9);
    assertThat(first.get("met")).isEqualTo(true);
    Map<?, ?> missing = (Map<?, ?>) rows.get(2);
    assertThat(missing.get("peer_name")).isEqualTo("peer 2.0 not run: no library");
    assertThat(missing.get("peer")).isNull();
    assertThat(missing.get("met")).isNull();
  }

  @Test
  void theFolderHoldsNothingButTheFile(@TempDir Path folder) throws IOException {
    REPORT.write(folder);
    REPORT.write(folder);
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve(Report.FILE));
    }
  }

  @Test
  void theTableShowsEveryRowAndWhatWasMissed() {
    String table = MarkdownTable.of(REPORT);
    assertThat(table).contains("a cpu, 2 cores").contains("2026-01-02, commit abc123, quick mode");
    assertThat(table.lines().filter(line -> line.startsWith("|"))).hasSize(2 + ROWS.size());
    assertThat(table.lines().filter(line -> line.endsWith("| NO  |"))).hasSize(1);
    assertThat(table).contains("| ratio >= 1.90 | yes |");
  }

  @Test
  void numbersKeepThreeDigits() {
    assertThat(MarkdownTable.number(OptionalDouble.of(1234.5))).isEqualTo("1235");
    assertThat(MarkdownTable.number(OptionalDouble.of(12.345))).isEqualTo("12.3");
    assertThat(MarkdownTable.number(OptionalDouble.of(0.955))).isEqualTo("0.96");
    assertThat(MarkdownTable.number(OptionalDouble.of(0))).isEqualTo("0");
    assertThat(MarkdownTable.number(OptionalDouble.empty())).isEmpty();
  }

  @Test
  void theProcessorIsNamedAlsoWhereItsNameIsHidden() {
    assertThat(Machine.model(List.of("processor : 0", "model name\t: Fast 9000")))
        .isEqualTo("Fast 9000");
    assertThat(
            Machine.model(
                List.of(
                    "vendor_id : AuthenticAMD",
                    "cpu family : 25",
                    "model : 17",
                    "model name : unknown")))
        .isEqualTo("AuthenticAMD family 25 model 17");
    assertThat(Machine.model(List.of())).isEqualTo("unknown");
  }
}
