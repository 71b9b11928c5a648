package dev.janus.contract.artifact;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a zip of stored entries whose sizes are not known before they are written, in zip64 where
 * needed. The JDK's writer wants size and checksum of a stored entry first. Entries carry a fixed
 * date, so that equal content gives equal bytes. Not thread-safe.
 */
final class StoredZip {
  private static final int LOCAL_HEADER = 0x04034b50;
  private static final int CENTRAL_HEADER = 0x02014b50;
  private static final int ZIP64_END = 0x06064b50;
  private static final int ZIP64_LOCATOR = 0x07064b50;
  private static final int END = 0x06054b50;

  private static final int VERSION_ZIP64 = 45;
  private static final int UTF8_NAMES = 0x0800;
  private static final int DATE_1980_01_01 = 0x21;
  private static final int ZIP64_EXTRA = 1;
  private static final long MAX_32 = 0xffff_ffffL;
  private static final int MAX_16 = 0xffff;

  private record Entry(byte[] name, long headerAt, long size, long crc) {}

  private final ChannelOutput out;
  private final List<Entry> entries = new ArrayList<>();
  private byte[] openName = {};
  private long openHeaderAt = -1;
  private long openDataAt;

  StoredZip(FileChannel channel) {
    this.out = new ChannelOutput(channel);
  }

  /** Starts an entry; what is written to the result until {@link #endEntry} is its content. */
  ChannelOutput beginEntry(String name) throws IOException {
    if (openHeaderAt >= 0) {
      throw new IllegalStateException("the entry before is still open");
    }
    openName = name.getBytes(StandardCharsets.UTF_8);
    openHeaderAt = out.position();
    out.putInt(LOCAL_HEADER);
    putVersionToDate();
    out.putInt(0); // checksum, patched at the end of the entry
    out.putInt((int) MAX_32);
    out.putInt((int) MAX_32);
    out.putShort(openName.length);
    out.putShort(20);
    out.write(openName);
    out.putShort(ZIP64_EXTRA);
    out.putShort(16);
    out.putLong(0); // both sizes, patched likewise
    out.putLong(0);
    out.restartCrc();
    openDataAt = out.position();
    return out;
  }

  void endEntry() throws IOException {
    long size = out.position() - openDataAt;
    long crc = out.crc();
    out.patch(openHeaderAt + 14, little(4).putInt((int) crc).flip());
    out.patch(openDataAt - 16, little(16).putLong(size).putLong(size).flip());
    entries.add(new Entry(openName, openHeaderAt, size, crc));
    openHeaderAt = -1;
  }

  /** Writes the directory; the file is then a complete zip. */
  void finish() throws IOException {
    long directoryAt = out.position();
    for (Entry entry : entries) {
      putCentralHeader(entry);
    }
    long directorySize = out.position() - directoryAt;
    if (directoryAt >= MAX_32 || directorySize >= MAX_32 || entries.size() >= MAX_16) {
      putZip64End(directoryAt, directorySize);
    }
    out.putInt(END);
    out.putInt(0);
    out.putShort(Math.min(entries.size(), MAX_16));
    out.putShort(Math.min(entries.size(), MAX_16));
    out.putInt((int) Math.min(directorySize, MAX_32));
    out.putInt((int) Math.min(directoryAt, MAX_32));
    out.putShort(0);
    out.flush();
  }

  private void putVersionToDate() throws IOException {
    out.putShort(VERSION_ZIP64);
    out.putShort(UTF8_NAMES);
    out.putShort(0); // stored
    out.putShort(0);
    out.putShort(DATE_1980_01_01);
  }

  private void putCentralHeader(Entry entry) throws IOException {
    boolean largeSize = entry.size() >= MAX_32;
    boolean farAway = entry.headerAt() >= MAX_32;
    int extra = (largeSize ? 16 : 0) + (farAway ? 8 : 0);
    out.putInt(CENTRAL_HEADER);
    out.putShort(VERSION_ZIP64);
    putVersionToDate();
    out.putInt((int) entry.crc());
    out.putInt((int) (largeSize ? MAX_32 : entry.size()));
    out.putInt((int) (largeSize ? MAX_32 : entry.size()));
    out.putShort(entry.name().length);
    out.putShort(extra == 0 ? 0 : extra + 4);
    out.putShort(0); // no comment
    out.putShort(0); // first disk
    out.putShort(0);
    out.putInt(0); // no attributes
    out.putInt((int) (farAway ? MAX_32 : entry.headerAt()));
    out.write(entry.name());
    if (extra > 0) {
      out.putShort(ZIP64_EXTRA);
      out.putShort(extra);
      if (largeSize) {
        out.putLong(entry.size());
        out.putLong(entry.size());
      }
      if (farAway) {
        out.putLong(entry.headerAt());
      }
    }
  }

  private void putZip64End(long directoryAt, long directorySize) throws IOException {
    long endAt = out.position();
    out.putInt(ZIP64_END);
    out.putLong(44); // bytes that follow in this record
    out.putShort(VERSION_ZIP64);
    out.putShort(VERSION_ZIP64);
    out.putInt(0);
    out.putInt(0);
    out.putLong(entries.size());
    out.putLong(entries.size());
    out.putLong(directorySize);
    out.putLong(directoryAt);
    out.putInt(ZIP64_LOCATOR);
    out.putInt(0);
    out.putLong(endAt);
    out.putInt(1);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
