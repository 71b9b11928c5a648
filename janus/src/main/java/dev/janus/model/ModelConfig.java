package dev.janus.model;

import dev.janus.engine.kernel.AttentionMask;

/**
 * Size and shape of the network (method, section 5).
 *
 * @param maxPackets T, packets per flow at most, 1..64
 * @param dModel d, width of a token; a multiple of 8 and of {@code heads}
 * @param layers number of blocks, at least 1
 * @param heads H, attention heads; {@code dModel / heads} is a multiple of 4
 * @param mask which packets a packet reads
 */
public record ModelConfig(int maxPackets, int dModel, int layers, int heads, AttentionMask mask) {
  public ModelConfig {
    require(maxPackets >= 1 && maxPackets <= 64, "max_packets must be 1..64, not " + maxPackets);
    require(dModel >= 8 && dModel % 8 == 0, "d_model must be a multiple of 8, not " + dModel);
    require(layers >= 1, "n_layers must be at least 1, not " + layers);
    require(
        heads >= 1 && dModel % heads == 0 && (dModel / heads) % 4 == 0,
        "n_heads must divide d_model into widths that are multiples of 4, not " + heads);
  }

  /** The defaults of the method: T 64, d 128, 4 layers, 4 heads, causal. */
  public static ModelConfig defaults() {
    return new ModelConfig(64, 128, 4, 4, AttentionMask.CAUSAL);
  }

  /** Width of one attention head. */
  public int headWidth() {
    return dModel / heads;
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
