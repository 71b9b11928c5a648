package dev.janus.baselines;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Flows made up for tests, with the features that their packets have. */
final class TestFlows {
  private TestFlows() {}

  /** Flows of 3 to 12 packets of moderate size and pace. */
  static FlowBatch benign(int flows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FlowBatch batch = new FlowBatch();
    for (int flow = 0; flow < flows; flow++) {
      add(batch, random.nextInt(3, 13), 400, 20_000, random);
    }
    return batch;
  }

  /** Appends a flow whose sizes and gaps vary by a half around what is given. */
  static void add(FlowBatch batch, int packets, int size, int iatMicros, SplittableRandom random) {
    float[] tokens = new float[packets * PacketSchema.CHANNELS];
    for (int p = 0; p < packets; p++) {
      int at = p * PacketSchema.CHANNELS;
      tokens[at + PacketChannel.SIZE.index()] = around(size, random);
      tokens[at + PacketChannel.IAT.index()] = p == 0 ? 0 : around(iatMicros, random);
      tokens[at + PacketChannel.DIRECTION.index()] = p % 2;
      tokens[at + PacketChannel.ACK.index()] = random.nextInt(2);
      tokens[at + PacketChannel.WINDOW.index()] = around(8000, random);
    }
    double[] features = new double[FlowFeature.COUNT];
    FlowFeatures.compute(tokens, 0, packets, features, 0);
    batch.add(tokens, packets, features);
  }

  private static int around(int value, SplittableRandom random) {
    return random.nextInt(value / 2, value * 3 / 2 + 1);
  }

  /** The flow with one feature replaced. */
  static FlowBatch with(FlowBatch flows, int flow, FlowFeature feature, double value) {
    FlowBatch changed = new FlowBatch();
    flows.copy(allRows(flows), 0, flows.flows(), changed);
    changed.features()[flow * FlowFeature.COUNT + feature.ordinal()] = value;
    return changed;
  }

  static int[] allRows(FlowBatch flows) {
    return IntStream.range(0, flows.flows()).toArray();
  }

  static double[] vector(FlowBatch flows, int flow) {
    int at = flow * FlowFeature.COUNT;
    return Arrays.copyOfRange(flows.features(), at, at + FlowFeature.COUNT);
  }

  /** Vectors of independent normal numbers. */
  static double[][] normal(int count, int dimensions, SplittableRandom random) {
    double[][] vectors = new double[count][dimensions];
    for (double[] vector : vectors) {
      Arrays.setAll(vector, k -> random.nextGaussian());
    }
    return vectors;
  }
}
