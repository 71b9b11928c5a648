package dev.janus.contract.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Gzips one page after the other with a single deflater; the JDK's stream makes a new one, with its
 * native memory, for each. Not thread-safe.
 */
final class GzipCoder implements AutoCloseable {
  private static final byte[] HEADER = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff};

  /**
   * The fastest level: on these numbers the best one saves a few percent and takes ten times as
   * long.
   */
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);

  private final byte[] chunk = new byte[1 << 14];

  byte[] encode(byte[] page) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(page.length / 2 + 64);
    out.writeBytes(HEADER);
    deflater.reset();
    deflater.setInput(page);
    deflater.finish();
    while (!deflater.finished()) {
      out.write(chunk, 0, deflater.deflate(chunk));
    }
    CRC32 crc = new CRC32();
    crc.update(page);
    out.writeBytes(
        ByteBuffer.allocate(8)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt((int) crc.getValue())
            .putInt(page.length)
            .array());
    return out.toByteArray();
  }

  @Override
  public void close() {
    deflater.end();
  }
}
