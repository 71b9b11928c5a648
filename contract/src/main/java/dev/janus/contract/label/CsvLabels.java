package dev.janus.contract.label;

import java.nio.charset.Charset;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Label files with a row for each flow, and how they are joined with flows.
 *
 * @param names which files belong to a capture
 * @param layout how a file is written
 * @param columns which column is which
 * @param timestamps how time stamps are read
 * @param toleranceMicros how far a flow's start may lie outside the time a stamp stands for
 */
public record CsvLabels(
    FileNames names,
    Layout layout,
    LabelColumns columns,
    TimestampFormat timestamps,
    long toleranceMicros)
    implements LabelPolicy {
  /** Tolerance where the description gives none. */
  public static final long DEFAULT_TOLERANCE_MICROS = 1_000_000;

  /**
   * Names of the files of a capture. In all of them <code>{capture}</code> stands for its name,
   * {@code *} for any letters and {@code ?} for one.
   *
   * @param pattern file of a capture that {@code byCapture} does not list
   * @param byCapture pattern of capture names to their files, every one of which must be there; the
   *     first pattern that fits decides
   */
  public record FileNames(String pattern, Map<String, List<String>> byCapture) {
    /** Label file where the description names none. */
    public static final String DEFAULT_PATTERN = "{capture}.csv";

    /**
     * @throws IllegalArgumentException naming the key when a name is blank or a list empty
     */
    public FileNames {
      if (pattern.isBlank()) {
        throw new IllegalArgumentException("label_file: must not be blank");
      }
      Map<String, List<String>> copy = new LinkedHashMap<>();
      for (Map.Entry<String, List<String>> entry : byCapture.entrySet()) {
        List<String> files = List.copyOf(entry.getValue());
        if (files.isEmpty() || files.stream().anyMatch(String::isBlank)) {
          throw new IllegalArgumentException(
              "label_files: \"" + entry.getKey() + "\" needs the name of a file");
        }
        copy.put(entry.getKey(), files);
      }
      byCapture = Collections.unmodifiableMap(copy);
    }

    /** The same pattern for every capture. */
    public static FileNames of(String pattern) {
      return new FileNames(pattern, Map.of());
    }
  }

  /**
   * How a file is written.
   *
   * @param charset its character set
   * @param delimiter what stands between two fields
   * @param header names of the columns of a file without a header line; empty when its first line
   *     is the header
   */
  public record Layout(Charset charset, char delimiter, List<String> header) {
    /** Field separator where the description gives none. */
    public static final char DEFAULT_DELIMITER = ',';

    public Layout {
      header = List.copyOf(header);
    }

    /** Fields between commas, under a header line. */
    public static Layout of(Charset charset) {
      return new Layout(charset, DEFAULT_DELIMITER, List.of());
    }
  }

  /**
   * @throws IllegalArgumentException naming the key when a value cannot be used
   */
  public CsvLabels {
    if (toleranceMicros < 0) {
      throw new IllegalArgumentException("time.tolerance_us: must not be negative");
    }
  }

  @Override
  public Kind kind() {
    return Kind.JOIN;
  }
}
