package dev.janus.cli.download;

import dev.janus.cli.terminal.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is known of an unfinished file, kept beside it.
 *
 * @param source a fingerprint of its address, which itself may hold what is secret
 * @param bytes how many are on the disk for certain
 * @param total size of the whole file, if stated
 * @param validator what the server named this version of the file: a strong ETag, or a date
 */
record PartState(String source, long bytes, OptionalLong total, Optional<String> validator) {
  /** Nothing yet of what lies there. */
  static PartState empty(URI url) {
    return new PartState(fingerprint(url), 0, OptionalLong.empty(), Optional.empty());
  }

  PartState withBytes(long count) {
    return new PartState(source, count, total, validator);
  }

  PartState of(OptionalLong size, Optional<String> version) {
    return new PartState(source, bytes, size, version);
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source_sha256", source);
    json.put("bytes", bytes);
    total.ifPresent(size -> json.put("total", size));
    validator.ifPresent(version -> json.put("validator", version));
    return Json.pretty(json);
  }

  /** Empty when it cannot be understood; the file is then begun again. */
  static Optional<PartState> parse(String text) {
    try {
      if (Json.parse(text) instanceof Map<?, ?> json
          && json.get("source_sha256") instanceof String source
          && json.get("bytes") instanceof Number bytes
          && bytes.longValue() >= 0) {
        return Optional.of(
            new PartState(
                source,
                bytes.longValue(),
                json.get("total") instanceof Number total && total.longValue() >= 0
                    ? OptionalLong.of(total.longValue())
                    : OptionalLong.empty(),
                json.get("validator") instanceof String validator
                    ? Optional.of(validator)
                    : Optional.empty()));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static String fingerprint(URI url) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(url.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
