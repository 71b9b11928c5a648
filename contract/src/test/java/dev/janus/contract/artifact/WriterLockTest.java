package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lives is seen across processes; on POSIX systems a lock is lost by looking at it. */
class WriterLockTest {
  @TempDir Path folder;

  /** The same targets, written by a process of its own. */
  static final class OtherProcess {
    private OtherProcess() {}

    public static void main(String[] targets) {
      AtomicFolder.create(Path.of(targets[0])).close();
      AtomicFile.create(Path.of(targets[1])).close();
    }

    static void run(Path... targets) throws Exception {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  OtherProcess.class.getName(),
                  targets[0].toString(),
                  targets[1].toString())
              .inheritIO()
              .start();
      assertThat(process.waitFor()).isZero();
    }
  }

  @Test
  void aSecondWriterInTheProcessDoesNotCostTheFirstItsLock() throws Exception {
    Path target = folder.resolve("folder");
    Path file = folder.resolve("file");
    try (AtomicFolder first = AtomicFolder.create(target);
        AtomicFile firstFile = AtomicFile.create(file)) {
      Files.writeString(first.path().resolve("one"), "first");
      AtomicFolder.create(target).close();
      AtomicFile.create(file).close();
      OtherProcess.run(target, file);
      first.commit();
      firstFile.commit();
    }
    assertThat(target.resolve("one")).hasContent("first");
    assertThat(file).isEmptyFile();
  }

  @Test
  void anotherProcessRemovesWhatThisOneAbandoned() throws Exception {
    Path target = folder.resolve("folder");
    Path lock;
    try (WriterLock held = WriterLock.take(target)) {
      Files.createDirectory(held.folder());
      OtherProcess.run(target, folder.resolve("file"));
      assertThat(held.folder()).exists();
      lock = TemporaryPath.sibling(held.folder(), ".lock");
    }
    Files.createFile(lock);
    AtomicFolder.create(target).close();
    assertThat(lock).exists();
    OtherProcess.run(target, folder.resolve("file"));
    assertThat(folder).isEmptyDirectory();
  }
}
