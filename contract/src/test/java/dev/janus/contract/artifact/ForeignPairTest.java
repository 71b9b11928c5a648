package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs of packets.npz and flows.parquet as a Python program leaves them: numpy.savez_compressed,
 * whole numbers of any type, columns missing or in other types, no schema version anywhere.
 */
final class ForeignPairTest {
  private static final int CHANNELS = PacketSchema.CHANNELS;
  private static final int FLOWS = 7;

  private enum Ids {
    INT32,
    INT64
  }

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource({"64,INT64", "64,INT32", "1,INT64", "20,INT32", "65,INT64", "200,INT32"})
  void tokensOfAnyPaddedLengthAreRead(int padded, Ids type) throws IOException, SQLException {
    int[] counts = {1, 2, 20, 64, 65, 200, 3};
    float[] tokens = tokens(padded, counts);
    writePackets(padded, counts, tokens, type);
    writeFlows("range::BIGINT as flow_id, 'BENIGN' as label", "gzip");
    FeatureTable.write(folder, written -> {});

    FlowDataset dataset = FlowDataset.read(folder);

    assertThat(dataset.size()).isEqualTo(FLOWS);
    double[] features = new double[FlowFeature.COUNT];
    for (int flow = 0; flow < FLOWS; flow++) {
      int stored = Math.min(counts[flow], Math.min(padded, PacketSchema.MAX_PACKETS));
      FlowBatch one = one(dataset, flow);
      assertThat(one.packets()).as("flow " + flow).isEqualTo(stored);
      for (int i = 0; i < stored * CHANNELS; i++) {
        assertThat(one.tokens()[i]).isEqualTo(tokens[flow * padded * CHANNELS + i]);
      }
      FlowFeatures.compute(tokens, flow * padded, stored, features, 0);
      assertThat(one.features()).startsWith(features);
      assertThat(dataset.metadata().packets(flow)).isEqualTo(counts[flow]);
    }
  }

  @Test
  void whatATableDoesNotSayIsUnknown() throws IOException, SQLException {
    writeSmallPackets();
    writeFlows("range::INTEGER as flow_id, 'BENIGN' as label", "uncompressed");
    FeatureTable.write(folder, written -> {});
    FlowRecord flow = FlowDataset.read(folder).metadata().flow(3);
    assertThat(flow.label()).isEqualTo("BENIGN");
    assertThat(flow.tuple().initiator()).hasToString("0.0.0.0");
    assertThat(flow.tuple().responderPort()).isZero();
    assertThat(flow.startMicros()).isZero();
    assertThat(flow.packets()).isEqualTo(4);
    assertThat(flow.capture()).isEqualTo("unknown");
    assertThat(flow.start()).isEqualTo(FlowStart.UNKNOWN);
    assertThat(flow.endReason()).isEqualTo(EndReason.UNKNOWN);
    assertThat(flow.part()).isEqualTo(new FlowPart(3, 0));
  }

