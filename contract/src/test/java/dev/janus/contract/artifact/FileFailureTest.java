package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FileFailureTest {
  private static final IOException FULL = new IOException("No space left on device");

  @Test
  void aFileOfAnUnfinishedFolderIsNamedAsItIsToBe() {
    Path folder = TemporaryPath.beside(Path.of("data", "full_store"));
    Path file = folder.resolve("shard-00000").resolve("packet_tokens.npy");
    assertThat(FileFailure.writing(file, FULL))
        .hasMessage(
            "%s: cannot be written: No space left on device; make room there",
            Path.of("data", "full_store", "shard-00000", "packet_tokens.npy").toAbsolutePath());
  }

  @Test
  void aNameThatOnlyLooksHiddenStays() {
    Path file = Path.of("data", ".mine.tmp", "x.npy");
    assertThat(FileFailure.writing(file, new IOException("permission denied")))
        .hasMessage("%s: cannot be written: permission denied", file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "No space left on device",
        "Disk quota exceeded",
        "There is not enough space on the disk"
      })
  void aFullDiskIsSaidToNeedRoom(String reason) {
    assertThat(FileFailure.writing(Path.of("x"), new IOException(reason)))
        .hasMessageEndingWith("; make room there");
  }
}
