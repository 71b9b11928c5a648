package dev.janus.model;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;
import java.util.Random;

/** Raw flows made up from a seed, for properties that hold for any of them. */
public final class RawFlows {
  private RawFlows() {}

  /** {@code count} flows of 1 to 64 packets. */
  public static FlowBatch of(long seed, int count) {
    Random random = new Random(seed);
    FlowBatch flows = new FlowBatch();
    for (int f = 0; f < count; f++) {
      int n = 1 + random.nextInt(PacketSchema.MAX_PACKETS);
      float[] tokens = new float[n * PacketSchema.CHANNELS];
      for (int p = 0; p < n; p++) {
        int at = p * PacketSchema.CHANNELS;
        tokens[at] = 40 + random.nextInt(1460);
        tokens[at + 1] = p == 0 ? 0 : random.nextInt(1_000_000);
        for (int c = 2; c < 8; c++) {
          tokens[at + c] = random.nextInt(2);
        }
        tokens[at + 8] = random.nextInt(65_536);
      }
      add(flows, tokens);
    }
    return flows;
  }

  /** Appends a flow of the given tokens {@code [n, 9]} with the features that follow from them. */
  public static void add(FlowBatch flows, float[] tokens) {
    int n = tokens.length / PacketSchema.CHANNELS;
    double[] features = new double[FlowFeature.COUNT];
    FlowFeatures.compute(tokens, 0, n, features, 0);
    flows.add(tokens, n, features);
  }

  /** The first {@code packets} tokens of a flow, {@code [packets, 9]}. */
  public static float[] tokens(FlowBatch flows, int flow, int packets) {
    int from = flows.firstPacket(flow) * PacketSchema.CHANNELS;
    return Arrays.copyOfRange(flows.tokens(), from, from + packets * PacketSchema.CHANNELS);
  }
}
