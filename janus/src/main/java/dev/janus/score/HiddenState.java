package dev.janus.score;

/**
 * What the network holds of a flow after one pass with the flow's own, unspoiled values: the last
 * hidden state, behind the last norm, averaged over the flow's packets. Its Mahalanobis distance
 * from benign training flows is the score {@code hidden} (method, section 12.2), which costs one
 * pass where the ten scores take nine unless set otherwise.
 *
 * <p>The method also takes the flow token's state in. On the attacks of the one labelled day that
 * may decide such things the packets alone told more than both together.
 */
public final class HiddenState {
  /** Time t of the pass (method, section 12.2). */
  static final double TIME = 0.8;

  private HiddenState() {}

  /**
   * The mean over a flow's packets.
   *
   * @param states {@code [packets, d]} from {@code offset} on
   * @param hidden receives d numbers from {@code at} on
   */
  static void mean(float[] states, int offset, int packets, int d, double[] hidden, int at) {
    for (int c = 0; c < d; c++) {
      double sum = 0;
      for (int p = 0; p < packets; p++) {
        sum += states[offset + p * d + c];
      }
      hidden[at + c] = sum / packets;
    }
  }
}
