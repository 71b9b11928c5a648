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
 * @param skipped what lies in the folders and is no capture, and what was given twice
 */
public record CaptureSelection(List<Path> captures, List<Skipped> skipped) {
  /**
   * Something that is not read.
   *
   * @param path the file or folder
   * @param reason a few words for people
   */
  public record Skipped(Path path, String reason) {}

  public CaptureSelection {
    captures = List.copyOf(captures);
    skipped = List.copyOf(skipped);
  }

  /**
   * A file stands for itself, whatever it holds; a folder for the captures directly in it, known by
   * their magic numbers and sorted by name. Hidden files are passed over in silence, everything
   * else is reported; folders in folders are not entered. A file that comes again, by whatever
   * path, is reported and not read twice.
   *
   * @throws ContractException when a path does not exist, cannot be read, or is a folder without a
   *     capture
   */
  public static CaptureSelection of(List<Path> paths) {
    List<Path> captures = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    Set<Path> known = new HashSet<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        List<Path> found = capturesIn(path, skipped);
        if (found.isEmpty()) {
          throw new ContractException(
              path + ": no capture in this folder; " + CaptureMagic.SUPPORTED);
        }
        found.forEach(file -> addOnce(file, known, captures, skipped));
      } else if (Files.exists(path)) {
        addOnce(path, known, captures, skipped);
      } else {
        throw new MissingInputException(path + ": no such file or folder");
      }
    }
    return new CaptureSelection(captures, skipped);
  }

  private static void addOnce(
      Path file, Set<Path> known, List<Path> captures, List<Skipped> skipped) {
    if (known.add(real(file))) {
      captures.add(file);
    } else {
      skipped.add(new Skipped(file, "given twice"));
    }
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize(); // a pipe, for instance, has no path of its own
    }
  }

  private static List<Path> capturesIn(Path folder, List<Skipped> skipped) {
    List<Path> captures = new ArrayList<>();
    for (Path path : sortedByName(folder)) {
      Optional<String> objection = objection(path);
      if (objection.isEmpty()) {
        captures.add(path);
      } else {
        skipped.add(new Skipped(path, objection.get()));
      }
    }
    return captures;
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
    if (Files.isDirectory(path)) {
      return Optional.of("a folder");
    }
    if (!Files.isRegularFile(path)) {
      return Optional.of("not a regular file");
    }
    try (SourceStream source = new SourceStream(Files.newInputStream(path))) {
      return CaptureMagic.objection(source);
    } catch (IOException e) {
      return Optional.of("cannot be read: " + e.getMessage());
    }
  }
}
