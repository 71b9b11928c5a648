package dev.janus.contract.label;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the label files of a capture. */
public final class LabelFiles {
  private static final String PACKED = ".gz";

  private LabelFiles() {}

  /**
   * The files that fit the description: those that {@code label_files} lists for the capture, in
   * that order, else those that {@code label_file} names, by name. Those of a capture such as
   * {@code Tor/browsing} lie in {@code Tor} below the folder of the labels, or else in that folder
   * itself.
   *
   * <p>A file that is not there may be there with the ending {@code .gz}.
   *
   * @param labels a file, which then serves every capture, or a folder
   * @param capture name of the capture, without ending
   * @return at least one file
   * @throws ContractException when one is missing; says what was looked for and what there is
   */
  public static List<Path> of(DatasetDescription description, Path labels, String capture) {
    if (Files.isRegularFile(labels)) {
      return List.of(labels);
    }
    CsvLabels.FileNames names = description.csv().names();
    for (Map.Entry<String, List<String>> listed : names.byCapture().entrySet()) {
      String key = listed.getKey();
      String name = NamePattern.lastParts(capture, NamePattern.parts(key));
      if (NamePattern.of(key, name, 0).matcher(name).matches()) {
        Set<Path> files = new LinkedHashSet<>();
        for (String file : listed.getValue()) {
          files.addAll(find(labels, file, capture, "label_files"));
        }
        return new ArrayList<>(files);
      }
    }
    return find(labels, names.pattern(), capture, "label_file");
  }

  private static List<Path> find(Path labels, String file, String capture, String key) {
    String name = NamePattern.lastParts(capture, 1);
    Optional<Path> beside = beside(labels, capture, name);
    if (beside.isPresent()) {
      List<Path> found = matching(beside.get(), file, name);
      if (!found.isEmpty()) {
        return found;
      }
    }
    List<Path> found = matching(labels, file, name);
    if (found.isEmpty()) {
      Path folder = folder(labels, file, name);
      String there =
          beside
              .map(path -> folder(path, file, name))
              .filter(Files::isDirectory)
              .map(path -> "; in %s: %s".formatted(path, names(list(path))))
              .orElse("");
      throw new ContractException(
          "%s: no label file %s for capture %s; there are: %s%s. Change %s in the description"
                  .formatted(
                      folder,
                      NamePattern.filled(file, name),
                      capture,
                      names(list(folder)),
                      there,
                      key)
              + " of the data set");
    }
    return found;
  }

  /**
   * The folder below that of the labels in which those of a capture lie that lies in a folder
   * itself. Empty where its name, which may come from another program's table, leads elsewhere.
   */
  private static Optional<Path> beside(Path labels, String capture, String name) {
    if (name.length() == capture.length()) {
      return Optional.empty();
    }
    try {
      Path root = labels.toAbsolutePath().normalize();
      Path folder = labels.resolve(capture.substring(0, capture.length() - name.length() - 1));
      return folder.toAbsolutePath().normalize().startsWith(root)
          ? Optional.of(folder)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty(); // a name that this system's paths cannot hold
    }
  }

  private static List<Path> matching(Path labels, String file, String name) {
    Path folder = folder(labels, file, name);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Pattern pattern = NamePattern.of(file.substring(file.lastIndexOf('/') + 1), name, 0);
    List<Path> present = list(folder);
    Set<String> names = new HashSet<>();
    present.forEach(path -> names.add(String.valueOf(path.getFileName())));
    return present.stream().filter(path -> fits(pattern, path, names)).toList();
  }

  /** A gzip'ed file stands for the plain one, unless that is there too. */
  private static boolean fits(Pattern pattern, Path path, Set<String> names) {
    String name = String.valueOf(path.getFileName());
    if (!name.endsWith(PACKED)) {
      return pattern.matcher(name).matches();
    }
    String plain = name.substring(0, name.length() - PACKED.length());
    return !names.contains(plain)
        && (pattern.matcher(name).matches() || pattern.matcher(plain).matches());
  }

  /** Where the files of a name lie: wildcards are for the last part of it alone. */
  private static Path folder(Path labels, String file, String name) {
    int slash = file.lastIndexOf('/');
    return slash < 0 ? labels : labels.resolve(NamePattern.filled(file.substring(0, slash), name));
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new MissingInputException(folder + ": no such file or folder with labels", e);
    }
  }

  private static String names(List<Path> files) {
    List<String> names =
        files.stream().limit(20).map(file -> String.valueOf(file.getFileName())).toList();
    return names.isEmpty() ? "no files" : String.join(", ", names);
  }
}
