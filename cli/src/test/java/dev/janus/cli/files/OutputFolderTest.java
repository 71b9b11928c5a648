package dev.janus.cli.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.files.OutputFolder.Existing;
import dev.janus.cli.terminal.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutputFolderTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void foldersMadeForNothingAreRemoved() {
    Path deep = folder.resolve("a/b/c");
    try (OutputFolder output = OutputFolder.prepare(deep, List.of(), Existing.REFUSE)) {
      assertThat(output.path()).isDirectory();
    }
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void aFolderThatWasThereBeforeStays() throws IOException {
    Path there = Files.createDirectory(folder.resolve("there"));
    OutputFolder.prepare(there.resolve("new"), List.of(), Existing.REFUSE).close();
    assertThat(there).isEmptyDirectory();
  }

  @Test
  void completedWorkStays() {
    Path out = folder.resolve("out");
    try (OutputFolder output = OutputFolder.prepare(out, List.of(), Existing.REFUSE)) {
      output.writeText("note.txt", "text \u00e9\n");
      output.complete();
    }
    assertThat(out.resolve("note.txt")).hasContent("text \u00e9\n");
    assertThat(out.toFile().list()).containsExactly("note.txt");
  }

  @Test
  void replacingIsAllowedWhenAskedFor() throws IOException {
    Files.writeString(folder.resolve("result"), "old");
    assertThatThrownBy(() -> OutputFolder.prepare(folder, List.of("result"), Existing.REFUSE))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("already holds result");
    OutputFolder.prepare(folder, List.of("result"), Existing.REPLACE).close();
    assertThat(folder.resolve("result")).hasContent("old");
  }
}
