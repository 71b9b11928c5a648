package dev.janus.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The integrity digest: SHA-256 of the whole file with the digest's own digits taken as zeros. The
 * digits lie at a fixed place, as the first metadata entry of the header.
 */
final class SafeTensorsDigest {
  /** How every header begins. */
  static final String PREFIX =
      "{\"" + SafeTensorsHeader.METADATA + "\":{\"" + SafeTensors.DIGEST_KEY + "\":\"";

  static final String ZEROS = "0".repeat(64);
  private static final int AT = PREFIX.length();

  private final MessageDigest sha256;

  SafeTensorsDigest() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Whether a header begins with a digest. */
  static boolean present(byte[] header) {
    byte[] prefix = PREFIX.getBytes(StandardCharsets.US_ASCII);
    int end = AT + ZEROS.length();
    return header.length > end && Arrays.equals(header, 0, AT, prefix, 0, AT) && header[end] == '"';
  }

  /** The digits a header begins with. */
  static String digits(byte[] header) {
    return new String(header, AT, ZEROS.length(), StandardCharsets.ISO_8859_1);
  }

  /** Replaces the digits a header begins with. */
  static void setDigits(byte[] header, String digits) {
    byte[] bytes = digits.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, AT, ZEROS.length());
  }

  /** Takes the header length and the header; its digits count as zeros. */
  void addHeader(byte[] header) {
    sha256.update(lengthBytes(header));
    byte[] blank = header.clone();
    setDigits(blank, ZEROS);
    sha256.update(blank);
  }

  /** The eight bytes before the header. */
  static byte[] lengthBytes(byte[] header) {
    return ByteBuffer.allocate(Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .array();
  }

  void addData(byte[] bytes, int length) {
    sha256.update(bytes, 0, length);
  }

  /** 64 lower-case hexadecimal digits. */
  String result() {
    return HexFormat.of().formatHex(sha256.digest());
  }
}
