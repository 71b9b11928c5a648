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
  /** Name in files and tables. */
  public static final String LABEL = "hidden";

  /** Name of its p-value there. */
  public static final String P_VALUE_LABEL = "hidden_p_value";

  /** Time t of the pass (method, section 12.2). */
  static final double TIME = 0.8;

  private HiddenState() {}
}
