package dev.janus.score;

import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;

/**
 * What the ten scores and the hidden state of one flow are sums and means of (method, section 7),
 * for explanations; what takes no part in the model is 0. What is said of packets 0..i does not
 * change when the flow grows. The arrays are its own.
 *
 * @param packets n, packets the network reads of the flow
 * @param packetLatents terminal latents of size, IAT and window, {@code [n, 3]}; terminal_packet is
 *     their root mean square
 * @param flowLatents terminal latents of the flow features, {@code [20]}; terminal_flow is their
 *     root mean square
 * @param bitNll negative log posterior of the true bit, mean over the noise levels of the grid, in
 *     natural-log units, {@code [n, 6]}: direction, SYN, ACK, FIN, RST, PSH; the mean of a column
 *     is its disc_nll_ch. With the masked source the sum over the levels that mask the bit, scaled
 *     by the same number for all packets so that this mean holds, which changes when the flow grows
 * @param features the flow's features, normalised, {@code [20]}
 * @param packetStates hidden state of each packet, {@code [n, d]}; {@link HiddenState} is their
 *     mean
 */
@SuppressWarnings("ArrayRecordComponent")
public record FlowTerms(
    int packets,
    float[] packetLatents,
    float[] flowLatents,
    double[] bitNll,
    float[] features,
    float[] packetStates) {
  /**
   * Checks that a model's scores are such sums.
   *
   * @throws ModelException when it is of the unified architecture
   */
  public static void requireFrom(ModelConfig model) {
    if (model.hasContinuousBits()) {
      throw new ModelException(
          "a verdict of a model of the unified architecture cannot be taken apart: its scores have"
              + " no parts that belong to one packet");
    }
  }
}
