package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTensorsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everythingComesBackBitForBit(long seed) {
    Random random = new Random(seed);
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (int k = random.nextInt(12); k > 0; k--) {
      tensors.put("t\u00e9nsor \"" + k + "\"", randomTensor(random));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int k = random.nextInt(5); k > 0; k--) {
      metadata.put("key," + k + "\"janus.sha256\":\"", "line\n\ttext \ud83d\ude00 \\ " + k);
    }
    Path file = folder.resolve("any.safetensors");
    new SafeTensors(tensors, metadata).write(file);
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.metadata()).isEqualTo(metadata);
    assertThat(read.tensors().keySet()).isEqualTo(tensors.keySet());
    tensors.forEach((name, tensor) -> assertSame(read.tensors().get(name), tensor));
  }

  @Test
  void tensorsLargerThanTheBufferComeBack() {
    float[] floats = new float[100_003];
    double[] doubles = new double[70_001];
    long[] longs = new long[9000];
    Arrays.setAll(doubles, k -> Math.sin(k));
    Arrays.setAll(longs, k -> k * 0x9E3779B97F4A7C15L);
    for (int k = 0; k < floats.length; k++) {
      floats[k] = (float) Math.cos(k);
    }
    Path file = folder.resolve("large.safetensors");
    new SafeTensors(
            Map.of(
                "f",
                new StoredTensor.Float32(new int[] {floats.length}, floats),
                "d",
                StoredTensor.Float64.of(doubles),
                "l",
                StoredTensor.Int64.of(longs)),
            Map.of())
        .write(file);
    SafeTensors read = SafeTensors.read(file);
    assertThat(Arrays.equals(read.float32("f", 100_003).values(), floats)).isTrue();
    assertThat(Arrays.equals(read.float64("d", 70_001).values(), doubles)).isTrue();
    assertThat(Arrays.equals(read.int64("l", 9000).values(), longs)).isTrue();
  }

  @Test
  void theLayoutIsTheOneOfTheFormat() throws IOException {
    Path file = write(small());
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) in.getLong();
    assertThat(length % 8).isZero();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertThat(header.replaceFirst("[0-9a-f]{64}", "DIGEST").stripTrailing())
        .isEqualTo(
            "{\"__metadata__\":{\"janus.sha256\":\"DIGEST\",\"kind\":\"test\"},"
                + "\"d\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,8]},"
                + "\"i\":{\"dtype\":\"I64\",\"shape\":[2],\"data_offsets\":[8,24]},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[3,1],\"data_offsets\":[24,36]},"
                + "\"z\":{\"dtype\":\"F32\",\"shape\":[0,4],\"data_offsets\":[36,36]}}");
    in.position(8 + length);
    assertThat(in.getDouble()).isEqualTo(0.1);
    assertThat(in.getLong()).isEqualTo(-1);
    assertThat(in.getLong()).isEqualTo(Long.MAX_VALUE);
    assertThat(in.getFloat()).isEqualTo(1.5f);
    assertThat(in.getFloat()).isNaN();
    assertThat(in.getFloat()).isEqualTo(-0f);
    assertThat(in.remaining()).isZero();
  }

  @Test
  void theSameContentGivesTheSameBytesInAnyOrder() throws IOException {
    byte[] once = Files.readAllBytes(write(small()));
    Map<String, StoredTensor> reversed = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(small().tensors().keySet());
    for (String name : names.reversed()) {
      reversed.put(name, tensor(small(), name));
    }
    assertThat(Files.readAllBytes(write(new SafeTensors(reversed, small().metadata()))))
        .isEqualTo(once);
  }

  @Test
  void everyChangeOfOneByteIsRefusedWithTheNameOfTheFile() throws IOException {
    byte[] good = Files.readAllBytes(write(small()));
    Random random = new Random(1);
    for (int at = 0; at < good.length; at++) {
      int[] changes = {1, 1 << random.nextInt(8), 0x20, 1 + random.nextInt(255)};
      for (int change : changes) {
        byte[] bad = good.clone();
        bad[at] ^= (byte) change;
        assertThatThrownBy(() -> read(bad))
            .as("byte %d changed by %d", at, change)
            .isInstanceOf(ModelException.class)
            .hasMessageMatching("m\\.safetensors: [^\n]+; [^\n]+copy it again or train again");
      }
    }
  }

  @Test
  void everyTruncationAndAnyAppendedByteIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(write(small()));
    for (int length = 0; length < good.length; length++) {
      byte[] bad = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> read(bad)).isInstanceOf(ModelException.class);
    }
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> read(longer)).isInstanceOf(ModelException.class);
    assertThat(read(good).metadata()).isEqualTo(small().metadata());
  }

  @Test
  void aFileThatChangesWhileItIsReadIsRefused() throws IOException {
    byte[] good = Files.readAllBytes(write(small()));
    assertThatThrownBy(() ->
            SafeTensorsReader.read(
                new ByteArrayInputStream(good, 0, good.length - 2), good.length, "m"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("became shorter");
    byte[] longer = Arrays.copyOf(good, good.length + 8);
    assertThatThrownBy(
            () -> SafeTensorsReader.read(new ByteArrayInputStream(longer), good.length, "m"))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("became longer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],\"more\":1}}",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.0],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[65536,65536],\"data_offsets\":[0,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,2],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":{\"a\":1},\"a\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}",
        "{\"__metadata__\":[],\"a\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}}"
      })
  void aHeaderThatDoesNotDescribeEightBytesOfDataIsRefused(String header) {
    assertThatThrownBy(() -> SafeTensorsHeader.parse(header.getBytes(StandardCharsets.UTF_8), 8))
        .isInstanceOf(ModelException.class);
  }

  @Test
  void aHeaderOfOtherWritersIsUnderstood() {
    String header =
        " {\"b\" : {\"data_offsets\":[0,4],\"shape\":[1],\"dtype\":\"F32\"},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[4,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}}   ";
    SafeTensorsHeader parsed = SafeTensorsHeader.parse(header.getBytes(StandardCharsets.UTF_8), 8);
    assertThat(parsed.entries().stream().map(SafeTensorsHeader.Entry::name))
        .containsExactly("b", "e", "a");
  }

  @Test
  void aFileWithoutDigestIsRefused() {
    byte[] header = "{}      ".getBytes(StandardCharsets.UTF_8);
    byte[] file = new byte[16];
    file[0] = 8;
    System.arraycopy(header, 0, file, 8, 8);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no integrity digest");
  }

  @Test
  void missingFilesAndFoldersAreNamed() {
    Path missing = folder.resolve("none.safetensors");
    assertThatThrownBy(() -> SafeTensors.read(missing))
        .isInstanceOf(ModelException.class)
        .hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> SafeTensors.read(folder))
        .isInstanceOf(ModelException.class)
        .hasMessage(folder + ": not a file");
    assertThatThrownBy(() -> small().write(folder))
        .isInstanceOf(ModelException.class)
        .hasMessage(folder + ": cannot be written: it is a folder");
    assertThatThrownBy(() -> small().write(folder.resolve("no/where.safetensors")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void writingReplacesTheFileAndLeavesNothingElse() throws IOException {
    Path file = write(small());
    new SafeTensors(Map.of(), Map.of("new", "content")).write(file);
    assertThat(SafeTensors.read(file).metadata()).containsExactly(Map.entry("new", "content"));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aFailedWriteKeepsTheOldFileAndLeavesNothingElse() throws IOException {
    Path file = write(small());
    byte[] before = Files.readAllBytes(file);
    SafeTensors unwritable = new SafeTensors(Map.of(), Map.of("bad", "half a pair \ud800"));
    assertThatThrownBy(() -> unwritable.write(file)).isInstanceOf(ModelException.class);
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void anInterruptedThreadStillWritesAndReads() {
    Thread.currentThread().interrupt();
    try {
      assertThat(SafeTensors.read(write(small())).metadata()).isEqualTo(small().metadata());
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void aTensorOfAnotherTypeOrShapeIsNamed() {
    assertThatThrownBy(() -> small().float64("a", 3, 1))
        .isInstanceOf(ModelException.class)
        .hasMessage("tensor a is Float32[3, 1] instead of Float64[3, 1]");
    assertThatThrownBy(() -> small().float32("a", 3))
        .hasMessage("tensor a is Float32[3, 1] instead of Float32[3]");
    assertThatThrownBy(() -> small().int64("b")).hasMessage("tensor b is missing");
    assertThatThrownBy(() -> small().text("b")).hasMessage("metadata entry b is missing");
    assertThatThrownBy(() -> new StoredTensor.Float32(new int[] {2, 2}, new float[3]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SafeTensors(Map.of(), Map.of("janus.sha256", "")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SafeTensors small() {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    tensors.put("z", new StoredTensor.Float32(new int[] {0, 4}, new float[0]));
    tensors.put(
        "a", new StoredTensor.Float32(new int[] {3, 1}, new float[] {1.5f, Float.NaN, -0f}));
    tensors.put("i", StoredTensor.Int64.of(-1, Long.MAX_VALUE));
    tensors.put("d", new StoredTensor.Float64(new int[0], new double[] {0.1}));
    return new SafeTensors(tensors, Map.of("kind", "test"));
  }

  private Path write(SafeTensors content) {
    Path file = folder.resolve("m.safetensors");
    content.write(file);
    return file;
  }

  private static SafeTensors read(byte[] bytes) throws IOException {
    return SafeTensorsReader.read(new ByteArrayInputStream(bytes), bytes.length, "m.safetensors");
  }

  private static StoredTensor tensor(SafeTensors content, String name) {
    StoredTensor tensor = content.tensors().get(name);
    if (tensor == null) {
      throw new AssertionError(name);
    }
    return tensor;
  }

  private static StoredTensor randomTensor(Random random) {
    int[] shape = random.ints(random.nextInt(4), 0, 5).toArray();
    int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    return switch (random.nextInt(3)) {
      case 0 -> {
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
          values[k] = Float.intBitsToFloat(random.nextInt());
        }
        yield new StoredTensor.Float32(shape, values);
      }
      case 1 ->
          new StoredTensor.Float64(
              shape, random.longs(count).mapToDouble(Double::longBitsToDouble).toArray());
      default -> new StoredTensor.Int64(shape, random.longs(count).toArray());
    };
  }

  private static void assertSame(@Nullable StoredTensor actual, StoredTensor expected) {
    assertThat(actual).isNotNull().hasSameClassAs(expected);
    switch (expected) {
      case StoredTensor.Float32 e -> {
        StoredTensor.Float32 a = (StoredTensor.Float32) Objects.requireNonNull(actual);
        assertThat(a.shape()).containsExactly(e.shape());
        assertThat(bits(a.values())).containsExactly(bits(e.values()));
      }
      case StoredTensor.Float64 e -> {
        StoredTensor.Float64 a = (StoredTensor.Float64) Objects.requireNonNull(actual);
        assertThat(a.shape()).containsExactly(e.shape());
        assertThat(Arrays.stream(a.values()).mapToLong(Double::doubleToRawLongBits).toArray())
            .containsExactly(
                Arrays.stream(e.values()).mapToLong(Double::doubleToRawLongBits).toArray());
      }
      case StoredTensor.Int64 e -> {
        StoredTensor.Int64 a = (StoredTensor.Int64) Objects.requireNonNull(actual);
        assertThat(a.shape()).containsExactly(e.shape());
        assertThat(a.values()).containsExactly(e.values());
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int k = 0; k < bits.length; k++) {
      bits[k] = Float.floatToRawIntBits(values[k]);
    }
    return bits;
  }
}
