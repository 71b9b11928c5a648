package dev.janus.contract.capture;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.Files;
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
   * @param reason a few words for people
   */
  public record Skipped(Path path, String reason) {
    /** Whether it may hold captures that nobody can see. */
    public boolean unreadable() {
      return reason.startsWith(UNREADABLE);
    }
  }

  private static final String UNREADABLE = "cannot be read";

  public CaptureSelection {
    captures = List.copyOf(captures);
    places = List.copyOf(places);
    skipped = List.copyOf(skipped);
  }

  /**
   * A file stands for itself, whatever it holds; a folder for the captures in it and in the folders
   * below, known by their magic numbers, in the order of the names along their paths. Hidden files
   * and folders are passed over in silence, everything else is reported. Links are followed, but a
   * folder is entered once only. A file that comes again, by whatever path, is reported and not
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
      List<Path> found = new ArrayList<>();
      Set<Path> entered = new HashSet<>();
      entered.add(real(folder));
      collect(sortedByName(folder), entered, found);
      if (found.isEmpty()) {
        throw new ContractException(
            folder + ": no capture in this folder or in those below it; " + CaptureMagic.SUPPORTED);
      }
      found.forEach(file -> add(file, folder.relativize(file)));
    }

    void add(Path file, Path place) {
      if (known.add(real(file))) {
        captures.add(file);
        places.add(place);
      } else {
        skipped.add(new Skipped(file, "given twice"));
      }
    }

    private void collect(List<Path> entries, Set<Path> entered, List<Path> found) {
      for (Path path : entries) {
        if (Files.isDirectory(path)) {
          collectBelow(path, entered, found);
          continue;
        }
        Optional<String> objection = objection(path);
        if (objection.isEmpty()) {
          found.add(path);
        } else {
          skipped.add(new Skipped(path, objection.get()));
        }
      }
    }

    private void collectBelow(Path folder, Set<Path> entered, List<Path> found) {
      if (!entered.add(real(folder))) {
        skipped.add(new Skipped(folder, "a folder that was searched already"));
        return;
      }
      List<Path> entries;
      try {
        entries = sortedByName(folder);
      } catch (MissingInputException e) {
        skipped.add(new Skipped(folder, UNREADABLE + ", a folder"));
        return;
      }
      collect(entries, entered, found);
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // a pipe, for instance, has no path of its own
    }
  }

  private static List<Path> sortedByName(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new MissingInputException(folder + ": the folder cannot be read: " + e.getMessage(), e);
    }
  }

  private static Optional<String> objection(Path path) {
    if (!Files.isRegularFile(path)) {
      return Optional.of("not a regular file");
    }
    try (SourceStream source = new SourceStream(Files.newInputStream(path))) {
      return CaptureMagic.objection(source);
    } catch (IOException e) {
      return Optional.of(UNREADABLE + ": " + e.getMessage());
    }
  }
}
