package dev.janus.contract.artifact;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Names of captures as the {@code capture} column and label files use them. */
public final class CaptureNames {
  private static final Pattern ENDING =
      Pattern.compile("(\\.(pcapng|pcap|cap))?(\\.gz)?$", Pattern.CASE_INSENSITIVE);

  private CaptureNames() {}

  /**
   * File name without folder and without {@code .pcap}, {@code .pcapng}, {@code .cap}, {@code .gz}.
   */
  public static String of(Path capture) {
    Path name = capture.getFileName();
    String text = name == null ? "" : name.toString();
    String stem = ENDING.matcher(text).replaceFirst("");
    return stem.isEmpty() ? text : stem;
  }

  /** Names of several captures, in their order. */
  public static List<String> of(List<Path> captures) {
    return captures.stream().map(CaptureNames::of).toList();
  }
}
