package dev.janus.cli.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A disk that is full before a file is whole. */
final class SmallDisk {
  private SmallDisk() {}

  /** Takes so many bytes of a file and then refuses. */
  static PartStorage of(long bytes) {
    PartStorage disk = PartStorage.disk();
    return new PartStorage() {
      @Override
      public Part open(Path file) throws IOException {
        Part part = disk.open(file);
        return new Part() {
          @Override
          public long size() throws IOException {
            return part.size();
          }

          @Override
          public void truncate(long length) throws IOException {
            part.truncate(length);
          }

          @Override
          public void write(ByteBuffer chunk, long position) throws IOException {
            if (position + chunk.remaining() > bytes) {
              int fits = (int) Math.max(0, bytes - position);
              part.write(chunk.slice(chunk.position(), fits), position);
              throw new IOException("No space left on device");
            }
            part.write(chunk, position);
          }

          @Override
          public void force() throws IOException {
            part.force();
          }

          @Override
          public void close() throws IOException {
            part.close();
          }
        };
      }

      @Override
      public long usableBytes(Path folder) throws IOException {
        return disk.usableBytes(folder);
      }
    };
  }
}
