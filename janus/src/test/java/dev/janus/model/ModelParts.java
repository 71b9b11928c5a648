package dev.janus.model;

import dev.janus.engine.kernel.AttentionMask;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Small networks in which some part of the method takes no part. */
public final class ModelParts {
  /** Packets of a flow at most. */
  public static final int MAX_PACKETS = 12;

  private ModelParts() {}

  /** Every combination of channels, flow token and source. */
  public static Stream<ModelConfig> all() {
    return Arrays.stream(ChannelKinds.values())
        .flatMap(channels ->
            Arrays.stream(FlowToken.values())
                .flatMap(token ->
                    Arrays.stream(DiscreteSource.values())
                        .map(source -> config(channels, token, source))));
  }

  private static ModelConfig config(ChannelKinds channels, FlowToken token, DiscreteSource source) {
    return new ModelConfig(MAX_PACKETS, 32, 2, 2, AttentionMask.CAUSAL, channels, token, source);
  }

  /** The same flows with other values in all that takes no part in the model. */
  public static NormalizedFlows withOtherAbsentParts(NormalizedFlows flows, ModelConfig config) {
    int[] rows = new int[flows.flows()];
    Arrays.setAll(rows, f -> f);
    NormalizedFlows other = RandomFlows.select(flows, MAX_PACKETS, rows);
    Random random = new Random(99);
    if (!config.hasContinuous()) {
      fill(random, other.continuous());
    }
    if (!config.hasFlowToken()) {
      fill(random, other.features());
    }
    if (!config.hasBits()) {
      for (int k = 0; k < other.bits().length; k++) {
        other.bits()[k] = random.nextBoolean() ? 1 : -1;
      }
    }
    return other;
  }

  private static void fill(Random random, float[] values) {
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) random.nextGaussian();
    }
  }
}
