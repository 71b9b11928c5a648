package dev.janus.contract.capture;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.packet.PacketDecoder;
import dev.janus.contract.packet.PacketHeader;
import dev.janus.contract.packet.PacketVerdict;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipException;

/**
 * Streams the packets of one capture that can belong to a flow (method, sections 1 and 2). Reads
 * classic pcap and pcapng, plain or gzip'ed, found by their magic numbers. Memory is fixed whatever
 * the file says; nothing is allocated per packet.
 *
 * <p>Damage is counted in {@link #statistics} and never thrown; reading ends where the next packet
 * cannot be found. Not thread-safe, except {@link #bytesRead}.
 */
public final class CaptureReader implements AutoCloseable {
  private final InputBuffer in;
  private final SourceStream source;
  private final CaptureFormat format;
  private final PacketDecoder decoder;
  private final CaptureStatistics statistics;
  private final RecordSource records;
  private final PacketRecord record = new PacketRecord();
  private long latestRecordMicros;
  private boolean first = true;

  private CaptureReader(
      InputBuffer in, SourceStream source, CaptureMagic magic, CaptureOptions options) {
    this.in = in;
    this.source = source;
    this.format = magic.format();
    this.decoder = new PacketDecoder(options.tunnels(), options.fragments());
    this.statistics = new CaptureStatistics(decoder.statistics());
    this.records = records(in, magic, options, statistics);
  }

  private static RecordSource records(
      InputBuffer in, CaptureMagic magic, CaptureOptions options, CaptureStatistics statistics) {
    RecordSource records =
        magic.format() == CaptureFormat.PCAPNG
            ? new PcapngRecords(in, statistics)
            : new PcapRecords(in, magic, statistics);
    if (options.reorderWindow() > 0) {
      records = new ReorderWindow(records, options.reorderWindow(), statistics);
    }
    return options.duplicates() == DuplicatePolicy.KEEP
        ? records
        : new DuplicateFilter(records, options.duplicates(), statistics);
  }

  /**
   * Opens a capture file with {@link CaptureOptions#defaults}.
   *
   * @throws ContractException when there is no such file, it cannot be read, or it is no capture
   */
  public static CaptureReader open(Path file) {
    return open(file, CaptureOptions.defaults());
  }

  /**
   * Opens a capture file.
   *
   * @throws ContractException when there is no such file, it cannot be read, or it is no capture
   */
  public static CaptureReader open(Path file, CaptureOptions options) {
    if (Files.isDirectory(file)) {
      throw new MissingInputException(file + ": is a folder, not a capture file");
    }
    try {
      return open(Files.newInputStream(file), file.toString(), options);
    } catch (NoSuchFileException e) {
      throw new MissingInputException(file + ": no such file", e);
    } catch (AccessDeniedException e) {
      throw new MissingInputException(file + ": no permission to read it", e);
    } catch (IOException e) {
      throw new MissingInputException(file + ": cannot be opened: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a capture from a stream with {@link CaptureOptions#defaults} and closes it in the end,
   * also when this method fails.
   *
   * @param name stands for the file in messages
   * @throws ContractException when the stream cannot be read or is no capture
   */
  public static CaptureReader open(InputStream stream, String name) {
    return open(stream, name, CaptureOptions.defaults());
  }

  /**
   * Reads a capture from a stream and closes it in the end, also when this method fails.
   *
   * @param name stands for the file in messages
   * @throws ContractException when the stream cannot be read or is no capture
   */
  public static CaptureReader open(InputStream stream, String name, CaptureOptions options) {
    return open(stream, name, options, InputBuffer.DEFAULT_CAPACITY);
  }

  static CaptureReader open(InputStream stream, String name, CaptureOptions options, int capacity) {
    boolean opened = false;
    try {
      SourceStream source = new SourceStream(stream);
      InputBuffer in = new InputBuffer(CaptureMagic.unzipped(source), name, capacity);
      CaptureReader reader = new CaptureReader(in, source, magic(in), options);
      opened = true;
      return reader;
    } catch (EOFException | ZipException e) {
      throw new ContractException(
          name + ": offset 0: damaged gzip header; " + CaptureMagic.SUPPORTED, e);
    } catch (IOException e) {
      throw new ContractException(name + ": offset 0: cannot be read: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        closeQuietly(stream);
      }
    }
  }

  private static CaptureMagic magic(InputBuffer in) {
    boolean enough = in.ensure(CaptureMagic.LENGTH);
    return (enough ? CaptureMagic.of(in.int32(0)) : Optional.<CaptureMagic>empty())
        .orElseThrow(() ->
            new ContractException(
                in.name()
                    + ": offset 0: "
                    + CaptureMagic.describe(in.array(), in.available())
                    + "; "
                    + CaptureMagic.SUPPORTED));
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      System.getLogger(CaptureReader.class.getName())
          .log(System.Logger.Level.DEBUG, "closing a stream that is no capture", e);
    }
  }

  /** What {@link #next(PacketHeader, int)} came to. */
  public enum Step {
    /** A kept packet. */
    PACKET,
    /** As many packets as allowed were dropped; there may be more. */
    NONE_YET,
    /** The end of what can be read. */
    END
  }

  /**
   * Moves {@code packet} to the next kept packet.
   *
   * @return false when there is none; {@code packet} is meaningless then
   * @throws ContractException when the operating system cannot read the file any further
   */
  public boolean next(PacketHeader packet) {
    Step step;
    do {
      step = next(packet, Integer.MAX_VALUE);
    } while (step == Step.NONE_YET);
    return step == Step.PACKET;
  }

  /**
   * Like {@link #next(PacketHeader)}, but comes back after {@code most} dropped packets, so that
   * the caller can be stopped in a long capture of nothing that is kept.
   *
   * @param most at least 1
   * @throws ContractException when the operating system cannot read the file any further
   */
  public Step next(PacketHeader packet, int most) {
    for (int dropped = 0; dropped < most; dropped++) {
      if (!records.next(record)) {
        return Step.END;
      }
      packet.stamp(record.index, time(), record.fileOffset);
      PacketVerdict verdict =
          decoder.decode(
              record.bytes,
              record.offset,
              record.available,
              record.captured,
              record.linkType,
              packet);
      statistics.packet(verdict, record);
      if (verdict == PacketVerdict.KEPT) {
        return Step.PACKET;
      }
      if (verdict == PacketVerdict.UNSUPPORTED_LINK_TYPE) {
        statistics.unsupportedLink(record.linkType);
      }
    }
    return Step.NONE_YET;
  }

  /** Time of the record; that of the record before (or 0) where it has none. */
  private long time() {
    if (!record.timed) {
      return latestRecordMicros;
    }
    if (record.timeMicros < latestRecordMicros && !first) {
      statistics.issue(CaptureIssue.TIME_GOES_BACK, record.fileOffset);
    }
    first = false;
    latestRecordMicros = record.timeMicros;
    return latestRecordMicros;
  }

  /** Counters up to now; the same object at each call. */
  public CaptureStatistics statistics() {
    return statistics;
  }

  public CaptureFormat format() {
    return format;
  }

  /** Bytes taken from the file or stream so far, compressed ones if it is gzip'ed. */
  public long bytesRead() {
    return source.consumed();
  }

  @Override
  public void close() {
    in.close();
  }
}
