package dev.janus.cli.config;

import dev.janus.cli.download.Checksum;
import dev.janus.cli.download.Offer;
import dev.janus.cli.download.RemoteFile;
import dev.janus.cli.download.WebAddress;
import dev.janus.cli.terminal.CliException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what can be downloaded of a data set: a file of {@code configs/downloads}. */
public final class DownloadReader {
  private DownloadReader() {}

  /**
   * Reads the file.
   *
   * @throws CliException naming file, line and column of what is wrong
   */
  public static Offer read(Path file) {
    return read(YamlFile.read(file, List.of()));
  }

  /** As {@link #read(Path)}, of a mapping that was read already. */
  static Offer read(YamlMap root) {
    String name = root.require("name").text();
    String title = root.text("title", name);
    URI page = url(root.require("page"));
    String licence = root.require("licence").text();
    List<String> steps = root.texts("steps", List.of());
    List<String> kinds = new ArrayList<>();
    for (Offer.Access access : Offer.Access.values()) {
      kinds.add(access.name().toLowerCase(Locale.ROOT));
    }
    Offer.Access access =
        Offer.Access.valueOf(root.choice("access", "open", kinds).toUpperCase(Locale.ROOT));
    String base = root.text("base", "");
    List<RemoteFile> files = new ArrayList<>();
    for (YamlValue item : root.find("files").map(YamlValue::items).orElse(List.of())) {
      files.add(remoteFile(item.map(), base));
    }
    root.finish();
    return root.checked(() -> new Offer(name, title, page, licence, steps, access, files));
  }

  private static RemoteFile remoteFile(YamlMap map, String base) {
    String name = map.require("name").text();
    Optional<URI> url = map.find("url").map(value -> url(value, base));
    Optional<URI> md5Url = map.find("md5_url").map(value -> url(value, base));
    OptionalLong bytes =
        map.find("bytes")
            .map(value -> OptionalLong.of(value.integer(0, Long.MAX_VALUE)))
            .orElse(OptionalLong.empty());
    List<Checksum> checksums = new ArrayList<>();
    for (Checksum.Kind kind : Checksum.Kind.values()) {
      map.find(kind.key())
          .map(value -> checksum(value, kind, map.integer("part_bytes", 0L, 1, Long.MAX_VALUE)))
          .ifPresent(checksums::add);
    }
    map.finish();
    return map.checked(() -> new RemoteFile(name, url, bytes, checksums, md5Url));
  }

  private static Checksum checksum(YamlValue value, Checksum.Kind kind, long partBytes) {
    try {
      return kind == Checksum.Kind.S3_ETAG && partBytes > 0
          ? new Checksum(kind, value.text(), partBytes)
          : Checksum.of(kind, value.text());
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static URI url(YamlValue value) {
    return url(value, "");
  }

  /** An address that does not begin as one is the rest of one that begins with {@code base}. */
  private static URI url(YamlValue value, String base) {
    String text = value.text();
    try {
      return WebAddress.parse(
          text.contains("://") ? text : base + text, WebAddress.PlainHttp.ALLOWED);
    } catch (CliException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }
}
