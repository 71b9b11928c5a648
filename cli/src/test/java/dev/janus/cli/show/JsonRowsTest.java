package dev.janus.cli.show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JsonRowsTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void linesAreRowsOfAllColumnsInTheOrderOfTheirAppearance() throws IOException {
    try (RowSource rows = JsonRows.lines(write("{\"a\":1}\n\n{\"b\":\"x\",\"a\":2}\r\n"))) {
      assertThat(rows.summary()).containsExactly("JSON lines, 2 rows");
      assertThat(rows.columns()).containsExactly("a", "b");
      assertThat(rows.next()).contains(List.of(1, ""));
      assertThat(rows.next()).contains(List.of(2, "x"));
      assertThat(rows.next()).isEmpty();
    }
  }

  @Test
  void aLineThatIsNoObjectIsNamed() throws IOException {
    Path file = write("{\"a\":1}\n\n[1]\n");
    assertThatThrownBy(() -> JsonRows.lines(file))
        .isInstanceOf(CliException.class)
        .hasMessage(file + ":3: not a JSON object");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("x.jsonl"), text);
  }
}
