package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.zip.CRC32;

/**
 * A checksum over a whole Parquet file, kept in the file's own metadata. Parquet protects pages at
 * best; a changed byte in the footer would go unseen. The checksum is that of the file with eight
 * zeros in the place of the checksum.
 *
 * <p>A program that reads a table and writes it again keeps the metadata, the old checksum with it,
 * and puts its own name into {@code created_by}. So the checksum counts only in a file that this
 * writer signed, and there it must be. A signature with a few wrong bytes still counts as one:
 * otherwise the flipped bit that the checksum is there to find could switch the checksum off. No
 * other writer's name comes that near. Damage that wipes the name out altogether makes the file a
 * foreign one; what else is wrong with it then meets the checks that those must pass, and the
 * checksums of its pages.
 */
final class ParquetChecksum {
  static final String KEY = "janus.crc32";

  /** Stands in for the checksum while it is computed. */
  static final String BLANK = "00000000";

  /** In so many bytes may a signature be wrong and still be known. */
  private static final int WRONG_BYTES = 3;

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL = 8;
  private static final int MAX_FOOTER = 1 << 28;

  private ParquetChecksum() {}

  static byte[] toBytes(long crc) {
    return HexFormat.of().toHexDigits((int) crc).getBytes(StandardCharsets.US_ASCII);
  }

  /** Where in the footer the value stands: behind its key and the two bytes that announce it. */
  static OptionalInt find(byte[] footer) {
    byte[] key = KEY.getBytes(StandardCharsets.US_ASCII);
    int valueBytes = BLANK.length();
    for (int at = footer.length - key.length - 2 - valueBytes; at >= 0; at--) {
      int value = at + key.length + 2;
      if (Arrays.equals(footer, at, at + key.length, key, 0, key.length)
          && footer[value - 1] == valueBytes) {
        return OptionalInt.of(value);
      }
    }
    return OptionalInt.empty();
  }

  /** Whether this writer's name stands in the footer, be it with damage. */
  static boolean isSigned(byte[] footer) {
    byte[] name = ParquetFooter.CREATED_BY.getBytes(StandardCharsets.US_ASCII);
    for (int at = footer.length - name.length; at >= 0; at--) {
      int wrong = 0;
      for (int i = 0; i < name.length && wrong <= WRONG_BYTES; i++) {
        wrong += footer[at + i] == name[i] ? 0 : 1;
      }
      if (wrong <= WRONG_BYTES) {
        return true;
      }
    }
    return false;
  }

  /**
   * Checks that the file is Parquet and, where this writer wrote it, that its checksum is right.
   *
   * @return whether this writer wrote it
   * @throws ContractException when not
   */
  static boolean verify(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < MAGIC.length + TAIL || !hasMagic(channel, 0) || !hasMagic(channel, size - 4)) {
        throw new ContractException(
            file + ": not a Parquet file, or cut short (" + size + " bytes)");
      }
      long footerBytes = read(channel, size - TAIL, 4).getInt() & 0xffff_ffffL;
      long footerAt = size - TAIL - footerBytes;
      if (footerAt < MAGIC.length || footerBytes > MAX_FOOTER) {
        throw new ContractException(
            "%s: damaged: its footer would take %d of %d bytes".formatted(file, footerBytes, size));
      }
      byte[] footer = read(channel, footerAt, (int) footerBytes).array();
      if (!isSigned(footer)) {
        return false;
      }
      OptionalInt value = find(footer);
      if (value.isEmpty()) {
        throw new ContractException(file + ": has lost its checksum; the file is damaged");
      }
      verify(file, channel, footerAt + value.getAsInt(), footer, value.getAsInt());
      return true;
    } catch (NoSuchFileException e) {
      throw new MissingInputException(file + ": no such file", e);
    } catch (IOException e) {
      throw new ContractException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private static void verify(
      Path file, FileChannel channel, long valueAt, byte[] footer, int inFooter)
      throws IOException {
    String stated = new String(footer, inFooter, BLANK.length(), StandardCharsets.ISO_8859_1);
    CRC32 crc = new CRC32();
    update(crc, channel, 0, valueAt);
    crc.update(BLANK.getBytes(StandardCharsets.US_ASCII));
    update(crc, channel, valueAt + BLANK.length(), channel.size());
    if (!stated.equals(new String(toBytes(crc.getValue()), StandardCharsets.US_ASCII))) {
      throw new ContractException(file + ": wrong checksum; the file is damaged");
    }
  }

  private static void update(CRC32 crc, FileChannel channel, long from, long to)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    for (long at = from; at < to; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(buffer.capacity(), to - at));
      readFully(channel, at, buffer);
      crc.update(buffer.flip());
    }
  }

  private static boolean hasMagic(FileChannel channel, long at) throws IOException {
    return Arrays.equals(read(channel, at, MAGIC.length).array(), MAGIC);
  }

  private static ByteBuffer read(FileChannel channel, long at, int bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, at, buffer);
    return buffer.flip();
  }

  private static void readFully(FileChannel channel, long at, ByteBuffer buffer)
      throws IOException {
    long position = at;
    while (buffer.hasRemaining()) {
      int got = channel.read(buffer, position);
      if (got < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      position += got;
    }
  }
}
