package dev.janus.contract.capture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * What the first four bytes of a capture say.
 *
 * @param format file format
 * @param bigEndian byte order of a classic pcap; pcapng states it in each section
 */
record CaptureMagic(CaptureFormat format, boolean bigEndian) {
  /** Bytes needed to tell. */
  static final int LENGTH = 4;

  /** For error messages. */
  static final String SUPPORTED =
      "supported are pcap (micro- or nanoseconds, either byte order, modified) and pcapng, each"
          + " plain or gzip'ed";

  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final int GZIP_WINDOW = 1 << 16;

  /** The stream itself, or what it holds when it is gzip'ed. */
  static InputStream unzipped(SourceStream source) throws IOException {
    return source.startsWith(GZIP) ? new GzipStream(source, GZIP_WINDOW) : source;
  }

  /** Reads the magic of {@code word}, the first four bytes as a little-endian number. */
  static Optional<CaptureMagic> of(int word) {
    return switch (word) {
      case 0xa1b2c3d4 -> found(CaptureFormat.PCAP_MICROS, false);
      case 0xd4c3b2a1 -> found(CaptureFormat.PCAP_MICROS, true);
      case 0xa1b23c4d -> found(CaptureFormat.PCAP_NANOS, false);
      case 0x4d3cb2a1 -> found(CaptureFormat.PCAP_NANOS, true);
      case 0xa1b2cd34 -> found(CaptureFormat.PCAP_MODIFIED, false);
      case 0x34cdb2a1 -> found(CaptureFormat.PCAP_MODIFIED, true);
      case PcapngRecords.SECTION_HEADER -> found(CaptureFormat.PCAPNG, false);
      default -> Optional.empty();
    };
  }

  private static Optional<CaptureMagic> found(CaptureFormat format, boolean bigEndian) {
    return Optional.of(new CaptureMagic(format, bigEndian));
  }

  /**
   * Why {@code source} is not a capture; empty if it looks like one. Reads a few bytes only.
   *
   * @throws IOException when it cannot be read
   */
  static Optional<String> objection(SourceStream source) throws IOException {
    byte[] first;
    boolean zipped = source.startsWith(GZIP);
    try {
      first = unzipped(source).readNBytes(LENGTH);
    } catch (EOFException | ZipException e) {
      return Optional.of("damaged gzip stream");
    }
    if (first.length == LENGTH && of(littleEndian(first)).isPresent()) {
      return Optional.empty();
    }
    return Optional.of((zipped ? "gzip'ed, but holds " : "") + describe(first, first.length));
  }

  private static int littleEndian(byte[] bytes) {
    return (bytes[0] & 0xff)
        | (bytes[1] & 0xff) << 8
        | (bytes[2] & 0xff) << 16
        | (bytes[3] & 0xff) << 24;
  }

  /** Names what starts with these bytes, so that the user sees the mistake at once. */
  static String describe(byte[] bytes, int available) {
    if (available == 0) {
      return "an empty file";
    }
    int shown = Math.min(available, LENGTH);
    String hex = HexFormat.of().formatHex(bytes, 0, shown);
    String known =
        switch (hex) {
          case "28b52ffd" -> "a zstd file (decompress it first)";
          case "fd377a58" -> "an xz file (decompress it first)";
          case "504b0304" -> "a zip file (unpack it first)";
          case "04224d18" -> "an lz4 file (decompress it first)";
          case "25504446" -> "a PDF document";
          case "474d4255" -> "a Microsoft Network Monitor capture (convert it to pcapng first)";
          case "736e6f6f" -> "a snoop capture (convert it to pcapng first)";
          default -> hex.startsWith("425a68") ? "a bzip2 file (decompress it first)" : "";
        };
    if (!known.isEmpty()) {
      return known;
    }
    String text = new String(bytes, 0, shown, StandardCharsets.ISO_8859_1);
    boolean printable = text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    return "no capture (it starts with " + (printable ? "'" + text + "'" : "0x" + hex) + ")";
  }
}
