package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.capture.CaptureSelection;
import java.nio.file.Path;
import java.util.HashMap;
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
    return distinct(captures, captures.stream().map(CaptureNames::of).toList());
  }

  /**
   * Names of the captures that were found, in their order. Those in folders below one that was
   * given have these folders before their name, with slashes between: {@code Tor/browsing}.
   *
   * @throws ContractException when two have the same name
   */
  public static List<String> of(CaptureSelection selection) {
    return distinct(
        selection.captures(), selection.places().stream().map(CaptureNames::ofPlace).toList());
  }

  private static String ofPlace(Path place) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i + 1 < place.getNameCount(); i++) {
      name.append(place.getName(i)).append('/');
    }
    return name.append(of(place)).toString();
  }

  private static List<String> distinct(List<Path> captures, List<String> names) {
    Map<String, Path> known = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Path other = known.putIfAbsent(names.get(i), captures.get(i));
      if (other != null) {
        throw new ContractException(
            "%s: has the same capture name (%s) as %s; rename one of them, give the folder above"
                    .formatted(captures.get(i), names.get(i), other)
                + " both, or extract them apart");
      }
    }
    return List.copyOf(names);
  }
}
