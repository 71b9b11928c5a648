package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.janus.contract.ContractException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {
  private static final Path GOLDEN = Path.of(System.getProperty("janus.testdata"), "golden");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void randomArraysSurviveWritingAndReading(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = folder.resolve("random.npz");
    NpyArray[] arrays = new NpyArray[12];
    try (NpzWriter npz = NpzWriter.create(file)) {
      for (int i = 0; i < arrays.length; i++) {
        arrays[i] = randomArray(random, NpyType.values()[i % NpyType.values().length]);
        npz.put("array " + i, arrays[i]);
      }
      npz.commit();
    }
    assertThat(NpzReader.readAll(file).keySet()).hasSize(arrays.length);
    try (NpzFile npz = NpzFile.open(file)) {
      for (int i = 0; i < arrays.length; i++) {
        String name = "array " + i;
        NpyArray whole = NpzReader.read(file, name);
        assertThat(whole.shape()).isEqualTo(arrays[i].shape());
        assertThat(whole.values()).isEqualTo(arrays[i].values());
        assertThat(npz.arrays().get(i).name()).isEqualTo(name);
        assertBlocksEqual(npz, name, arrays[i], 1 + random.nextInt(4));
      }
    }
  }

  @Test
  void goldenFilesOfNumpyAreRead() {
    assertThat(NpzReader.read(GOLDEN.resolve("features.npz"), "tokens").shape())
        .containsExactly(36, 64, 9);
    assertThat(NpzReader.readAll(GOLDEN.resolve("prng.npz"))).isNotEmpty();
  }

  @Test
  void moreEntriesThanAPlainZipCanCountAreRead() throws IOException {
    Path file = folder.resolve("many.npz");
    try (AtomicFile atomic = AtomicFile.create(file)) {
      StoredZip zip = new StoredZip(atomic.channel());
      byte[] header = NpyHeader.of(NpyType.INT32).toBytes();
      for (int i = 0; i < 65_540; i++) {
        ChannelOutput out = zip.beginEntry(i + ".npy");
        out.write(header);
        out.putInt(i);
        zip.endEntry();
      }
      zip.finish();
      atomic.commit();
    }
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertThat(zip.size()).isEqualTo(65_540);
    }
    assertThat(NpzReader.read(file, "65539").ints()).containsExactly(65_539);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 9), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2000000000, 2000000000, 2), }",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647,), }",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }",
        "{'descr': '<f2', 'fortran_order': False, 'shape': (2,), }",
        "{'descr': '<U0', 'fortran_order': False, 'shape': (2147483647,), }",
        "{'descr': '<U99999999', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }",
      })
  void headersThatLieOrCannotBeReadAreRefusedWithFileAndEntry(String header) throws IOException {
    Path file = folder.resolve("bad.npz");
    Files.write(file, npz("x.npy", npy(1, header, new byte[8])));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.readAll(file))
        .withMessageContaining("bad.npz:x.npy: ");
  }

  @Test
  void otherOrdersQuotesAndVersionsOfTheHeaderAreRead() throws IOException {
    byte[] values = {0, 0, 0, 1, 0, 0, 0, 2};
    String header = "{\"shape\": (2,), \"fortran_order\":False,\"descr\" : \">i4\"}";
    for (int version = 1; version <= 3; version++) {
      Path file = folder.resolve("v" + version + ".npz");
      Files.write(file, npz("x.npy", npy(version, header, values)));
      assertThat(NpzReader.read(file, "x").ints()).containsExactly(1, 2);
    }
  }

  @Test
  void arraysBeyondTwoGibibytesAreRefusedWhenReadWhole() throws IOException {
    Path file = folder.resolve("large.npz");
    byte[] header =
        npy(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (300000000,), }", new byte[0]);
    writeStored(file, "x.npy", header, header.length + 8L * 300_000_000);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.readAll(file))
        .withMessageContaining("larger than 2 GiB");
    try (NpzFile npz = NpzFile.open(file);
        NpzFile.Rows first = npz.rows("x")) {
      assertThat(first.next(3).doubles()).containsExactly(0, 0, 0);
    }
  }

  @Test
  void namesThatAreMissingOrTwiceAreReported() throws IOException {
    Path file = folder.resolve("one.npz");
    try (NpzWriter npz = NpzWriter.create(file)) {
      npz.put("here", NpyArray.scalar(1));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> npz.put("here", NpyArray.scalar(2)))
          .withMessageContaining("here");
      npz.commit();
    }
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.read(file, "there"))
        .withMessageContainingAll("one.npz", "no array there", "here");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.read(file, "here").floats())
        .withMessageContainingAll("float32", "int32");
  }

  @Test
  void aFileThatIsNoZipOrNotThereIsRefused() throws IOException {
    Path file = folder.resolve("a.npz");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.readAll(file))
        .withMessageContainingAll("a.npz", "no such file");
    Files.write(file, "%PDF-1.4".getBytes(StandardCharsets.US_ASCII));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> NpzReader.readAll(file))
        .withMessageContaining("a.npz");
    Files.write(file, new byte[0]);
    assertThatExceptionOfType(ContractException.class).isThrownBy(() -> NpzReader.readAll(file));
  }

  @Test
  void shapesMustHoldTheElements() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NpyArray.of(new int[] {1, 2, 3}, 2, 2))
        .withMessageContaining("[2, 2]");
  }

  private static void assertBlocksEqual(NpzFile npz, String name, NpyArray expected, int rows) {
    StringBuilder blocks = new StringBuilder();
    StringBuilder whole = new StringBuilder();
    appendValues(expected, whole);
    try (NpzFile.Rows in = npz.rows(name)) {
      while (in.left() > 0) {
        appendValues(in.next(rows), blocks);
      }
    }
    assertThat(blocks.toString()).isEqualTo(whole.toString());
  }

  private static void appendValues(NpyArray array, StringBuilder text) {
    String values =
        switch (array.type()) {
          case FLOAT32 -> Arrays.toString(array.floats());
          case FLOAT64 -> Arrays.toString(array.doubles());
          case INT32 -> Arrays.toString(array.ints());
          case INT64 -> Arrays.toString(array.longs());
          case BOOL -> Arrays.toString(array.booleans());
          case UNICODE -> Arrays.toString(array.strings());
        };
    String listed = values.substring(1, values.length() - 1);
    text.append(listed.isEmpty() && text.isEmpty() ? "" : listed + ", ");
  }

  private static NpyArray randomArray(SplittableRandom random, NpyType type) {
    int[] shape = new int[random.nextInt(4)];
    int count = 1;
    for (int i = 0; i < shape.length; i++) {
      shape[i] = random.nextInt(i == 0 ? 0 : 1, 6);
      count *= shape[i];
    }
    Object values =
        switch (type) {
          case FLOAT32 -> {
            float[] v = new float[count];
            for (int i = 0; i < count; i++) {
              v[i] = Float.intBitsToFloat(random.nextInt());
            }
            yield v;
          }
          case FLOAT64 -> random.doubles(count).toArray();
          case INT32 -> random.ints(count).toArray();
          case INT64 -> random.longs(count).toArray();
          case BOOL -> {
            boolean[] v = new boolean[count];
            for (int i = 0; i < count; i++) {
              v[i] = random.nextBoolean();
            }
            yield v;
          }
          case UNICODE -> {
            String[] v = new String[count];
            for (int i = 0; i < count; i++) {
              v[i] = "x–🦜".repeat(random.nextInt(4)) + random.nextInt(100);
            }
            yield v;
          }
        };
    return new NpyArray(shape, values);
  }

  /** A zip of one stored entry whose bytes behind {@code start} are a hole in the file. */
  private static void writeStored(Path file, String name, byte[] start, long size)
      throws IOException {
    byte[] nameBytes = name.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer common = ByteBuffer.allocate(26).order(ByteOrder.LITTLE_ENDIAN);
    common.putShort((short) 20).putInt(0).putInt(0).putInt(0);
    common
        .putInt((int) size)
        .putInt((int) size)
        .putShort((short) nameBytes.length)
        .putShort((short) 0);
    ByteBuffer local = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    local.putInt(0x04034b50).put(common.flip()).put(nameBytes).put(start);
    int dataAt = local.position() - start.length;
    ByteBuffer end = ByteBuffer.allocate(1 << 10).order(ByteOrder.LITTLE_ENDIAN);
    end.putInt(0x02014b50).putShort((short) 20).put(common.rewind());
    end.putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0).putInt(0);
    end.put(nameBytes);
    int directoryBytes = end.position();
    end.putInt(0x06054b50).putInt(0).putShort((short) 1).putShort((short) 1);
    end.putInt(directoryBytes).putInt((int) (dataAt + size)).putShort((short) 0);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(local.flip(), 0);
      channel.write(end.flip(), dataAt + size);
    }
  }

  private static byte[] npz(String name, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] npy(int version, String header, byte[] values) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer out =
        ByteBuffer.allocate(12 + text.length + values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) version).put((byte) 0);
    if (version == 1) {
      out.putShort((short) text.length);
    } else {
      out.putInt(text.length);
    }
    out.put(text).put(values);
    return Arrays.copyOf(out.array(), out.position());
  }
}
