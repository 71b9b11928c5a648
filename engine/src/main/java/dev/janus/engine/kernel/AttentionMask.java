package dev.janus.engine.kernel;

/** Which tokens of a flow a token reads. The flow token is the last row and reads all rows. */
public enum AttentionMask {
  /** Packet i reads packets 0..i (method, section 5). */
  CAUSAL,
  /** Every packet reads every packet, never the flow token; for ablations. */
  FULL;

  /** Number of leading rows that row {@code i} of {@code rows} reads. */
  public int visible(int i, int rows) {
    if (i == rows - 1) {
      return rows;
    }
    return this == CAUSAL ? i + 1 : rows - 1;
  }
}
