package dev.janus.model;

import dev.janus.engine.kernel.AttentionMask;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;

/** Small networks in which some part of the method takes no part. */
public final class ModelParts {
  /** Packets of a flow at most. */
  public static final int MAX_PACKETS = 12;

  /** The unified architecture. */
  public static final ModelConfig UNIFIED =
      new ModelConfig(
          MAX_PACKETS,
          32,
          2,
          2,
          AttentionMask.CAUSAL,
          ChannelKinds.BOTH,
          FlowToken.PRESENT,
          DiscreteSource.UNIFORM,
          Architecture.UNIFIED);

  private ModelParts() {}

  /** Every combination of channels, flow token and source, and the unified architecture. */
  public static Stream<ModelConfig> all() {
    return Stream.concat(separate(), Stream.of(UNIFIED));
  }

  /** Every combination of channels, flow token and source. */
  public static Stream<ModelConfig> separate() {
    return Arrays.stream(ChannelKinds.values())
        .flatMap(channels ->
            Arrays.stream(FlowToken.values())
                .flatMap(token ->
                    Arrays.stream(DiscreteSource.values())
                        .map(source -> config(channels, token, source))));
  }

  private static ModelConfig config(ChannelKinds channels, FlowToken token, DiscreteSource source) {
    return new ModelConfig(
        MAX_PACKETS, 32, 2, 2, AttentionMask.CAUSAL, channels, token, source, Architecture.JANUS);
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
    if (!config.hasBits() && !config.hasContinuousBits()) {
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
