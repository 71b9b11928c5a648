package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreTest {
  private static final String KILLED = "00000000-0000-4000-8000-000000000123";
  private static final List<String> CAPTURES = List.of("mon", "tue–2", "c d");

  @TempDir Path folder;

  private StoreIndex write(List<Flow> flows, int shardFlows) {
    try (SpilledFlows spilled = RandomFlows.spilled(folder, flows)) {
      return StoreWriter.write(
          folder, spilled, CAPTURES, RandomFlows::label, shardFlows, written -> {});
    }
  }

  private Path store() {
    return folder.resolve("full_store");
  }

  @ParameterizedTest
  @CsvSource({"0,10,1", "1,10,2", "10,10,3", "11,10,4", "2500,1000,5", "40,1,6"})
  void aStoreHoldsWhatTheArraysHold(int count, int shardFlows, long seed) throws IOException {
    List<Flow> flows = RandomFlows.of(count, seed);
    StoreIndex index = write(flows, shardFlows);
    Path arrays = Files.createDirectory(folder.resolve("arrays"));
    RandomFlows.write(arrays, flows, seed);

    FlowDataset stored = FlowDataset.read(folder);
    FlowDataset expected = FlowDataset.read(arrays);

    assertThat(index.shards()).hasSize(Math.ceilDiv(count, shardFlows));
    assertThat(stored.size()).isEqualTo(count);
    int[] rows = IntStream.range(0, count).toArray();
    for (int row : rows) {
      assertThat(stored.metadata().flow(row)).isEqualTo(expected.metadata().flow(row));
      assertThat(stored.flows().length(row)).isEqualTo(expected.flows().length(row));
    }
    stored.flows().expect(0, count);
    assertEqualCopies(stored, expected, rows);
    assertEqualCopies(stored, expected, shuffled(rows, seed));
    assertThat(StoreCheck.run(store(), bytes -> {})).isEqualTo(index);
  }

  private static int[] shuffled(int[] rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return IntStream.range(0, rows.length).map(i -> random.nextInt(rows.length)).toArray();
  }

  private static void assertEqualCopies(FlowDataset a, FlowDataset b, int[] rows) {
    FlowBatch one = new FlowBatch();
    FlowBatch other = new FlowBatch();
    a.flows().copy(rows, 0, rows.length, one);
    b.flows().copy(rows, 0, rows.length, other);
    int packets = one.packets();
    assertThat(packets).isEqualTo(other.packets());
    assertThat(Arrays.copyOf(one.tokens(), packets * 9))
        .isEqualTo(Arrays.copyOf(other.tokens(), packets * 9));
    int features = rows.length * FlowFeature.COUNT;
    assertThat(Arrays.copyOf(one.features(), features))
        .isEqualTo(Arrays.copyOf(other.features(), features));
  }

  @Test
  void aStoreIsReplacedAsAWhole() {
    write(RandomFlows.of(50, 1), 10);
    write(RandomFlows.of(20, 2), 10);
    assertThat(FlowDataset.read(folder).size()).isEqualTo(20);
    assertThat(StoreCheck.run(store(), bytes -> {}).shards()).hasSize(2);
  }

  @Test
  void aFailureOnTheWayLeavesTheOlderStore() throws IOException {
    write(RandomFlows.of(50, 1), 10);
    try (SpilledFlows spilled = RandomFlows.spilled(folder, RandomFlows.of(30, 2))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              StoreWriter.write(
                  folder,
                  spilled,
                  CAPTURES,
                  flow -> {
                    if (flow.flowId() == 25) {
                      throw new IllegalStateException("on the way");
                    }
                    return "x";
                  },
                  10,
                  written -> {}));
    }
    assertThat(StoreCheck.run(store(), bytes -> {}).flows()).isEqualTo(50);
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(store());
    }
  }

  @Test
  void whatAKilledWriterLeftIsNoStoreAndIsRemovedByTheNext() throws IOException {
    Path left = Files.createDirectory(folder.resolve(".full_store." + KILLED + ".tmp"));
    Files.writeString(left.resolve(".lock"), "");
    Files.createDirectory(left.resolve("shard-00000"));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContaining("packets.npz");
    write(RandomFlows.of(5, 1), 10);
    assertThat(left).doesNotExist();
  }

  @Test
  void aStoreThatAKilledWriterHadSetAsideIsReadAndReplaced() throws IOException {
    write(RandomFlows.of(12, 1), 10);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    assertThat(FlowDataset.read(folder).size()).isEqualTo(12);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    write(RandomFlows.of(5, 1), 10);
    assertThat(FlowDataset.read(folder).size()).isEqualTo(5);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    RandomFlows.write(folder, RandomFlows.of(6, 1), 1);
    assertThat(FlowDataset.read(folder).size()).isEqualTo(6);
    assertThat(store()).doesNotExist();
    assertThat(folder.resolve(".full_store." + KILLED + ".old")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"packet_tokens.npy", "packet_offsets.npy", "flow_features.npy", "flows.parquet"})
  void everyChangedByteIsFoundByTheCheck(String name) throws IOException {
    write(RandomFlows.of(40, 7), 20);
    Path file = store().resolve("shard-00001").resolve(name);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      long at = channel.size() - 40;
      channel.read(one, at);
      one.put(0, (byte) (one.get(0) ^ 4)).rewind();
      channel.write(one, at);
    }
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> StoreCheck.run(store(), bytes -> {}))
        .withMessageStartingWith(file.toString())
        .withMessageContaining("SHA-256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"packet_tokens.npy", "packet_offsets.npy", "flow_features.npy", "flows.parquet"})
  void aShortenedOrMissingFileIsFoundWhenTheStoreIsOpened(String name) throws IOException {
    write(RandomFlows.of(40, 7), 20);
    Path file = store().resolve("shard-00000").resolve(name);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageStartingWith(file.toString());
    Files.delete(file);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageStartingWith(file.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"stranger", "shard-00001/stranger", "shard-00007", "shard-00000/.x"})
  void whatIsNoPartOfTheStoreIsFoundByTheCheck(String name) throws IOException {
    write(RandomFlows.of(40, 7), 20);
    Path stranger = Files.createFile(store().resolve(name));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> StoreCheck.run(store(), StoreTest::mustNotBeReached))
        .withMessage(stranger + ": is no part of the store; remove it");
    Files.delete(stranger);
    assertThat(StoreCheck.run(store(), bytes -> {}).flows()).isEqualTo(40);
  }

  /** What takes long comes last. */
  private static void mustNotBeReached(long bytes) {
    throw new AssertionError(bytes + " bytes were read");
  }

  @Test
  void aStoreThatAKilledWriterHadSetAsideIsReadByItsOwnName() throws IOException {
    write(RandomFlows.of(12, 1), 10);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    assertThat(FlowDataset.read(store()).size()).isEqualTo(12);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    assertThat(MetadataReader.read(store()).size()).isEqualTo(12);
    Files.move(store(), folder.resolve(".full_store." + KILLED + ".old"));
    assertThat(Stores.find(store())).contains(store());
    assertThatExceptionOfType(MissingInputException.class)
        .isThrownBy(() -> FlowDataset.read(folder.resolve("none/full_store")))
        .withMessageContaining("no such folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shard-00000", "SHARD-00000"})
  void anIndexWithOneFolderForTwoShardsIsRefused(String name) throws IOException {
    write(RandomFlows.of(40, 7), 20);
    Path index = store().resolve("index.json");
    Files.writeString(index, Files.readString(index).replace("shard-00001", name));
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContainingAll(index.toString(), "two shards have the folder " + name);
  }

  @Test
  void aTokenThatIsNoNumberIsNamedWhenItsFlowIsUsed() throws IOException {
    List<Flow> flows = RandomFlows.of(40, 8);
    write(flows, 20);
    Path file = store().resolve("shard-00001").resolve("packet_tokens.npy");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer nan = ByteBuffer.allocate(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      nan.putFloat(Float.NaN).flip();
      channel.write(nan, 128 + 4);
    }
    FlowDataset dataset = FlowDataset.read(folder);
    FlowBatch batch = new FlowBatch();
    dataset.flows().copy(new int[] {19}, 0, 1, batch);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> dataset.flows().copy(new int[] {20}, 0, 1, batch))
        .withMessageContainingAll(file.toString(), "flow 0, packet 0, channel iat: NaN");
  }

  @ParameterizedTest
  @ValueSource(longs = {81, 82, 83})
  void aDamagedIndexIsReadOrRefusedInOneLine(long seed) throws IOException {
    write(RandomFlows.of(30, 7), 10);
    Path file = store().resolve("index.json");
    byte[] intact = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(seed);
    byte[] favourites =
        "0123456789\"{}[]:,.-/\\x \n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      byte[] bytes = intact.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = favourites[random.nextInt(favourites.length)];
      }
      Files.write(file, bytes);
      try {
        FlowDataset.read(folder);
      } catch (ContractException e) {
        assertThat(e.getMessage()).contains(folder.toString()).doesNotContain("\n");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }
}
