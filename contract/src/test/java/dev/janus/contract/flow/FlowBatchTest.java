package dev.janus.contract.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FlowBatchTest {
  @ParameterizedTest
  @CsvSource({"1,0,0", "2,1,1", "3,300,9000", "4,64,1024"})
  void holdsEveryFlowWhateverTheCapacityAtTheStart(long seed, int flows, int packets) {
    FlowBatch batch = FlowBatch.withCapacity(flows, packets);
    for (int round = 0; round < 2; round++) {
      fill(batch, 300, new SplittableRandom(seed));
      check(batch, 300, new SplittableRandom(seed));
      batch.clear();
      assertThat(batch.flows()).isZero();
      assertThat(batch.packets()).isZero();
    }
  }

  @Test
  void anExactCapacityIsNeverExceeded() {
    FlowBatch batch = FlowBatch.withCapacity(2, 3);
    batch.add(new float[2 * PacketSchema.CHANNELS], 2, new double[FlowFeature.COUNT]);
    batch.add(new float[PacketSchema.CHANNELS], 1, new double[FlowFeature.COUNT]);
    assertThat(batch.tokens()).hasSize(3 * PacketSchema.CHANNELS);
    assertThat(batch.features()).hasSize(2 * FlowFeature.COUNT);
  }

  @Test
  void refusesFlowsWithoutPacketsAndWithTooMany() {
    FlowBatch batch = new FlowBatch();
    float[] tokens = new float[65 * PacketSchema.CHANNELS];
    for (int n : new int[] {-1, 0, 65}) {
      assertThatThrownBy(() -> batch.add(tokens, n, new double[FlowFeature.COUNT]))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void fill(FlowBatch batch, int flows, SplittableRandom random) {
    for (int i = 0; i < flows; i++) {
      int n = random.nextInt(1, PacketSchema.MAX_PACKETS + 1);
      batch.add(tokens(n, random), n, features(random));
    }
  }

  private static void check(FlowBatch batch, int flows, SplittableRandom random) {
    assertThat(batch.flows()).isEqualTo(flows);
    for (int i = 0; i < flows; i++) {
      int n = random.nextInt(1, PacketSchema.MAX_PACKETS + 1);
      assertThat(batch.length(i)).isEqualTo(n);
      int from = batch.firstPacket(i) * PacketSchema.CHANNELS;
      assertThat(Arrays.copyOfRange(batch.tokens(), from, from + n * PacketSchema.CHANNELS))
          .isEqualTo(tokens(n, random));
      assertThat(
              Arrays.copyOfRange(
                  batch.features(), i * FlowFeature.COUNT, (i + 1) * FlowFeature.COUNT))
          .isEqualTo(features(random));
    }
    assertThat(batch.firstPacket(flows)).isEqualTo(batch.packets());
  }

  private static float[] tokens(int n, SplittableRandom random) {
    float[] tokens = new float[n * PacketSchema.CHANNELS];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = random.nextInt(1 << 20);
    }
    return tokens;
  }

  private static double[] features(SplittableRandom random) {
    return random.doubles(FlowFeature.COUNT).toArray();
  }
}
