package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AtomicFolderTest {
  private static final String KILLED = "00000000-0000-4000-8000-000000000123";
  private static final String ASIDE = "00000000-0000-4000-8000-000000000456";

  @TempDir Path folder;

  private Path target = Path.of("");

  @BeforeEach
  void chooseTarget() {
    target = folder.resolve("result");
  }

  /** Where a writer that replaces an older folder can be killed, with what it leaves. */
  enum Kill {
    LOCK_TAKEN(true, Left.NOTHING, false),
    HALF_WRITTEN(true, Left.HALF, false),
    WRITTEN(true, Left.WHOLE, false),
    OLD_SET_ASIDE(false, Left.WHOLE, true),
    NEW_IN_PLACE(true, Left.NOTHING, true),
    LOCK_GIVEN_BACK(true, Left.NOTHING, true),
    OLD_HALF_REMOVED(true, Left.HALF, false);

    private enum Left {
      NOTHING,
      HALF,
      WHOLE
    }

    private final boolean inPlace;
    private final Left unfinished;
    private final boolean aside;

    Kill(boolean inPlace, Left unfinished, boolean aside) {
      this.inPlace = inPlace;
      this.unfinished = unfinished;
      this.aside = aside;
    }

    /** What a reader must find. */
    String content() {
      return switch (this) {
        case NEW_IN_PLACE, LOCK_GIVEN_BACK, OLD_HALF_REMOVED -> "new";
        default -> "old";
      };
    }

    void leave(Path target) throws IOException {
      if (inPlace) {
        fill(Files.createDirectory(target), content());
      }
      if (this != LOCK_GIVEN_BACK && this != OLD_HALF_REMOVED) {
        Files.createFile(target.resolveSibling(".result." + KILLED + ".lock"));
      }
      Path written = target.resolveSibling(".result." + KILLED + ".tmp");
      switch (unfinished) {
        case NOTHING -> {}
        case HALF -> Files.writeString(Files.createDirectory(written).resolve("one"), "half");
        case WHOLE -> fill(Files.createDirectory(written), "new");
      }
      if (aside) {
        fill(Files.createDirectory(target.resolveSibling(".result." + ASIDE + ".old")), "old");
      }
    }
  }

  private static void fill(Path path, String content) {
    try {
      Files.writeString(path.resolve("one"), content);
      Files.writeString(Files.createDirectory(path.resolve("inner")).resolve("two"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertWhole(String content) {
    assertThat(target.resolve("one")).hasContent(content);
    assertThat(target.resolve("inner/two")).hasContent(content);
    assertThat(target.toFile().list()).hasSize(2);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    }
  }

  private void write(String content) {
    try (AtomicFolder written = AtomicFolder.create(target)) {
      fill(written.path(), content);
      written.commit();
    }
  }

  @Test
  void theFolderAppearsOnCommitAndNotBefore() throws IOException {
    try (AtomicFolder written = AtomicFolder.create(target)) {
      fill(written.path(), "new");
      assertThat(target).doesNotExist();
      written.commit();
      assertWhole("new");
    }
    assertThat(names()).containsExactly("result");
  }

  @Test
  void anOlderFolderIsReplacedAsAWhole() throws IOException {
    write("old");
    Files.writeString(target.resolve("stranger"), "");
    write("new");
    assertWhole("new");
    assertThat(names()).containsExactly("result");
  }

  @Test
  void withoutCommitTheOldFolderStaysAndNothingElse() throws IOException {
    write("old");
    try (AtomicFolder written = AtomicFolder.create(target)) {
      fill(written.path(), "new");
    }
    assertWhole("old");
    assertThat(names()).containsExactly("result");
  }

  @ParameterizedTest
  @EnumSource
  void aReaderFindsAWholeFolderWhereverTheWriterWasKilled(Kill kill) throws IOException {
    kill.leave(target);
    AtomicFolder.restore(target);
    assertWhole(kill.content());
    AtomicFolder.restore(target);
    assertWhole(kill.content());
  }

  @ParameterizedTest
  @EnumSource
  void theNextWriterLosesNothingWholeAndTidiesUp(Kill kill) throws IOException {
    kill.leave(target);
    try (AtomicFolder failing = AtomicFolder.create(target)) {
      assertWhole(kill.content());
      fill(failing.path(), "never committed");
    }
    assertWhole(kill.content());
    assertThat(names()).containsExactly("result");
  }

  @ParameterizedTest
  @EnumSource
  void theNextWriterReplacesWhatItFinds(Kill kill) throws IOException {
    kill.leave(target);
    write("newest");
    assertWhole("newest");
    assertThat(names()).containsExactly("result");
  }

  @ParameterizedTest
  @EnumSource
  void aWriterThatBeganBeforeAnotherWasKilledLosesNothingEither(Kill kill) throws IOException {
    try (AtomicFolder early = AtomicFolder.create(target)) {
      kill.leave(target);
      fill(early.path(), "newest");
      early.commit();
    }
    assertWhole("newest");
    AtomicFolder.restore(target);
    assertWhole("newest");
    AtomicFolder.create(target).close();
    assertThat(names()).containsExactly("result");
  }

  @Test
  void aFirstWriterThatWasKilledLeavesNoResult() throws IOException {
    fill(Files.createDirectory(folder.resolve(".result." + KILLED + ".tmp")), "never in place");
    Files.createFile(folder.resolve(".result." + KILLED + ".lock"));
    AtomicFolder.restore(target);
    assertThat(target).doesNotExist();
    AtomicFolder.create(target).close();
    assertThat(names()).isEmpty();
  }

  @Test
  void ofSeveralSetAsideTheNewestIsPutBack() throws IOException {
    for (int i : new int[] {3, 1, 2}) {
      Path aside =
          Files.createDirectory(
              folder.resolve(".result." + KILLED.replace('1', (char) ('0' + 7 * i % 4)) + ".old"));
      fill(aside, "number " + i);
      Files.setLastModifiedTime(aside, FileTime.fromMillis(1_000_000L * i));
    }
    AtomicFolder.restore(target);
    assertWhole("number 3");
    AtomicFolder.create(target).close();
    assertThat(names()).containsExactly("result");
  }

  @Test
  void aLivingWritersFolderIsLeftAlone() throws IOException {
    try (AtomicFolder living = AtomicFolder.create(target)) {
      fill(living.path(), "living");
      write("second");
      assertWhole("second");
      assertThat(living.path().resolve("inner/two")).hasContent("living");
      living.commit();
    }
    assertWhole("living");
    assertThat(names()).containsExactly("result");
  }

  @Test
  void whatBelongsToAnotherFolderIsLeftAlone() throws IOException {
    fill(Files.createDirectory(folder.resolve(".result2." + KILLED + ".tmp")), "other");
    fill(Files.createDirectory(folder.resolve(".result2." + ASIDE + ".old")), "other");
    Files.createFile(folder.resolve(".result2." + KILLED + ".lock"));
    write("new");
    assertThat(names())
        .containsExactlyInAnyOrder(
            ".result2." + KILLED + ".tmp",
            ".result2." + ASIDE + ".old",
            ".result2." + KILLED + ".lock",
            "result");
  }

  /** Of a file {@code result.x} and of folders {@code result.y} and {@code result.z.0123}. */
  @Test
  void whatBelongsToALongerNameWithADotIsLeftAlone() throws IOException {
    Path unlocked = Files.createDirectory(folder.resolve(".result.y." + KILLED + ".tmp"));
    Path aside = Files.createDirectory(folder.resolve(".result.y." + KILLED + ".old"));
    Path lock = Files.createFile(folder.resolve(".result.z.0123." + KILLED + ".lock"));
    try (AtomicFile living = AtomicFile.create(folder.resolve("result.x"))) {
      AtomicFolder.restore(target);
      assertThat(target).doesNotExist();
      write("new");
      living.commit();
    }
    assertThat(folder).isDirectoryContaining("glob:**/result.x");
    assertThat(unlocked).exists();
    assertThat(aside).exists();
    assertThat(lock).exists();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisabledOnOs(OS.WINDOWS)
  void aLinkThatWasSetAsideIsPutBackEvenIfItLeadsNowhere() throws IOException {
    Path disk = folder.resolve("disk");
    Files.createSymbolicLink(folder.resolve(".result." + KILLED + ".old"), disk);
    AtomicFolder.restore(target);
    assertThat(target).isSymbolicLink();
    AtomicFolder.restore(target);
    AtomicFolder.create(target).close();
    assertThat(names()).containsExactly("result");
    fill(Files.createDirectory(disk), "old");
    write("new");
    assertWhole("new");
    assertThat(disk.resolve("one")).hasContent("old");
    assertThat(names()).containsExactly("disk", "result");
  }

  @ParameterizedTest
  @EnumSource
  void aFolderIsRemovedWithEverythingThatWritersLeft(Kill kill) throws IOException {
    kill.leave(target);
    AtomicFolder.remove(target);
    AtomicFolder.restore(target);
    assertThat(names()).isEmpty();
    AtomicFolder.remove(target);
  }

  @Test
  void aReaderThatPutsBackInTheMidstOfAReplacementDoesNoHarm() throws Exception {
    write("0");
    AtomicBoolean ended = new AtomicBoolean();
    FutureTask<Void> restoring =
        new FutureTask<>(() -> {
          while (!ended.get()) {
            AtomicFolder.restore(target);
          }
          return null;
        });
    Thread reader = Thread.ofPlatform().start(restoring);
    try {
      for (int i = 1; i <= 300; i++) {
        write(String.valueOf(i));
        assertWhole(String.valueOf(i));
      }
    } finally {
      ended.set(true);
      reader.join();
    }
    restoring.get();
    assertWhole("300");
    assertThat(names()).containsExactly("result");
  }

  @Test
  void failuresNameTheFolderAndTheReason() {
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> AtomicFolder.create(folder.resolve("none/result")))
        .withMessageContainingAll("none/result", "no such file or folder");
  }
}
