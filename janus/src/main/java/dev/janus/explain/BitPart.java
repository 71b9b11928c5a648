package dev.janus.explain;

import dev.janus.contract.packet.PacketChannel;

/**
 * What one bit of one packet brings.
 *
 * @param channel direction or a flag
 * @param set whether the bit is 1
 * @param nll negative log posterior of the bit's value, mean over the noise levels of the grid, in
 *     natural-log units
 * @param discNll its part of the disc_nll_ch of its channel, and the same of disc_nll_total
 * @param d2 its part of d2, see {@link FlowExplanation}
 */
public record BitPart(PacketChannel channel, boolean set, double nll, double discNll, double d2) {
  /** Probability the model gave the bit's value: the geometric mean over the noise levels. */
  public double probability() {
    return Math.exp(-nll);
  }
}
