package dev.janus.contract.label;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the label files of a capture. */
public final class LabelFiles {
  private LabelFiles() {}

  /**
   * The files that fit the description: those that {@code label_files} lists for the capture, in
   * that order, else those that {@code label_file} names, by name.
   *
   * @param labels a file, which then serves every capture, or a folder
   * @param capture name of the capture, without folder and ending
   * @return at least one file
   * @throws ContractException when one is missing; says what was looked for and what there is
   */
  public static List<Path> of(DatasetDescription description, Path labels, String capture) {
    if (Files.isRegularFile(labels)) {
      return List.of(labels);
    }
    CsvLabels.FileNames names = description.csv().names();
    for (Map.Entry<String, List<String>> listed : names.byCapture().entrySet()) {
      if (NamePattern.of(listed.getKey(), capture, 0).matcher(capture).matches()) {
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
    // The description may lead into a folder below; wildcards are for the last part alone.
    int slash = file.lastIndexOf('/');
    Path folder =
        slash < 0 ? labels : labels.resolve(NamePattern.filled(file.substring(0, slash), capture));
    Pattern pattern = NamePattern.of(file.substring(slash + 1), capture, 0);
    List<Path> present = list(folder);
    List<Path> found =
        present.stream()
            .filter(path -> pattern.matcher(String.valueOf(path.getFileName())).matches())
            .toList();
    if (found.isEmpty()) {
      throw new ContractException(
          "%s: no label file %s for capture %s; there are: %s. Change %s in the description"
                  .formatted(
                      folder, NamePattern.filled(file, capture), capture, names(present), key)
              + " of the data set");
    }
    return found;
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
