package dev.janus.contract.label;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Labels by capture: every flow of a capture has the label of the first pattern that fits its name.
 * A pattern with a slash, such as {@code Tor/*}, is compared with the folders above it too. Case
 * does not count.
 */
public final class CaptureLabels implements LabelPolicy {
  private record Rule(Pattern pattern, int segments, String label) {}

  private final List<Rule> rules = new ArrayList<>();

  /**
   * @param labels patterns of capture names to labels, in the order in which they are tried
   * @throws IllegalArgumentException naming the key when there is none, or a blank one
   */
  public CaptureLabels(Map<String, String> labels) {
    if (labels.isEmpty()) {
      throw new IllegalArgumentException("labels.by_capture: at least one capture is needed");
    }
    labels.forEach((pattern, label) -> {
      if (pattern.isBlank() || label.isBlank()) {
        throw new IllegalArgumentException(
            "labels.by_capture: \"" + pattern + "\" needs a label that is not blank");
      }
      int segments = NamePattern.parts(pattern);
      rules.add(
          new Rule(
              NamePattern.of(pattern, "", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE),
              segments,
              label));
    });
  }

  /**
   * The label of a capture's flows; empty when no pattern fits.
   *
   * @param capture its name, without ending
   * @param file where it lies
   */
  public Optional<String> label(String capture, Path file) {
    for (Rule rule : rules) {
      if (rule.pattern().matcher(tail(capture, file, rule.segments())).matches()) {
        return Optional.of(rule.label());
      }
    }
    return Optional.empty();
  }

  /** Name of the capture under the last folders of its path. */
  private static String tail(String capture, Path file, int segments) {
    StringBuilder text = new StringBuilder(NamePattern.lastParts(capture, 1));
    Path folder = file.toAbsolutePath().normalize().getParent();
    for (int i = 1; i < segments && folder != null && folder.getFileName() != null; i++) {
      text.insert(0, folder.getFileName() + "/");
      folder = folder.getParent();
    }
    return text.toString();
  }

  @Override
  public Kind kind() {
    return Kind.CAPTURE;
  }
}
