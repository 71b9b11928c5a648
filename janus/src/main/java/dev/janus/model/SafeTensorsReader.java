package dev.janus.model;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads safetensors files strictly; everything is checked before it is handed out. */
final class SafeTensorsReader {
  private static final int CHUNK = 1 << 16;

  private final InputStream in;
  private final long size;
  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);

  private SafeTensorsReader(InputStream in, long size) {
    this.in = in;
    this.size = size;
  }

  /**
   * Reads one file to its end.
   *
   * @param size length of the file in bytes
   * @param name how errors call the file
   * @throws ModelException when it is damaged or holds no digest
   */
  static SafeTensors read(InputStream in, long size, String name) throws IOException {
    try {
      return new SafeTensorsReader(in, size).read();
    } catch (EOFException e) {
      throw damaged(name, "it became shorter while it was read", e);
    } catch (ModelException e) {
      throw damaged(name, String.valueOf(e.getMessage()), e);
    }
  }

  private static ModelException damaged(String name, String what, Exception cause) {
    return new ModelException(
        name + ": " + what + "; not written by JANUS or damaged: copy it again or train again",
        cause);
  }

  private SafeTensors read() throws IOException {
    byte[] header = header();
    if (!SafeTensorsDigest.present(header)) {
      throw new ModelException("there is no integrity digest at the start of the header");
    }
    SafeTensorsHeader parsed = SafeTensorsHeader.parse(header, size - Long.BYTES - header.length);
    SafeTensorsDigest digest = new SafeTensorsDigest();
    digest.addHeader(header);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (SafeTensorsHeader.Entry entry : parsed.entries()) {
      tensors.put(entry.name(), tensor(entry, digest));
    }
    if (in.read() >= 0) {
      throw new ModelException("it became longer while it was read");
    }
    if (!digest.result().equals(SafeTensorsDigest.digits(header))) {
      throw new ModelException("the content does not match its SHA-256 digest");
    }
    Map<String, String> metadata = new LinkedHashMap<>(parsed.metadata());
    metadata.remove(SafeTensors.DIGEST_KEY);
    return new SafeTensors(tensors, metadata);
  }

  private byte[] header() throws IOException {
    if (size < Long.BYTES) {
      throw new ModelException("it has only " + size + " bytes");
    }
    long length =
        ByteBuffer.wrap(fully(new byte[Long.BYTES], Long.BYTES))
            .order(ByteOrder.LITTLE_ENDIAN)
            .getLong();
    if (length < 2 || length > size - Long.BYTES || length > SafeTensorsHeader.MAX_LENGTH) {
      throw new ModelException(
          "a header of " + length + " bytes does not fit into " + size + " bytes");
    }
    return fully(new byte[(int) length], (int) length);
  }

  private byte[] fully(byte[] bytes, int length) throws IOException {
    if (in.readNBytes(bytes, 0, length) < length) {
      throw new EOFException();
    }
    return bytes;
  }

  private StoredTensor tensor(SafeTensorsHeader.Entry entry, SafeTensorsDigest digest)
      throws IOException {
    return switch (entry.type()) {
      case F32 -> {
        float[] values = new float[entry.count()];
        fill(entry, digest, (at, count) -> chunk.asFloatBuffer().get(values, at, count));
        yield new StoredTensor.Float32(entry.shape(), values);
      }
      case F64 -> {
        double[] values = new double[entry.count()];
        fill(entry, digest, (at, count) -> chunk.asDoubleBuffer().get(values, at, count));
        yield new StoredTensor.Float64(entry.shape(), values);
      }
      case I64 -> {
        long[] values = new long[entry.count()];
        fill(entry, digest, (at, count) -> chunk.asLongBuffer().get(values, at, count));
        yield new StoredTensor.Int64(entry.shape(), values);
      }
    };
  }

  /** Takes {@code count} elements from the start of the chunk to position {@code at}. */
  private interface ElementSink {
    void take(int at, int count);
  }

  private void fill(SafeTensorsHeader.Entry entry, SafeTensorsDigest digest, ElementSink sink)
      throws IOException {
    int width = entry.type().width;
    int perChunk = CHUNK / width;
    for (int at = 0; at < entry.count(); at += perChunk) {
      int count = Math.min(perChunk, entry.count() - at);
      digest.addData(fully(chunk.array(), count * width), count * width);
      sink.take(at, count);
    }
  }
}
