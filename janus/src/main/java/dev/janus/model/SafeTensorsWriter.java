package dev.janus.model;

import dev.janus.contract.json.Json;
import dev.janus.contract.json.JsonException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes safetensors files: first pass for the digest, second pass to a temporary file, move. */
final class SafeTensorsWriter {
  private static final int CHUNK = 1 << 16;

  private SafeTensorsWriter() {}

  static void write(Path file, SafeTensors content) {
    List<Map.Entry<String, StoredTensor>> ordered =
        content.tensors().entrySet().stream()
            .sorted(
                Comparator.comparing(
                        (Map.Entry<String, StoredTensor> e) -> SafeTensorsWriter.type(e.getValue()))
                    .thenComparing(Map.Entry::getKey))
            .toList();
    byte[] header = header(ordered, content.metadata());
    if (header.length > SafeTensorsHeader.MAX_LENGTH) {
      throw new ModelException(file + ": more than 16 MiB of names and metadata");
    }
    SafeTensorsDigest digest = new SafeTensorsDigest();
    digest.addHeader(header);
    try {
      forEachChunk(ordered, digest::addData);
      SafeTensorsDigest.setDigits(header, digest.result());
      writeAtomically(file.toAbsolutePath(), header, ordered);
    } catch (IOException e) {
      throw new OutputFailedException(file + ": cannot be written: " + e.getMessage(), e);
    }
  }

  private static byte[] header(
      List<Map.Entry<String, StoredTensor>> ordered, Map<String, String> metadata) {
    Map<String, Json> texts = new LinkedHashMap<>();
    texts.put(SafeTensors.DIGEST_KEY, new Json.JsonString(SafeTensorsDigest.ZEROS));
    metadata.forEach((key, value) -> texts.put(key, new Json.JsonString(value)));
    Map<String, Json> members = new LinkedHashMap<>();
    members.put(SafeTensorsHeader.METADATA, new Json.JsonObject(texts));
    long begin = 0;
    for (Map.Entry<String, StoredTensor> tensor : ordered) {
      SafeTensorsHeader.Type type = type(tensor.getValue());
      int[] shape = tensor.getValue().shape();
      long end =
          begin + type.width * Arrays.stream(shape).asLongStream().reduce(1, (a, b) -> a * b);
      Map<String, Json> entry = new LinkedHashMap<>();
      entry.put("dtype", new Json.JsonString(type.name()));
      entry.put("shape", numbers(Arrays.stream(shape).asLongStream().toArray()));
      entry.put("data_offsets", numbers(begin, end));
      members.put(tensor.getKey(), new Json.JsonObject(entry));
      begin = end;
    }
    byte[] json = text(members).getBytes(StandardCharsets.UTF_8);
    int padded = Math.ceilDiv(json.length, SafeTensorsHeader.ALIGNMENT);
    byte[] header = Arrays.copyOf(json, padded * SafeTensorsHeader.ALIGNMENT);
    Arrays.fill(header, json.length, header.length, (byte) ' ');
    return header;
  }

  private static String text(Map<String, Json> members) {
    try {
      return new Json.JsonObject(members).text();
    } catch (JsonException e) {
      throw new ModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Json numbers(long... values) {
    return new Json.JsonArray(Arrays.stream(values).<Json>mapToObj(Json.JsonNumber::of).toList());
  }

  private static SafeTensorsHeader.Type type(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.Float64 unused -> SafeTensorsHeader.Type.F64;
      case StoredTensor.Int64 unused -> SafeTensorsHeader.Type.I64;
      case StoredTensor.Float32 unused -> SafeTensorsHeader.Type.F32;
    };
  }

  // ---- data -----------------------------------------------------------------------------------

  /** Takes the leading bytes of a reused array. */
  private interface ChunkSink {
    void accept(byte[] bytes, int length) throws IOException;
  }

  private static void forEachChunk(List<Map.Entry<String, StoredTensor>> ordered, ChunkSink sink)
      throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    for (Map.Entry<String, StoredTensor> tensor : ordered) {
      int width = type(tensor.getValue()).width;
      int perChunk = CHUNK / width;
      int count = count(tensor.getValue());
      for (int at = 0; at < count; at += perChunk) {
        int elements = Math.min(perChunk, count - at);
        switch (tensor.getValue()) {
          case StoredTensor.Float32 t -> chunk.asFloatBuffer().put(t.values(), at, elements);
          case StoredTensor.Float64 t -> chunk.asDoubleBuffer().put(t.values(), at, elements);
          case StoredTensor.Int64 t -> chunk.asLongBuffer().put(t.values(), at, elements);
        }
        sink.accept(chunk.array(), elements * width);
      }
    }
  }

  private static int count(StoredTensor tensor) {
    return switch (tensor) {
      case StoredTensor.Float32 t -> t.values().length;
      case StoredTensor.Float64 t -> t.values().length;
      case StoredTensor.Int64 t -> t.values().length;
    };
  }

  /**
   * Streams, not channels: a channel closes when its thread is interrupted, and an interrupt is how
   * training is asked to stop and save.
   */
  private static void writeAtomically(
      Path file, byte[] header, List<Map.Entry<String, StoredTensor>> ordered) throws IOException {
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException("it is a folder");
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("the folder " + folder + " does not exist");
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("no permission to write into the folder " + folder);
    }
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try {
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        OutputStream plain = out;
        plain.write(SafeTensorsDigest.lengthBytes(header));
        plain.write(header);
        forEachChunk(ordered, (bytes, length) -> plain.write(bytes, 0, length));
        out.getFD().sync();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    syncFolder(folder);
  }

  /** Makes the new name durable where the file system offers that; the content already is. */
  private static void syncFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException unsupported) {
      System.getLogger(SafeTensorsWriter.class.getName())
          .log(System.Logger.Level.DEBUG, "folder {0} cannot be synced", folder);
    }
  }
}
