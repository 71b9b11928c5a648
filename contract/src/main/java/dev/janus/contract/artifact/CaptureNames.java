package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /**
   * Names of several captures, in their order.
   *
   * @throws ContractException when two have the same name, so that label files, splits and the
   *     {@code capture} column could not tell them apart
   */
  public static List<String> of(List<Path> captures) {
    Map<String, Path> known = new LinkedHashMap<>();
    for (Path capture : captures) {
      Path other = known.putIfAbsent(of(capture), capture);
      if (other != null) {
        throw new ContractException(
            "%s: has the same capture name (%s) as %s; rename one of them, or extract them apart"
                .formatted(capture, of(capture), other));
      }
    }
    return List.copyOf(known.keySet());
  }
}
