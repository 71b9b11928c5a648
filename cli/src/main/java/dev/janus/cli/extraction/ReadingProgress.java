package dev.janus.cli.extraction;

import dev.janus.cli.terminal.TextTable;
import java.util.Locale;

/**
 * How far captures are read.
 *
 * @param bytes read so far, as they lie on disk
 * @param totalBytes of all captures; 0 when they are pipes
 * @param packets kept so far
 * @param flows begun so far
 */
public record ReadingProgress(long bytes, long totalBytes, long packets, long flows) {
  private static final double MIB = 1 << 20;

  /**
   * One line for the terminal.
   *
   * @param startNanos {@link System#nanoTime} of the beginning
   */
  public String line(long startNanos) {
    double seconds = (System.nanoTime() - startNanos) * 1e-9;
    return String.format(
        Locale.ROOT,
        "reading captures: %.0f %sMiB, %s packets (%s/s), %s flows",
        bytes / MIB,
        totalBytes > 0 ? String.format(Locale.ROOT, "of %.0f ", totalBytes / MIB) : "",
        TextTable.count(packets),
        TextTable.count(Math.round(packets / seconds)),
        TextTable.count(flows));
  }
}
