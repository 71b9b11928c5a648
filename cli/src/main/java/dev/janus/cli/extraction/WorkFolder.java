package dev.janus.cli.extraction;

import dev.janus.cli.files.FolderLock;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.contract.artifact.FlowSpill;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where an extraction keeps the flows of the captures it has read, until all are there: a hidden
 * folder in the result's. A part counts when its outcome is there, which is written last. Methods
 * for different parts may be called by different threads.
 *
 * <p>One extraction at a time works in a folder. A second one is refused, be it of another process
 * or of this one; but on POSIX systems a second one of the same process costs the first its lock,
 * after which other processes are no longer refused. So a process must not begin two in one folder.
 */
public final class WorkFolder implements AutoCloseable {
  private static final String NAME = ".extraction";
  private static final String PLAN = "plan.json";
  private static final String LOCK = "lock";

  /** Where an extraction begins. */
  public enum Start {
    /** With nothing; what an interrupted one left is in the way. */
    FRESH,
    /** With nothing; what an interrupted one left is thrown away. */
    ANEW,
    /** With the parts that an interrupted one left, if there are any. */
    RESUMED
  }

  private final OutputFolder folder;
  private final FolderLock lock;
  private final int parts;

  private WorkFolder(OutputFolder folder, FolderLock lock, int parts) {
    this.folder = folder;
    this.lock = lock;
    this.parts = parts;
  }

  /**
   * Opens the folder for this plan.
   *
   * @param out folder of the result
   * @param version of the product; another one may cut other flows
   * @throws CliException when another process works there, or an interrupted extraction is in the
   *     way or had another plan
   */
  public static WorkFolder open(Path out, ExtractionPlan plan, String version, Start start) {
    Path path = out.resolve(NAME);
    Map<String, Object> wanted = plan.json(version);
    boolean left = isIn(out);
    if (left && start == Start.FRESH) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          path
              + ": left by an interrupted extraction; add --resume to go on or --overwrite to start"
              + " again");
    }
    OutputFolder folder = OutputFolder.prepare(path, List.of(), OutputFolder.Existing.REPLACE);
    folder.complete();
    WorkFolder work = new WorkFolder(folder, lock(path), plan.partCount());
    try {
      if (left && start == Start.RESUMED) {
        requireSame(path.resolve(PLAN), wanted);
      } else {
        work.clear();
        folder.writeText(PLAN, Json.pretty(wanted));
      }
      return work;
    } catch (RuntimeException e) {
      work.lock.close();
      throw e;
    }
  }

  private static FolderLock lock(Path path) {
    return FolderLock.take(path, LOCK, "extraction");
  }

  private static void requireSame(Path file, Map<String, Object> wanted) {
    Saved saved = Saved.read(file);
    for (Map.Entry<String, Object> entry : wanted.entrySet()) {
      String before = String.valueOf(saved.members().get(entry.getKey()));
      if (!before.equals(String.valueOf(entry.getValue()))) {
        throw new CliException(
            ExitCode.DATA,
            "%s: the interrupted extraction had other %s; repeat its command, or start again with"
                    .formatted(file, entry.getKey())
                + " --overwrite");
      }
    }
  }

  /** Where an extraction into this folder keeps what it has read. */
  public static Path in(Path out) {
    return out.resolve(NAME);
  }

  /** Whether an interrupted extraction left something in this folder. */
  public static boolean isIn(Path out) {
    return Files.exists(out.resolve(NAME).resolve(PLAN));
  }

  /** Removes what is left when an extraction was killed after its result was in place. */
  public static void tidy(Path out) {
    Path path = out.resolve(NAME);
    if (!Files.isDirectory(path)) {
      return;
    }
    OutputFolder folder = OutputFolder.prepare(path, List.of(), OutputFolder.Existing.REPLACE);
    folder.complete();
    new WorkFolder(folder, lock(path), 0).remove();
  }

  /** Where the flows of a part go. */
  Path flows(int part) {
    return folder.resolve(String.format(Locale.ROOT, "%05d.flows", part));
  }

  private Path outcomeFile(int part) {
    return folder.resolve(String.format(Locale.ROOT, "%05d.json", part));
  }

  boolean isComplete(int part) {
    return Files.exists(outcomeFile(part));
  }

  /** Parts that are complete. */
  public int completed() {
    int completed = 0;
    for (int part = 0; part < parts; part++) {
      completed += isComplete(part) ? 1 : 0;
    }
    return completed;
  }

  /** Says that the flows of a part are on the disk. */
  void complete(int part, PartOutcome outcome) {
    folder.writeText(String.valueOf(outcomeFile(part).getFileName()), Json.pretty(outcome.json()));
  }

  PartOutcome outcome(int part) {
    return PartOutcome.fromJson(Saved.read(outcomeFile(part)));
  }

  /** Removes the flows of a part that was not completed. */
  void discard(int part) {
    for (Path file : FlowSpill.files(flows(part))) {
      delete(file);
    }
  }

  /** Throws everything away: it is in the result now. */
  public void remove() {
    clear();
    lock.remove();
    try {
      Files.deleteIfExists(folder.path());
    } catch (IOException e) {
      // Another extraction may have begun here in this moment; the folder is its own now.
      System.getLogger(WorkFolder.class.getName())
          .log(System.Logger.Level.DEBUG, folder.path() + " stays", e);
    }
  }

  private void clear() {
    try (Stream<Path> entries = Files.list(folder.path())) {
      // The plan first: without it nothing here counts.
      delete(folder.resolve(PLAN));
      entries
          .filter(file -> !String.valueOf(file.getFileName()).equals(LOCK))
          .forEach(WorkFolder::delete);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          folder.path() + ": cannot be cleared (" + InputFiles.reason(e) + ")",
          e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, file + ": cannot be removed (" + InputFiles.reason(e) + ")", e);
    }
  }

  /** Leaves complete parts for the next time; without any, nothing is left. */
  @Override
  public void close() {
    if (lock.isHeld()) {
      if (completed() == 0) {
        remove();
      } else {
        lock.close();
      }
    }
  }
}
