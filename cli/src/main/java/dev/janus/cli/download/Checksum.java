package dev.janus.cli.download;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A checksum that a file must have.
 *
 * @param kind how it is made
 * @param value in lower-case hexadecimal digits
 * @param partBytes for {@link Kind#S3_ETAG} the size of the parts it was uploaded in, else 0
 */
public record Checksum(Kind kind, String value, long partBytes) {
  /** The part size that the common upload tools use. */
  public static final long USUAL_PART_BYTES = 16 << 20;

  private static final int CHUNK_BYTES = 1 << 18;

  /** How a checksum is made. */
  public enum Kind {
    MD5("md5", "MD5", "[0-9a-f]{32}"),
    SHA1("sha1", "SHA-1", "[0-9a-f]{40}"),
    SHA256("sha256", "SHA-256", "[0-9a-f]{64}"),
    /** What S3 shows of a file uploaded in parts: the MD5 of the MD5s of the parts, and a count. */
    S3_ETAG("s3_etag", "MD5", "[0-9a-f]{32}-[1-9][0-9]{0,4}");

    private final String key;
    private final String algorithm;
    private final Pattern form;

    Kind(String key, String algorithm, String form) {
      this.key = key;
      this.algorithm = algorithm;
      this.form = Pattern.compile(form);
    }

    /** Its name in a description. */
    public String key() {
      return key;
    }
  }

  /**
   * @throws IllegalArgumentException when the value has not the form of its kind
   */
  public Checksum {
    value = value.toLowerCase(Locale.ROOT);
    if (!kind.form.matcher(value).matches()) {
      throw new IllegalArgumentException(kind.key + " must be of the form " + kind.form);
    }
    if (kind == Kind.S3_ETAG ? partBytes <= 0 : partBytes != 0) {
      throw new IllegalArgumentException("part_bytes must be positive for s3_etag alone");
    }
  }

  /** A checksum over the whole file. */
  public static Checksum of(Kind kind, String value) {
    return new Checksum(kind, value, kind == Kind.S3_ETAG ? USUAL_PART_BYTES : 0);
  }

  /**
   * The value that these bytes have.
   *
   * @param progress told now and then how many bytes were read; what it throws ends the reading
   */
  String measure(InputStream in, LongConsumer progress) throws IOException {
    return kind == Kind.S3_ETAG ? measureParts(in, progress) : measureWhole(in, progress);
  }

  private String measureWhole(InputStream in, LongConsumer progress) throws IOException {
    MessageDigest digest = digest();
    byte[] chunk = new byte[CHUNK_BYTES];
    long read = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      digest.update(chunk, 0, n);
      read += n;
      progress.accept(read);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private String measureParts(InputStream in, LongConsumer progress) throws IOException {
    MessageDigest whole = digest();
    MessageDigest part = digest();
    byte[] chunk = new byte[CHUNK_BYTES];
    long read = 0;
    long left = partBytes;
    int parts = 0;
    while (true) {
      int n = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (n >= 0) {
        part.update(chunk, 0, n);
        read += n;
        left -= n;
        progress.accept(read);
      }
      if (left == 0 || n < 0 && left < partBytes) {
        whole.update(part.digest());
        parts++;
        left = partBytes;
      }
      if (n < 0) {
        return HexFormat.of().formatHex(whole.digest()) + "-" + parts;
      }
    }
  }

  private MessageDigest digest() {
    try {
      return MessageDigest.getInstance(kind.algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + kind.algorithm, e);
    }
  }
}
