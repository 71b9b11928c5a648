package dev.janus.autograd;

import java.util.Arrays;

/**
 * A matrix {@code [rows, columns]} on a tape, with room for its gradient. Valid until the tape is
 * restarted, which uses the object again, or the scope it was made in ends.
 */
public final class Var {
  /** Marks a gradient that no operator has written yet. */
  private static final int NONE = -1;

  private final Tape tape;
  private int offset;
  private int rows;
  private int columns;
  private boolean differentiable;
  private boolean readInBackward;
  private int gradient = NONE;

  Var(Tape tape) {
    this.tape = tape;
  }

  /** Makes this object stand for another matrix. */
  void reset(int newOffset, int newRows, int newColumns, boolean wantsGradient) {
    offset = newOffset;
    rows = newRows;
    columns = newColumns;
    differentiable = wantsGradient;
    readInBackward = false;
    gradient = NONE;
  }

  /** Position of element (0, 0) in {@link Tape#data}. */
  public int offset() {
    return offset;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public int length() {
    return rows * columns;
  }

  /** Whether any backward pass so far wrote a gradient for this value. */
  public boolean hasGradient() {
    return gradient != NONE;
  }

  /**
   * Position of the gradient in {@link Tape#data}; valid after {@link Tape#backward}, except for a
   * value made in a scope, whose gradient the backward pass has given back.
   */
  public int gradientOffset() {
    if (gradient == NONE) {
      throw new IllegalStateException("no gradient has reached this value");
    }
    return gradient;
  }

  boolean isDifferentiable() {
    return differentiable;
  }

  /** Says that an operator's backward pass reads the values, so that nothing may overwrite them. */
  void keepForBackward() {
    readInBackward = true;
  }

  /** Whether the values must stay as they are until the backward pass. */
  boolean isReadInBackward() {
    return readInBackward;
  }

  /** Room for a gradient that the caller overwrites whole; there must be none yet. */
  int newGradient() {
    gradient = tape.takeGradient(this);
    return gradient;
  }

  /** The gradient to add to, zero if nothing was written yet. */
  int gradientToAddTo() {
    if (gradient == NONE) {
      gradient = tape.takeGradient(this);
      Arrays.fill(tape.data(), gradient, gradient + length(), 0f);
    }
    return gradient;
  }
}
