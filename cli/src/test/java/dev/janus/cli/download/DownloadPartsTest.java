package dev.janus.cli.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.janus.cli.terminal.CliException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small things a download is made of. */
final class DownloadPartsTest {
  @ParameterizedTest
  @CsvSource({
    "500, 500",
    "64K, 65536",
    "20 MiB, 20971520",
    "1g, 1073741824",
    "2TB, 2199023255552",
    "0, 0",
    "1.5G, ",
    "-1, ",
    "many, ",
    "99999999999999T, "
  })
  void sizesAreReadAsPeopleWriteThem(String text, Long bytes) {
    assertThat(ByteSize.parse(text))
        .isEqualTo(bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.00 KiB",
    "10239, 10.0 KiB",
    "1048575, 1.00 MiB",
    "39913353098, 37.2 GiB",
    "9223372036854775807, 8.00 EiB"
  })
  void sizesAreShownWithThreeDigits(long bytes, String text) {
    assertThat(ByteSize.shown(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes 0-4/5, 0, 4, 5",
    "bytes 10-19/*, 10, 19, ",
    "bytes */7, -1, -1, 7",
    "bytes 5-4/9, , , ",
    "bytes 5-9/9, , , ",
    "items 0-1/2, , , ",
    "bytes 0-99999999999999999999/2, , , ",
    "'', , , "
  })
  void rangesAreUnderstoodOrNotAtAll(String header, Long first, Long last, Long total) {
    Optional<ContentRange> range = ContentRange.parse(header);
    assertThat(range)
        .isEqualTo(
            first == null
                ? Optional.empty()
                : Optional.of(
                    new ContentRange(
                        first,
                        last,
                        total == null ? OptionalLong.empty() : OptionalLong.of(total))));
  }

  @Test
  void aServerAsksForTimeInSecondsOrWithADate() {
    Instant now = Instant.parse("2026-01-02T03:04:05Z");
    assertThat(RetryAfter.parse("120", now)).hasValue(Duration.ofMinutes(2));
    assertThat(RetryAfter.parse("Fri, 02 Jan 2026 03:05:05 GMT", now))
        .hasValue(Duration.ofMinutes(1));
    assertThat(RetryAfter.parse("Fri, 02 Jan 2026 03:00:00 GMT", now)).hasValue(Duration.ZERO);
    assertThat(RetryAfter.parse("soon", now)).isEmpty();
    assertThat(RetryAfter.parse("99999999999", now)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/a/b.pcap, b.pcap",
    "https://h/download.php?file=CIC%2FPCAPs%2FMonday-WorkingHours.pcap, Monday-WorkingHours.pcap",
    "https://h/download.php?x=1&file=a+b.csv, a b.csv",
    "https://h/download.php?file=..%2F..%2Fetc%2Fpasswd, passwd",
    "https://h/a/..%2F.., _..",
    "https://h/%2E%2E, download",
    "https://h/.bashrc, bashrc",
    "https://h/, download",
    "https://h, download",
    "https://h/download.php?file=%zz, _zz"
  })
  void namesFromAddressesStayInTheFolder(String url, String name) {
    // the malformed query is none for URI either, so it is put together by hand
    if (url.contains("%zz")) {
      assertThatIllegalArgumentException().isThrownBy(() -> URI.create(url));
      return;
    }
    String found = WebAddress.fileName(URI.create(url));
    assertThat(found).doesNotContain("/", "\\").isNotIn(".", "..");
    if (!url.endsWith("..%2F..")) {
      assertThat(found).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../x", "/x", "a//b", "a/../b", "", ".x", "a/.b", "c:\\x", "x ", "x.", "a\nb"})
  void namesThatCouldLeaveTheFolderAreRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Downloads.file(name, URI.create("https://h/x")))
        .withMessageContaining("name must be");
  }

  @ParameterizedTest
  @CsvSource({
    "http://example.org/x, not encrypted",
    "ftp://example.org/x, only https",
    "file:///etc/passwd, only https",
    "https:///x, names no host",
    "https://me:secret@example.org/x, no passwords",
    "https://example.org/a b?secret, not a web address",
  })
  void addressesThatMayNotBeFetchedAreRefusedWithoutSecrets(String url, String reason) {
    assertThatExceptionOfType(CliException.class)
        .isThrownBy(() -> WebAddress.parse(url, WebAddress.PlainHttp.LOCAL))
        .withMessageContaining(reason)
        .satisfies(e -> assertThat(e).hasMessageNotContaining("secret"));
  }

  @Test
  void anEtagOfPartsIsTheDigestOfDigests() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    for (int length : new int[] {1, 9, 10, 11, 20, 25, 30}) {
      byte[] file = new byte[length];
      random.nextBytes(file);
      ByteArrayOutputStream digests = new ByteArrayOutputStream();
      int parts = (length + 9) / 10;
      for (int i = 0; i < parts; i++) {
        byte[] part = Arrays.copyOfRange(file, i * 10, Math.min(length, i * 10 + 10));
        digests.write(HexFormat.of().parseHex(Downloads.hex("MD5", part)));
      }
      String tag = Downloads.hex("MD5", digests.toByteArray()) + "-" + parts;
      Checksum checksum = new Checksum(Checksum.Kind.S3_ETAG, tag, 10);
      InputStream in = new ByteArrayInputStream(file);
      assertThat(checksum.measure(in, read -> {})).as("length " + length).isEqualTo(tag);
    }
  }

  @Test
  void checksumsHaveTheFormOfTheirKind() {
    assertThatIllegalArgumentException().isThrownBy(() -> Checksum.of(Checksum.Kind.MD5, "abc"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Checksum.of(Checksum.Kind.S3_ETAG, "0".repeat(32)));
    assertThat(Checksum.of(Checksum.Kind.MD5, "ABCDEF".repeat(5) + "01").value())
        .isEqualTo("abcdef".repeat(5) + "01");
  }
}
