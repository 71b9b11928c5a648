package dev.janus.cli.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The first byte of a file that its character set does not know.
 *
 * @param line counted from 1
 * @param value 0 to 255
 */
record UndecodableByte(long line, int value) {
  /** Looks for it; empty when the whole file is text of that character set. */
  static Optional<UndecodableByte> in(Path file, Charset charset) throws IOException {
    CharsetDecoder decoder = charset.newDecoder();
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    CharBuffer text = CharBuffer.allocate(1 << 16);
    long line = 1;
    try (InputStream in = LabelBytes.open(file)) {
      for (boolean end = false; !end; bytes.compact()) {
        int got = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = got < 0;
        bytes.position(bytes.position() + Math.max(got, 0)).flip();
        CoderResult result;
        do {
          result = decoder.decode(bytes, text, end);
          line += text.flip().chars().filter(c -> c == '\n').count();
          text.clear();
        } while (result.isOverflow());
        if (result.isError()) {
          return Optional.of(new UndecodableByte(line, bytes.get(bytes.position()) & 0xff));
        }
      }
    }
    return Optional.empty();
  }
}
