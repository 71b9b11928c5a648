package dev.janus.cli.download;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One file of an {@link Offer}.
 *
 * @param name path below the output folder, parts divided by {@code /}
 * @param url where it lies; empty when only the publisher's page leads to it
 * @param bytes its exact size, where that is known before the first request
 * @param checksums all that it must have
 * @param md5Url where the publisher keeps its MD5 as a text
 */
public record RemoteFile(
    String name,
    Optional<URI> url,
    OptionalLong bytes,
    List<Checksum> checksums,
    Optional<URI> md5Url) {
  private static final Pattern PART = Pattern.compile("[A-Za-z0-9_+()-][A-Za-z0-9_.,+() -]*");

  /**
   * @throws IllegalArgumentException when the name could leave the output folder, or the size is
   *     negative
   */
  public RemoteFile {
    for (String part : name.split("/", -1)) {
      if (!PART.matcher(part).matches() || part.endsWith(" ") || part.endsWith(".")) {
        throw new IllegalArgumentException(
            "name must be a relative path of letters, digits, '.', '-' and '_', not '"
                + name
                + "'");
      }
    }
    if (bytes.isPresent() && bytes.getAsLong() < 0) {
      throw new IllegalArgumentException("bytes must not be negative");
    }
    checksums = List.copyOf(checksums);
  }

  /** A file of which nothing but its place is known; named after the end of the URL. */
  public static RemoteFile at(URI url) {
    return new RemoteFile(
        WebAddress.fileName(url),
        Optional.of(url),
        OptionalLong.empty(),
        List.of(),
        Optional.empty());
  }

  /** The same file from another place; a checksum kept beside the old place does not count. */
  public RemoteFile from(URI other) {
    return new RemoteFile(name, Optional.of(other), bytes, checksums, Optional.empty());
  }

  /** The last part of the name. */
  public String baseName() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
