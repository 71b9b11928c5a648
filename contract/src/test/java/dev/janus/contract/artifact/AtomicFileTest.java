package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  private static final String KILLED = "00000000-0000-4000-8000-000000000123";

  @TempDir Path folder;

  @Test
  void theFileAppearsOnCommitAndNotBefore() throws IOException {
    Path target = folder.resolve("result");
    try (AtomicFile file = AtomicFile.create(target)) {
      write(file, "new");
      assertThat(target).doesNotExist();
      file.commit();
      assertThat(target).hasContent("new");
      assertThatIllegalStateException().isThrownBy(file::commit);
    }
    assertThat(names()).containsExactly("result");
  }

  @Test
  void withoutCommitTheOldFileStaysAndNothingElse() throws IOException {
    Path target = Files.writeString(folder.resolve("result"), "old");
    try (AtomicFile file = AtomicFile.create(target)) {
      write(file, "half");
    }
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("result");
  }

  @Test
  void anOlderFileIsReplacedAsAWhole() throws IOException {
    Path target = Files.writeString(folder.resolve("result"), "a much longer old content");
    try (AtomicFile file = AtomicFile.create(target)) {
      write(file, "new");
      file.commit();
    }
    assertThat(target).hasContent("new");
  }

  @Test
  void whatAKilledWriterLeftIsRemovedAndALivingOnesFileIsNot() throws IOException {
    Path target = folder.resolve("result");
    Files.writeString(folder.resolve(".result." + KILLED + ".tmp"), "left by a killed process");
    Files.writeString(folder.resolve(".result2." + KILLED + ".tmp"), "of another file");
    try (AtomicFile living = AtomicFile.create(target)) {
      assertThat(names()).hasSize(2).contains(".result2." + KILLED + ".tmp");
      try (AtomicFile second = AtomicFile.create(target)) {
        write(second, "second");
        second.commit();
      }
      write(living, "living");
      living.commit();
    }
    assertThat(target).hasContent("living");
    assertThat(names()).containsExactlyInAnyOrder("result", ".result2." + KILLED + ".tmp");
  }

  @Test
  void whatBelongsToALongerNameWithADotIsLeftAlone() throws IOException {
    Path other = Files.createFile(folder.resolve(".result.x." + KILLED + ".tmp"));
    AtomicFile.create(folder.resolve("result")).close();
    assertThat(names()).containsExactly(other.getFileName().toString());
  }

  @Test
  void afterForcingNothingCanBeAddedButCommitStillWorks() throws IOException {
    Path target = folder.resolve("result");
    try (AtomicFile file = AtomicFile.create(target)) {
      write(file, "all");
      file.force();
      assertThat(file.channel().isOpen()).isFalse();
      file.commit();
    }
    assertThat(target).hasContent("all");
  }

  @Test
  void failuresNameTheFileAndTheReason() throws IOException {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> AtomicFile.create(folder.resolve("none/result")))
        .withMessageContainingAll("none/result", "no such file or folder");
    Path inTheWay = folder.resolve("result");
    Files.createDirectories(inTheWay.resolve("sub"));
    try (AtomicFile file = AtomicFile.create(inTheWay)) {
      write(file, "x");
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(file::commit)
          .withMessageContaining("result: cannot be written");
    }
    assertThat(names()).containsExactly("result");
  }

  private static void write(AtomicFile file, String text) throws IOException {
    file.channel().write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }
}
