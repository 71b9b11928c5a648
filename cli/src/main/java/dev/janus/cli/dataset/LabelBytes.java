package dev.janus.cli.dataset;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.capture.GzipStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of label files, whatever they are packed in. */
final class LabelBytes {
  private static final int BUFFER = 1 << 16;

  private LabelBytes() {}

  /**
   * Opens a file, known by its first bytes: gzip is unpacked while it is read, in fixed memory.
   *
   * @throws CliException when it is packed in another way
   */
  static InputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.mark(4);
      byte[] magic = in.readNBytes(4);
      in.reset();
      if (startsWith(magic, 0x1f, 0x8b)) {
        return new GzipStream(in, BUFFER);
      }
      if (startsWith(magic, 'P', 'K', 3, 4)) {
        throw new CliException(
            ExitCode.DATA, file + ": a zip archive; unpack it and give the label file in it");
      }
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static boolean startsWith(byte[] bytes, int... magic) {
    if (bytes.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
