package dev.janus.model;

import dev.janus.autograd.FlowTokenPlace;
import dev.janus.engine.kernel.AttentionMask;

/**
 * Size and shape of the network (method, section 5).
 *
 * @param maxPackets T, packets per flow at most, 1..64
 * @param dModel d, width of a token; a multiple of 8 and of {@code heads}
 * @param layers number of blocks, at least 1
 * @param heads H, attention heads; {@code dModel / heads} is a multiple of 4
 * @param mask which packets a packet reads
 * @param channels which channels of a packet take part
 * @param flowToken whether the features of the whole flow take part
 * @param discreteSource what noise makes of a bit
 * @param architecture how all of it is put before the network; {@link Architecture#UNIFIED} is
 *     causal and has all parts
 */
public record ModelConfig(
    int maxPackets,
    int dModel,
    int layers,
    int heads,
    AttentionMask mask,
    ChannelKinds channels,
    FlowToken flowToken,
    DiscreteSource discreteSource,
    Architecture architecture) {
  public ModelConfig {
    require(maxPackets >= 1 && maxPackets <= 64, "max_packets must be 1..64, not " + maxPackets);
    require(dModel >= 8 && dModel % 8 == 0, "d_model must be a multiple of 8, not " + dModel);
    require(layers >= 1, "n_layers must be at least 1, not " + layers);
    require(
        heads >= 1 && dModel % heads == 0 && (dModel / heads) % 4 == 0,
        "n_heads must divide d_model into widths that are multiples of 4, not " + heads);
    require(
        architecture == Architecture.JANUS
            || (mask == AttentionMask.CAUSAL
                && channels == ChannelKinds.BOTH
                && flowToken == FlowToken.PRESENT
                && discreteSource == DiscreteSource.UNIFORM),
        "architecture unified has causal packets, both channels, the flow token and no discrete"
            + " source");
  }

  /** A network of this size and mask in which all the method has takes part. */
  public ModelConfig(int maxPackets, int dModel, int layers, int heads, AttentionMask mask) {
    this(
        maxPackets,
        dModel,
        layers,
        heads,
        mask,
        ChannelKinds.BOTH,
        FlowToken.PRESENT,
        DiscreteSource.UNIFORM,
        Architecture.JANUS);
  }

  /** The defaults of the method: T 64, d 128, 4 layers, 4 heads, causal. */
  public static ModelConfig defaults() {
    return new ModelConfig(64, 128, 4, 4, AttentionMask.CAUSAL);
  }

  /** Width of one attention head. */
  public int headWidth() {
    return dModel / heads;
  }

  /** Whether size, IAT and window of packets take part. */
  public boolean hasContinuous() {
    return channels != ChannelKinds.DISCRETE;
  }

  /** Whether the bits of packets take part as bits, with a posterior. */
  public boolean hasBits() {
    return channels != ChannelKinds.CONTINUOUS && architecture == Architecture.JANUS;
  }

  /** Whether the bits of packets take part as continuous channels. */
  public boolean hasContinuousBits() {
    return architecture == Architecture.UNIFIED;
  }

  /** Channels of a packet that have a velocity: 0, 3 or 9. */
  public int velocityChannels() {
    return (hasContinuous() ? JanusNetwork.CONTINUOUS : 0)
        + (hasContinuousBits() ? JanusNetwork.BITS : 0);
  }

  /** Where the flow token stands. */
  public FlowTokenPlace flowTokenPlace() {
    return architecture == Architecture.UNIFIED ? FlowTokenPlace.FIRST : FlowTokenPlace.LAST;
  }

  /** Whether the features of flows take part. */
  public boolean hasFlowToken() {
    return flowToken == FlowToken.PRESENT;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
