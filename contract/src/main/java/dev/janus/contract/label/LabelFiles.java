package dev.janus.contract.label;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the label files of a capture. */
public final class LabelFiles {
  private static final String CAPTURE = "{capture}";

  private LabelFiles() {}

  /**
   * The files that fit the description, by name.
   *
   * @param labels a file, which then serves every capture, or a folder
   * @param capture name of the capture, without folder and ending
   * @return at least one file
   * @throws ContractException when there is none; says what was looked for and what there is
   */
  public static List<Path> of(DatasetDescription description, Path labels, String capture) {
    if (Files.isRegularFile(labels)) {
      return List.of(labels);
    }
    String wanted = description.labelFile().replace(CAPTURE, capture);
    Pattern pattern = pattern(description.labelFile(), capture);
    List<Path> present = list(labels);
    List<Path> found =
        present.stream()
            .filter(file -> pattern.matcher(String.valueOf(file.getFileName())).matches())
            .toList();
    if (found.isEmpty()) {
      throw new ContractException(
          "%s: no label file %s for capture %s; there are: %s. Change label_file in the description"
                  .formatted(labels, wanted, capture, names(present))
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

  private static Pattern pattern(String labelFile, String capture) {
    StringBuilder regex = new StringBuilder();
    for (int at = 0; at < labelFile.length(); ) {
      if (labelFile.startsWith(CAPTURE, at)) {
        regex.append(Pattern.quote(capture));
        at += CAPTURE.length();
      } else {
        char c = labelFile.charAt(at++);
        regex.append(
            switch (c) {
              case '*' -> ".*";
              case '?' -> ".";
              default -> Pattern.quote(String.valueOf(c));
            });
      }
    }
    return Pattern.compile(regex.toString());
  }
}
