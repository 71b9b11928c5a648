package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.fail;

import dev.janus.contract.ContractException;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged data set is refused, or the damage lies where it changes nothing. */
class DamagedArtifactTest {
  private static final int CHANGES = 400;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"packets.npz", "flows.parquet", "flow_features.parquet"})
  void oneChangedByteIsRefusedOrWithoutEffect(String name) throws IOException {
    RandomFlows.write(folder, RandomFlows.of(40, 1), 1);
    Object intact = contentOf(folder.resolve(name));
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    long seed = 20261122;
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int i = 0; i < CHANGES; i++) {
      // Half of the changes hit the last kilobyte, where directory and footer lie.
      int at = i % 2 == 0 ? random.nextInt(bytes.length) : bytes.length - 1 - random.nextInt(1024);
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(folder.resolve(name), changed);
      try {
        assertThat(contentOf(folder.resolve(name))).isEqualTo(intact);
      } catch (ContractException e) {
        refused++;
        assertThat(e.getMessage()).contains(name).doesNotContain("\n");
      } catch (RuntimeException | Error e) {
        fail("seed %d, change %d at byte %d of %s".formatted(seed, i, at, name), e);
      }
    }
    assertThat(refused).as("changes refused").isGreaterThan(CHANGES / 2);
  }

  /** Another program's name there would mean that the checksum is not of this content. */
  @ParameterizedTest
  @ValueSource(strings = {ParquetFooter.CREATED_BY, ParquetChecksum.KEY})
  void noBitOfTheWritersNameOrOfTheKeySwitchesTheChecksumOff(String text) throws IOException {
    RandomFlows.write(folder, RandomFlows.of(5, 5), 5);
    Path file = folder.resolve("flows.parquet");
    byte[] bytes = Files.readAllBytes(file);
    int begin = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    // From the field's header and length on.
    for (int at = begin - 2; at < begin + text.length(); at++) {
      for (int bit = 0; bit < Byte.SIZE; bit++) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        Files.write(file, changed);
        assertThatExceptionOfType(ContractException.class)
            .as("byte %d, bit %d", at - begin, bit)
            .isThrownBy(() -> ParquetTable.open(file))
            .withMessageContaining("damaged");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"packets.npz", "flows.parquet", "flow_features.parquet"})
  void aFileCutShortIsRefused(String name) throws IOException {
    RandomFlows.write(folder, RandomFlows.of(40, 2), 2);
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    for (int kept = 0; kept < bytes.length; kept += Math.max(1, bytes.length / 150)) {
      Files.write(folder.resolve(name), Arrays.copyOf(bytes, kept));
      assertThatExceptionOfType(ContractException.class)
          .isThrownBy(() -> contentOf(folder.resolve(name)))
          .withMessageContaining(name);
    }
  }

  @Test
  void filesOfDifferentExtractionsAreRefused() throws IOException {
    RandomFlows.write(folder, RandomFlows.of(40, 3), 3);
    Path other = Files.createDirectory(folder.resolve("other"));
    RandomFlows.write(other, RandomFlows.of(41, 4), 4);
    Files.move(
        other.resolve("flows.parquet"),
        folder.resolve("flows.parquet"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThatExceptionOfType(ContractException.class)
        .isThrownBy(() -> FlowDataset.read(folder))
        .withMessageContainingAll("flows.parquet", "41 rows", "40 flows", "run janus extract");
  }

  /** Everything that the readers of a data set take from the file. */
  private static Object contentOf(Path file) {
    List<Object> content = new ArrayList<>();
    switch (String.valueOf(file.getFileName())) {
      case "packets.npz" -> {
        try (PacketArrays packets = PacketArrays.open(file)) {
          for (int i = 0; i < packets.flows(); i++) {
            float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
            content.add(packets.next(tokens));
            content.add(FloatBuffer.wrap(tokens));
          }
          packets.finish();
        }
      }
      case "flows.parquet" -> {
        try (FlowRecordReader records = FlowRecordReader.open(file, 0)) {
          while (records.next()) {
            content.add(records.flow());
          }
        }
      }
      default -> {
        try (FeatureReader features = FeatureReader.open(file)) {
          double[] row = new double[FlowFeature.COUNT];
          while (features.next(row)) {
            content.add(DoubleBuffer.wrap(row.clone()));
          }
        }
      }
    }
    return content;
  }
}