  @Test
  void whatATableSaysIsTakenInWhateverTypeItIs() throws IOException, SQLException {
    writeSmallPackets();
    writeFlows(
        """
        range::BIGINT as flow_id,
        (case when range = 1 then 'DoS Hulk' else 'BENIGN' end)::ENUM('BENIGN', 'DoS Hulk') as label,
        '2001:db8::' || range as dst_ip,
        (case when range = 2 then NULL else 1024 + range end)::DOUBLE as src_port,
        443::USMALLINT as dst_port,
        6::UTINYINT as proto,
        (1000 * range)::BIGINT as start_us,
        (50 + range)::INTEGER as npkts,
        'day' as capture,
        true as beside
        """,
        "gzip");
    FeatureTable.write(folder, written -> {});
    FlowMetadata flows = FlowDataset.read(folder).metadata();
    assertThat(flows.label(1)).isEqualTo("DoS Hulk");
    assertThat(flows.label(2)).isEqualTo("BENIGN");
    assertThat(flows.tuple(1).responder()).hasToString("2001:db8::1");
    assertThat(flows.tuple(1).initiator()).hasToString("::");
    assertThat(flows.tuple(1).initiatorPort()).isEqualTo(1025);
    assertThat(flows.tuple(2).initiatorPort()).isZero();
    assertThat(flows.tuple(2).responderPort()).isEqualTo(443);
    assertThat(flows.tuple(2).protocol()).isEqualTo(6);
    assertThat(flows.startMicros(3)).isEqualTo(3000);
    assertThat(flows.endMicros(3)).isEqualTo(3000);
    assertThat(flows.packets(4)).isEqualTo(54);
    assertThat(flows.capture(6)).isEqualTo("day");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BIGINT", "BOOLEAN", "DOUBLE", "UTINYINT"})
  void labelsThatAreNumbersAreTakenAsText(String type) throws IOException, SQLException {
    writeSmallPackets();
    writeFlows("range::BIGINT as flow_id, (range % 2)::" + type + " as label", "gzip");
    FeatureTable.write(folder, written -> {});
    FlowMetadata flows = FlowDataset.read(folder).metadata();
    assertThat(flows.label(0)).isEqualTo(flows.label(2)).isNotBlank();
    assertThat(flows.label(1)).isEqualTo(flows.label(3)).isNotEqualTo(flows.label(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "range::BIGINT as id, 'x' as label | column flow_id is missing (there are id, label)",
        "range::BIGINT as flow_id | column label is missing",
        "(range + 1)::BIGINT as flow_id, 'x' as label | flow_id: 1 is not the row number",
        "range::BIGINT as flow_id, NULL::VARCHAR as label | row 0, column label",
        "range::BIGINT as flow_id, 'x' as label, 'tcp' as proto | column proto is of type STRING",
        "range::BIGINT as flow_id, 'x' as label, 0.5::DOUBLE as src_port | 0.5 is not a whole",
        "range::BIGINT as flow_id, 'x' as label, 'host' as src_ip | host is not an IP address",
        "range::BIGINT as flow_id, 'x' as label, 0 as npkts | column npkts: 0 is not at least 1",
        "range::BIGINT as flow_id, 'x' as label, 2 as npkts | 2 packets, but packets.npz holds 3",
      })
  void whatCannotBeIsNamedAndNotBlamedOnJanus(String columns, String message)
      throws IOException, SQLException {
    writeSmallPackets();
    FeatureTable.write(folder, written -> {});
    writeFlows(columns, "gzip");
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContaining("flows.parquet")
        .withMessageContaining(message);
    assertThatExceptionOfType(ContractException.class)
        .as("where features are computed")
        .isThrownBy(() -> FeatureTable.write(folder, written -> {}))
        .withMessageContaining("flows.parquet")
        .withMessageContaining(message);
  }

  @Test
  void featuresAreNotMadeForATableOfOtherFlows() throws IOException, SQLException {
    writeSmallPackets();
    writeFlows("range::BIGINT as flow_id, 'BENIGN' as label", "gzip", FLOWS - 1);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FeatureTable.write(folder, written -> {}))
        .withMessageContainingAll("flows.parquet", "6 rows", "7 flows");
    assertThat(folder.resolve("flow_features.parquet")).doesNotExist();
  }

  @Test
  void featuresWithoutPacketsNameTheStoreAsTheWayOut() throws SQLException {
    writeFlows("range::BIGINT as flow_id, 'BENIGN' as label", "gzip");
    assertThatExceptionOfType(MissingInputException.class)
        .isThrownBy(() -> FeatureTable.write(folder, written -> {}))
        .withMessageContainingAll("packets.npz: no such file", "--source-store");
  }

  @Test
  void countsThatATableDoesNotKnowOfEveryFlowComeFromThePackets() throws IOException, SQLException {
    writeSmallPackets();
    writeFlows(
        "range::BIGINT as flow_id, 'BENIGN' as label,"
            + " (case when range < 3 then 50 + range end)::BIGINT as packets",
        "gzip");
    FeatureTable.write(folder, written -> {});
    FlowMetadata flows = MetadataReader.read(folder);
    assertThat(flows.packets(2)).isEqualTo(52);
    assertThat(flows.packets(3)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 32})
  void lengthsThatAreNoCountsAreRefused(long length) throws IOException {
    long[] counts = {1, length};
    try (ZipOutputStream zip = zip()) {
      put(
          zip,
          "packet_tokens",
          NpyHeader.of(NpyType.FLOAT32, 2, 4, CHANNELS),
          buffer(2 * 4 * CHANNELS * 4));
      put(zip, "packet_lengths", NpyHeader.of(NpyType.INT64, 2), longs(counts));
      put(zip, "flow_id", NpyHeader.of(NpyType.INT64, 2), longs(0, 1));
    }
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FeatureTable.write(folder, written -> {}))
        .withMessageContaining("flow 1: length " + length + " is not a count of packets");
    assertThat(folder.resolve("flow_features.parquet")).doesNotExist();
  }

