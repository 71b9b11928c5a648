package dev.janus.cli.download;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where unfinished files are written. */
interface PartStorage {
  /** A file that is being written; nobody else writes it meanwhile. */
  interface Part extends Closeable {
    long size() throws IOException;

    void truncate(long bytes) throws IOException;

    /** Writes all that remains in the buffer. */
    void write(ByteBuffer bytes, long position) throws IOException;

    /** Returns when what was written is on the disk. */
    void force() throws IOException;
  }

  /** Somebody else writes the file at this moment. */
  final class InUseException extends IOException {
    private static final long serialVersionUID = 1;
  }

  /**
   * Opens a file, making it if it is not there.
   *
   * @throws InUseException when it is open already
   */
  Part open(Path file) throws IOException;

  /** Bytes that can still be written into the folder. */
  long usableBytes(Path folder) throws IOException;

  /** The machine's own disks. */
  static PartStorage disk() {
    return new PartStorage() {
      @Override
      public Part open(Path file) throws IOException {
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
          if (channel.tryLock() == null) {
            throw new InUseException();
          }
        } catch (OverlappingFileLockException e) {
          channel.close();
          throw new InUseException();
        } catch (IOException e) {
          channel.close();
          throw e;
        }
        return new ChannelPart(channel);
      }

      @Override
      public long usableBytes(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
      }
    };
  }

  /** A part on a disk. */
  record ChannelPart(FileChannel channel) implements Part {
    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void truncate(long bytes) throws IOException {
      channel.truncate(bytes);
    }

    @Override
    public void write(ByteBuffer bytes, long position) throws IOException {
      long at = position;
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
