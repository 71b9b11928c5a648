package dev.janus.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.config.DatasetDescriptionReader;
import dev.janus.cli.terminal.CliException;
import dev.janus.contract.ContractException;
import dev.janus.contract.label.DatasetDescription;
import dev.janus.contract.label.LabelFileReport;
import dev.janus.contract.label.LabelTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LabelTablesTest {
  private static final String HEADER = "src, sport,dst,dport,proto,time,Label\r\n";
  private static final String ROW = "10.0.0.1,1,10.0.0.2,2,6,2026-11-16T09:05:06Z,";

  @TempDir private Path folder = Path.of("");

  @Test
  void quotesByteOrderMarkBlankLinesAndShortRowsAreReadAsMeant() throws IOException {
    write(
        "day.csv",
        "\uFEFF" + HEADER + ROW + "\"Web, \"\"x\"\"\"\r\n\r\n" + ROW + "BENIGN\r\nshort,row\r\n",
        "UTF-8");
    LabelTable table =
        LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day"))
            .getFirst();
    assertThat(table.size()).isEqualTo(2);
    LabelFileReport report = table.files().getFirst();
    assertThat(report.unreadable()).isEqualTo(1);
    assertThat(report.problems().getFirst()).contains("day.csv:5");
  }

  @Test
  void capturesWithTheSameFileShareItsTable() throws IOException {
    write("all.csv", HEADER + ROW + "BENIGN\r\n", "UTF-8");
    List<LabelTable> tables =
        LabelTables.load(description("UTF-8"), folder.resolve("all.csv"), List.of("one", "two"));
    assertThat(tables.get(0)).isSameAs(tables.get(1));
  }

  @Test
  void theCharacterSetOfTheDescriptionIsUsed() throws IOException {
    write("day.csv", HEADER + ROW + "Web Attack \u2013 XSS\r\n", "windows-1252");
    assertThat(
            LabelTables.load(
                description("windows-1252"), folder.resolve("day.csv"), List.of("day")))
        .hasSize(1);
    assertThatThrownBy(
            () -> LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("day.csv:2: byte 96 is not UTF-8; set charset");
  }

  @Test
  void aByteThatTheCharacterSetLacksIsNamedWithItsLine() throws IOException {
    byte[] text =
        (HEADER + ROW + "BENIGN\r\n" + ROW + "x?\r\n").getBytes(StandardCharsets.US_ASCII);
    text[text.length - 3] = (byte) 0x81;
    Files.write(folder.resolve("day.csv"), text);
    assertThatThrownBy(() ->
            LabelTables.load(
                description("windows-1252"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("day.csv:3: byte 81 is not windows-1252")
        .hasMessageNotContaining("e.g. windows-1252");
  }

  @Test
  void aFileWithoutUsableRowsShowsTheFirstProblem() throws IOException {
    write("day.csv", HEADER + "10.0.0.1,1,10.0.0.2,2,6,yesterday,BENIGN\r\n", "UTF-8");
    assertThatThrownBy(
            () -> LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessage(
            folder.resolve("day.csv")
                + ":2:time: \"yesterday\" is not written as iso; it is the first problem, no label"
                + " row there is usable");
  }

  @Test
  void aMissingColumnIsNamedWithTheLineOfTheHeader() throws IOException {
    write("day.csv", "\r\n\r\n" + HEADER.replace("Label", "Labbel") + ROW + "x\r\n", "UTF-8");
    assertThatThrownBy(
            () -> LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(ContractException.class)
        .hasMessage(
            folder.resolve("day.csv")
                + ":3: no column label; did you mean Labbel? There are: src, sport, dst, dport,"
                + " proto, time, Labbel");
  }

  @ParameterizedTest
  @CsvSource({"';', semicolons, ;", "'\t', tabs, \\t", "|, bars, |"})
  void anotherDelimiterIsNoticedInTheHeader(String delimiter, String name, String written)
      throws IOException {
    write("day.csv", (HEADER + ROW + "x\r\n").replace(",", delimiter), "UTF-8");
    assertThatThrownBy(
            () -> LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "%s:1: the line is one column at commas, but holds %s; set delimiter: \"%s\" in the"
                    .formatted(folder.resolve("day.csv"), name, written)
                + " description of the data set");
  }

  @Test
  void aHeaderInOnePairOfQuotesLacksItsColumns() throws IOException {
    write("day.csv", "\"" + HEADER.strip() + "\"\r\n" + ROW + "x\r\n", "UTF-8");
    assertThatThrownBy(
            () -> LabelTables.load(description("UTF-8"), folder.resolve("day.csv"), List.of("day")))
        .isInstanceOf(ContractException.class)
        .hasMessageContaining(":1: no column ")
        .hasMessageNotContaining("delimiter");
  }

  @Test
  void packedFilesAreReadAsPlainOnesOrRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((HEADER + (ROW + "BENIGN\r\n").repeat(100)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] packed = bytes.toByteArray();
    Path file = Files.write(folder.resolve("day.csv.gz"), packed);
    assertThat(LabelTables.load(description("UTF-8"), file, List.of("day")).getFirst().size())
        .isEqualTo(100);
    Files.write(file, Arrays.copyOf(packed, packed.length - 12));
    assertThatThrownBy(() -> LabelTables.load(description("UTF-8"), file, List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("day.csv.gz: the gzip stream is cut or damaged");
    byte[] members = Arrays.copyOf(packed, 2 * packed.length);
    System.arraycopy(packed, 0, members, packed.length, packed.length);
    Files.write(file, Arrays.copyOf(members, packed.length + 5));
    assertThatThrownBy(() -> LabelTables.load(description("UTF-8"), file, List.of("day")))
        .as("cut in the header of a second member")
        .isInstanceOf(CliException.class)
        .hasMessageContaining("day.csv.gz: the gzip stream is cut or damaged");
    Files.write(file, new byte[] {'P', 'K', 3, 4, 0});
    assertThatThrownBy(() -> LabelTables.load(description("UTF-8"), file, List.of("day")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("a zip archive; unpack it");
  }

  private DatasetDescription description(String charset) throws IOException {
    Path file = folder.resolve("set.yaml");
    Files.writeString(
        file,
        """
        name: test
        charset: %s
        columns:
          source_ip: src
          source_port: sport
          destination_ip: dst
          destination_port: dport
          protocol: proto
          timestamp: time
          label: label
        time: {formats: iso}
        """
            .formatted(charset));
    return DatasetDescriptionReader.read(file);
  }

  private void write(String name, String text, String charset) throws IOException {
    Files.write(folder.resolve(name), text.getBytes(Charset.forName(charset)));
  }
}