  @Test
  void anInterruptedTableOfFeaturesLeavesTheOldOne() throws IOException {
    writeSmallPackets();
    Path old = Files.writeString(folder.resolve("flow_features.parquet"), "old");
    assertThatExceptionOfType(IllegalStateException.class)
        .isThrownBy(() ->
            FeatureTable.write(
                folder,
                written -> {
                  throw new IllegalStateException("stop");
                }));
    assertThat(old).hasContent("old");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void featuresMadeLaterAreThoseOfTheExtraction() throws IOException {
    RandomFlows.write(folder, RandomFlows.of(300, 9), 9);
    byte[] written = Files.readAllBytes(folder.resolve("flow_features.parquet"));
    Files.delete(folder.resolve("flow_features.parquet"));
    assertThat(FeatureTable.write(folder, done -> {})).isEqualTo(300);
    assertThat(folder.resolve("flow_features.parquet")).hasBinaryContent(written);
  }

  private static FlowBatch one(FlowDataset dataset, int flow) {
    FlowBatch one = FlowBatch.withCapacity(1, PacketSchema.MAX_PACKETS);
    dataset.flows().copy(new int[] {flow}, 0, 1, one);
    return one;
  }

  private void writeSmallPackets() throws IOException {
    int[] counts = {1, 2, 3, 4, 5, 6, 7};
    writePackets(10, counts, tokens(10, counts), Ids.INT64);
  }

  /** Random packets; behind them a padding that is no packet at all. */
  private static float[] tokens(int padded, int[] counts) {
    SplittableRandom random = new SplittableRandom(padded);
    float[] tokens = new float[counts.length * padded * CHANNELS];
    for (int i = 0; i < tokens.length; i++) {
      int packet = i / CHANNELS % padded;
      boolean real = packet < counts[i / CHANNELS / padded];
      tokens[i] = real ? random.nextInt(1, 1000) : Float.NaN;
    }
    return tokens;
  }

  private void writePackets(int padded, int[] counts, float[] tokens, Ids type) throws IOException {
    int n = counts.length;
    try (ZipOutputStream zip = zip()) {
      put(zip, "packet_tokens", NpyHeader.of(NpyType.FLOAT32, n, padded, CHANNELS), floats(tokens));
      long[] lengths = new long[n];
      long[] ids = new long[n];
      for (int i = 0; i < n; i++) {
        lengths[i] = counts[i];
        ids[i] = i;
      }
      NpyType numpy = type == Ids.INT32 ? NpyType.INT32 : NpyType.INT64;
      put(zip, "packet_lengths", NpyHeader.of(numpy, n), numbers(type, lengths));
      put(zip, "flow_id", NpyHeader.of(numpy, n), numbers(type, ids));
      put(zip, "split", NpyHeader.of(NpyType.INT64, n), longs(ids));
    }
  }

  private void writeFlows(String columns, String codec) throws SQLException {
    writeFlows(columns, codec, FLOWS);
  }

  private void writeFlows(String columns, String codec, int rows) throws SQLException {
    try (Connection db = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = db.createStatement()) {
      statement.execute(
          "copy (select %s from range(%d) order by range) to '%s' (format parquet, codec '%s')"
              .formatted(columns, rows, folder.resolve("flows.parquet"), codec));
    }
  }

  private ZipOutputStream zip() throws IOException {
    OutputStream file = Files.newOutputStream(folder.resolve("packets.npz"));
    return new ZipOutputStream(file);
  }

  private static void put(ZipOutputStream zip, String name, NpyHeader header, ByteBuffer elements)
      throws IOException {
    zip.putNextEntry(new ZipEntry(name + ".npy"));
    zip.write(header.toBytes());
    zip.write(elements.array());
    zip.closeEntry();
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static ByteBuffer floats(float... values) {
    ByteBuffer buffer = buffer(values.length * Float.BYTES);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer;
  }

  private static ByteBuffer longs(long... values) {
    return numbers(Ids.INT64, values);
  }

  private static ByteBuffer numbers(Ids type, long... values) {
    ByteBuffer buffer = buffer(values.length * (type == Ids.INT32 ? Integer.BYTES : Long.BYTES));
    for (long value : values) {
      if (type == Ids.INT32) {
        buffer.putInt((int) value);
      } else {
        buffer.putLong(value);
      }
    }
    return buffer;
  }
}
