package dev.janus.contract.capture;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The captures that a list of files and folders stands for.
 *
 * @param captures in reading order
 * @param places of each capture the path below the folder that was given; of one that was given
 *     itself, its file name
 * @param skipped what lies in the folders and is no capture, and what was given twice
 */
public record CaptureSelection(List<Path> captures, List<Path> places, List<Skipped> skipped) {
  /**
   * Something that is not read.
   *
   * @param path the file or folder
   * @param cause what it is
   * @param reason the same in a few words for people
   */
  public record Skipped(Path path, Cause cause, String reason) {
    /** Why something is not read. */
    public enum Cause {
      /** A file that is no capture. */
      NO_CAPTURE,
      /** A capture that comes again. */
      GIVEN_TWICE,
      /** A linked folder that is searched anyway, or that lies above the one that was given. */
      SEARCHED_OTHERWISE,
      /** Nobody can see whether it is a capture, or holds some. */
      UNREADABLE
    }
  }

  public CaptureSelection {
    captures = List.copyOf(captures);
    places = List.copyOf(places);
    skipped = List.copyOf(skipped);
  }

  /**
   * A file stands for itself, whatever it holds; a folder for the captures in it and in the folders
   * below, known by their magic numbers, in the order of the names along their paths. Hidden files
   * and folders are passed over in silence, everything else is reported. Links to folders elsewhere
   * are followed, once each; a folder that lies in the given one is entered by its own name,
   * however many links lead there. A file that comes again, by whatever path, is reported and not
   * read twice.
   *
   * @throws ContractException when a path does not exist, cannot be read, or is a folder without a
   *     capture
   */
  public static CaptureSelection of(List<Path> paths) {
    Search search = new Search();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        search.enter(path);
      } else if (Files.exists(path)) {
        search.add(path, path.getFileName());
      } else {
        throw new MissingInputException(path + ": no such file or folder");
      }
    }
    return new CaptureSelection(search.captures, search.places, search.skipped);
  }

  /** What was found up to now. */
  private static final class Search {
    private final List<Path> captures = new ArrayList<>();
    private final List<Path> places = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<Path> known = new HashSet<>();

    void enter(Path folder) {
      FolderSearch below = new FolderSearch(folder);
      below.search();
      skipped.addAll(below.skipped);
      if (below.captures.isEmpty()) {
        throw new ContractException(
            below.skipped.stream()
                .filter(file -> file.cause() == Skipped.Cause.UNREADABLE)
                .findFirst()
                .map(file ->
                    folder
                        + ": no capture that can be read; %s: %s"
                            .formatted(file.path(), file.reason()))
                .orElse(
                    folder
                        + ": no capture in this folder or in those below it; "
                        + CaptureMagic.SUPPORTED));
      }
      below.captures.forEach(file -> add(file, folder.relativize(file)));
    }

    void add(Path file, Path place) {
      if (known.add(real(file))) {
        captures.add(file);
        places.add(place);
      } else {
        skipped.add(new Skipped(file, Skipped.Cause.GIVEN_TWICE, "given twice"));
      }
    }
  }

  /** The search of one folder and of those below it. */
  private static final class FolderSearch {
    private final Path start;
    private final Path realStart;
    private final List<Path> captures = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    /**
     * Real paths of the folders that are entered by their own name; empty before the first link.
     */
    private final Set<Path> own = new HashSet<>();

    private final Set<Path> entered = new HashSet<>();

    FolderSearch(Path start) {
      this.start = start;
      this.realStart = real(start);
    }

    void search() {
      entered.add(realStart);
      try {
        collect(sortedByName(start));
      } catch (IOException e) {
        throw new MissingInputException(start + ": the folder cannot be read" + reason(e), e);
      }
    }

    private boolean isOwnOrAbove(Path linked) {
      if (own.isEmpty()) {
        noteOwn(start);
      }
      return own.contains(linked) || realStart.startsWith(linked);
    }

    private void noteOwn(Path folder) {
      own.add(real(folder));
      try {
        for (Path path : sortedByName(folder)) {
          if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            noteOwn(path);
          }
        }
      } catch (IOException e) {
        return; // told when it is searched
      }
    }

    private void collect(List<Path> entries) {
      for (Path path : entries) {
        if (Files.isDirectory(path)) {
          collectBelow(path);
        } else {
          objection(path).ifPresentOrElse(skipped::add, () -> captures.add(path));
        }
      }
    }

    private void collectBelow(Path folder) {
      Path real = real(folder);
      if (Files.isSymbolicLink(folder) && isOwnOrAbove(real) || !entered.add(real)) {
        skipped.add(
            new Skipped(
                folder, Skipped.Cause.SEARCHED_OTHERWISE, "a link to a folder searched otherwise"));
        return;
      }
      try {
        collect(sortedByName(folder));
      } catch (IOException e) {
        skipped.add(new Skipped(folder, Skipped.Cause.UNREADABLE, "cannot be read" + reason(e)));
      }
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // a pipe, for instance, has no path of its own
    }
  }

  private static List<Path> sortedByName(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    }
  }

  private static Optional<Skipped> objection(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.of(new Skipped(path, Skipped.Cause.NO_CAPTURE, "not a regular file"));
    }
    try (SourceStream source = new SourceStream(Files.newInputStream(path))) {
      return CaptureMagic.objection(source)
          .map(objection -> new Skipped(path, Skipped.Cause.NO_CAPTURE, objection));
    } catch (IOException e) {
      return Optional.of(new Skipped(path, Skipped.Cause.UNREADABLE, "cannot be read" + reason(e)));
    }
  }

  /** The message of a failure, which for many is the path alone. */
  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException e -> " (permission denied)";
      case FileSystemException e when e.getReason() == null -> "";
      case FileSystemException e -> " (" + e.getReason() + ")";
      default -> " (" + failure.getMessage() + ")";
    };
  }
}
