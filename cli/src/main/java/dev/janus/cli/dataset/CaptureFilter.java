package dev.janus.cli.dataset;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A choice of captures by name, without regard to case; {@code *} stands for any letters. No name
 * means every capture.
 */
final class CaptureFilter {
  /** Every capture. */
  static final CaptureFilter ALL = new CaptureFilter(List.of());

  private final List<Pattern> patterns;

  private CaptureFilter(List<Pattern> patterns) {
    this.patterns = patterns;
  }

  /**
   * Checks that every name is that of a capture in the data.
   *
   * @param where configuration key or option, for the error
   * @param present names of the captures in the data
   * @param mistake how a command ends that names another one
   * @throws CliException with that code
   */
  static CaptureFilter of(
      String where, List<String> names, Collection<String> present, ExitCode mistake) {
    for (String name : names) {
      Pattern pattern = pattern(name);
      if (present.stream().noneMatch(capture -> pattern.matcher(lower(capture)).matches())) {
        throw new CliException(
            mistake,
            "%s: no capture named '%s' in the data; it holds: %s"
                .formatted(
                    where,
                    name,
                    String.join(", ", Set.copyOf(present).stream().sorted().toList())));
      }
    }
    return new CaptureFilter(names.stream().map(CaptureFilter::pattern).toList());
  }

  boolean contains(String capture) {
    return patterns.isEmpty()
        || patterns.stream().anyMatch(pattern -> pattern.matcher(lower(capture)).matches());
  }

  private static Pattern pattern(String name) {
    return Pattern.compile("\\Q" + lower(name).replace("*", "\\E.*\\Q") + "\\E");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
