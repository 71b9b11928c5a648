package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.janus.contract.ContractException;
import dev.janus.contract.packet.PacketSchema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the bytes: reading ends, with content or with a ContractException in one line. The build
 * runs the stored corpus and random damage; {@code bin/fuzz} searches for more.
 */
class ArtifactFuzzTest {
  @TempDir static Path folder;

  @FuzzTest(maxDuration = "5m")
  void anyBytesAsNpzEndInArraysOrAContractException(byte[] bytes) throws IOException {
    readNpz(bytes);
  }

  @FuzzTest(maxDuration = "5m")
  void anyBytesAsParquetEndInRowsOrAContractException(byte[] bytes) throws IOException {
    readParquet(bytes);
  }

  @FuzzTest(maxDuration = "5m")
  void anyBytesAsNpyEndInElementsOrAContractException(byte[] bytes) throws IOException {
    readNpy(bytes);
  }

  @FuzzTest(maxDuration = "5m")
  void anyBytesAsPacketsEndInFlowsOrAContractException(byte[] bytes) throws IOException {
    readPackets(bytes);
  }

  @FuzzTest(maxDuration = "5m")
  void anyBytesAsFlowsEndInRecordsOrAContractException(byte[] bytes) throws IOException {
    readFlows(bytes);
  }

  @ParameterizedTest
  @ValueSource(longs = {63, 64})
  void damagedDatasetsEndInFlowsOrAContractException(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] npy = NpyHeader.of(NpyType.FLOAT32, 4, 9).toBytes();
    npy = Arrays.copyOf(npy, npy.length + 4 * 4 * 9);
    RandomFlows.write(folder, RandomFlows.of(3, 1), 1);
    byte[] packets = Files.readAllBytes(folder.resolve("packets.npz"));
    byte[] flows = Files.readAllBytes(folder.resolve("flows.parquet"));
    assertThat(readNpy(npy)).isEqualTo(36);
    assertThat(readPackets(packets)).isEqualTo(3);
    assertThat(readFlows(flows)).isEqualTo(3);
    byte[] foreign = withoutChecksum(flows);
    for (int i = 0; i < 150; i++) {
      readNpy(damaged(npy, random));
      readPackets(damaged(packets, random));
      readFlows(damaged(i % 2 == 0 ? flows : foreign, random));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62})
  void damagedNpzFilesEndInArraysOrAContractException(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] intact = npz();
    for (int i = 0; i < 500; i++) {
      readNpz(damaged(intact, random));
    }
  }

  /** Without a checksum over the file, so that the damage reaches the library that reads it. */
  @ParameterizedTest
  @ValueSource(longs = {71, 72})
  void damagedParquetFilesOfOthersEndInRowsOrAContractException(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] intact = withoutChecksum(parquet());
    assertThat(readParquet(intact)).isEqualTo(100);
    for (int i = 0; i < 80; i++) {
      readParquet(damaged(intact, random));
    }
  }

  private static void readNpz(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.npz"), bytes);
    try {
      Map<String, NpyArray> arrays = NpzReader.readAll(file);
      assertThat(arrays).doesNotContainValue(null);
    } catch (ContractException e) {
      assertThat(e.getMessage()).contains("fuzz.npz").doesNotContain("\n");
    }
  }

  /** Maps the array as what it says it is: nothing else may then be found in it. */
  private static long readNpy(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.npy"), bytes);
    try {
      NpyHeader header = NpyHeader.read(new ByteArrayInputStream(bytes), file.toString()).header();
      MappedArray array =
          MappedArray.open(file, header.type(), header.shape().clone(), bytes.length);
      assertThat(array.elements().byteSize()).isLessThan(bytes.length);
      assertThat(array.elements().byteSize()).isEqualTo(header.count() * header.elementBytes());
      return header.count();
    } catch (ContractException e) {
      assertThat(e.getMessage()).contains("fuzz.npy").doesNotContain("\n");
      return 0;
    }
  }

  private static int readPackets(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz-packets.npz"), bytes);
    float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
    int flow = 0;
    try (PacketArrays packets = PacketArrays.open(file)) {
      while (flow < packets.flows()) {
        int stored = packets.next(tokens);
        assertThat(stored).isBetween(1, PacketSchema.MAX_PACKETS);
        assertThat(packets.count(flow)).isGreaterThanOrEqualTo(stored);
        flow++;
      }
      packets.finish();
    } catch (ContractException e) {
      assertThat(e.getMessage()).contains("fuzz-packets.npz").doesNotContain("\n");
    }
    return flow;
  }

  private static long readFlows(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz-flows.parquet"), bytes);
    long read = 0;
    try (FlowRecordReader records = FlowRecordReader.open(file, flow -> 1)) {
      while (read < 10_000 && records.next()) {
        assertThat(records.flow().flowId()).isEqualTo(read);
        read++;
      }
    } catch (ContractException e) {
      assertThat(e.getMessage()).contains("fuzz-flows.parquet").doesNotContain("\n");
    }
    return read;
  }

  private static long readParquet(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("fuzz.parquet"), bytes);
    long read = 0;
    try (ParquetTable table = ParquetTable.open(file);
        ParquetTable.Rows rows = table.rows()) {
      while (rows.next() && read < 10_000) {
        for (int i = 0; i < table.columns().size(); i++) {
          rows.text(i);
        }
        read++;
      }
    } catch (ContractException e) {
      assertThat(e.getMessage()).contains("fuzz.parquet").doesNotContain("\n");
    }
    return read;
  }

  private static byte[] npz() throws IOException {
    Path file = folder.resolve("intact.npz");
    try (NpzWriter npz = NpzWriter.create(file)) {
      npz.put("a", NpyArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3));
      npz.put("b", NpyArray.of(new String[] {"x", "yz"}));
      npz.put("c", NpyArray.scalar(3));
      npz.commit();
    }
    return Files.readAllBytes(file);
  }

  private static byte[] parquet() throws IOException {
    Path file = folder.resolve("intact.parquet");
    RandomFlows.write(folder, RandomFlows.of(100, 1), 1);
    Files.copy(folder.resolve("flows.parquet"), file, StandardCopyOption.REPLACE_EXISTING);
    return Files.readAllBytes(file);
  }

  /** As another program's: neither checksum nor name of this writer. */
  private static byte[] withoutChecksum(byte[] parquet) {
    byte[] other = parquet.clone();
    blank(other, ParquetChecksum.KEY);
    blank(other, ParquetFooter.CREATED_BY);
    return other;
  }

  private static void blank(byte[] parquet, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    for (int at = parquet.length - bytes.length; at >= 0; at--) {
      if (Arrays.equals(parquet, at, at + bytes.length, bytes, 0, bytes.length)) {
        Arrays.fill(parquet, at, at + bytes.length, (byte) 'x');
        return;
      }
    }
    throw new IllegalStateException(text + " is not there");
  }

  private static byte[] damaged(byte[] intact, SplittableRandom random) {
    byte[] bytes = intact.clone();
    int[] favourites = {0, 1, 0x7f, 0x80, 0xff};
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at =
          random.nextBoolean()
              ? random.nextInt(bytes.length)
              : Math.max(0, bytes.length - 1 - random.nextInt(1200));
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = (byte) favourites[random.nextInt(favourites.length)];
        case 2 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), (byte) 0xff);
        default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }
}
