package dev.janus.train;

/**
 * The optional masked-prediction loss of the unified architecture. It is known from the older model
 * by its weight of 0.3 and its ratio of 0.5 alone; this definition is ours.
 *
 * <p>A second pass of the same step reads the same flows at the same times with the same noise, but
 * of every flow {@link PacketMask#count} packets chosen at random have 0 in place of all nine noisy
 * inputs; the flow token and the time are read as they are. The loss is the mean, over the masked
 * packets of the batch and their nine channels, of {@code (v - u)^2}, where {@code u = x1 - x0} is
 * the target of the first pass: what a packet was to become is to be told from the packets before
 * it, the flow token and the time alone. It is added to the other losses, multiplied with the
 * weight.
 *
 * @param weight 0 or more; 0 leaves the second pass out
 * @param ratio share of a flow's packets that are masked, between 0 and 1
 */
public record MaskedPrediction(double weight, double ratio) {
  /** No second pass. */
  public static final MaskedPrediction OFF = new MaskedPrediction(0, 0.5);

  public MaskedPrediction {
    if (!(weight >= 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException("mask_weight must be 0 or more");
    }
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException("mask_ratio must be between 0 and 1");
    }
  }

  /** Whether there is a second pass. */
  public boolean takesPart() {
    return weight > 0;
  }
}
