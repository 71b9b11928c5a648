package dev.janus.baselines;

import java.io.Serial;
import java.util.function.IntUnaryOperator;

/** Flows that a detector cannot be fitted on or cannot score. The message is one line. */
public final class BaselineException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private static final int NONE = -1;

  private final String reason;
  private final int row;

  public BaselineException(String message) {
    super(message);
    this.reason = message;
    this.row = NONE;
  }

  /** About one flow, whose row stands before the reason. */
  BaselineException(int row, String reason) {
    super("flow row " + row + ": " + reason);
    this.reason = reason;
    this.row = row;
  }

  /**
   * The same about a flow that has another row elsewhere, for those who gave the detector a piece.
   *
   * @param rows from rows of the piece to rows of the whole
   */
  public BaselineException renumbered(IntUnaryOperator rows) {
    return row == NONE ? this : new BaselineException(rows.applyAsInt(row), reason);
  }
}
