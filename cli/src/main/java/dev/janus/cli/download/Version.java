package dev.janus.cli.download;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How a server names the version of a file, such that two equal names mean equal bytes. */
final class Version {
  private Version() {}

  /**
   * A strong ETag, or the date of the last change if the answer is at least a second younger: only
   * then no second change can hide behind it (RFC 9110, 8.8.2.2).
   */
  static Optional<String> of(HttpHeaders headers) {
    Optional<String> tag =
        headers.firstValue("ETag").map(String::strip).filter(t -> t.matches("\"[^\"]*\""));
    return tag.or(() -> lastChange(headers));
  }

  private static Optional<String> lastChange(HttpHeaders headers) {
    Optional<String> changed = headers.firstValue("Last-Modified").map(String::strip);
    Optional<Instant> change = changed.flatMap(Version::date);
    Optional<Instant> now = headers.firstValue("Date").flatMap(Version::date);
    boolean settled =
        change.isPresent()
            && now.isPresent()
            && Duration.between(change.get(), now.get()).toSeconds() >= 1;
    return settled ? changed : Optional.empty();
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
