package dev.janus.contract.capture;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The captures that a list of files and folders stands for.
 *
 * @param captures in reading order
 * @param skipped what lies in the folders and is no capture
 */
public record CaptureSelection(List<Path> captures, List<Skipped> skipped) {
  /**
   * Something in a folder that is not read.
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
   * else is reported; folders in folders are not entered.
   *
   * @throws ContractException when a path does not exist, cannot be read, or is a folder without a
   *     capture
   */
  public static CaptureSelection of(List<Path> paths) {
    List<Path> captures = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        int before = captures.size();
        addFolder(path, captures, skipped);
        if (captures.size() == before) {
          throw new ContractException(
              path + ": no capture in this folder; " + CaptureMagic.SUPPORTED);
        }
      } else if (Files.exists(path)) {
        captures.add(path);
      } else {
        throw new ContractException(path + ": no such file or folder");
      }
    }
    return new CaptureSelection(captures, skipped);
  }

  private static void addFolder(Path folder, List<Path> captures, List<Skipped> skipped) {
    for (Path path : sortedByName(folder)) {
      Optional<String> objection = objection(path);
      if (objection.isEmpty()) {
        captures.add(path);
      } else {
        skipped.add(new Skipped(path, objection.get()));
      }
    }
  }

  private static List<Path> sortedByName(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted(Comparator.comparing(path -> path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new ContractException(folder + ": the folder cannot be read: " + e.getMessage(), e);
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
