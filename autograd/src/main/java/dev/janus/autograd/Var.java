package dev.janus.autograd;

import java.util.Arrays;

/**
 * A matrix {@code [rows, columns]} on a tape, with room for its gradient. Valid until the tape is
 * restarted or the memory it lies in is released.
 */
public final class Var {
  /** Marks a gradient that no operator has written yet. */
  private static final int NONE = -1;

  private final Tape tape;
  private final int offset;
  private final int rows;
  private final int columns;
  private final boolean differentiable;
  private int gradient = NONE;

  Var(Tape tape, int offset, int rows, int columns, boolean differentiable) {
    this.tape = tape;
    this.offset = offset;
    this.rows = rows;
    this.columns = columns;
    this.differentiable = differentiable;
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

  /** Position of the gradient in {@link Tape#data}; valid after {@link Tape#backward}. */
  public int gradientOffset() {
    if (gradient == NONE) {
      throw new IllegalStateException("no gradient has reached this value");
    }
    return gradient;
  }

  boolean isDifferentiable() {
    return differentiable;
  }

  /** Room for a gradient that the caller overwrites whole; there must be none yet. */
  int newGradient() {
    gradient = tape.take(length());
    return gradient;
  }

  /** The gradient to add to, zero if nothing was written yet. */
  int gradientToAddTo() {
    if (gradient == NONE) {
      gradient = tape.take(length());
      Arrays.fill(tape.data(), gradient, gradient + length(), 0f);
    }
    return gradient;
  }

  /** Makes a gradient that its owner no longer needs this value's gradient. */
  void adoptGradient(int offsetOfGradient) {
    gradient = offsetOfGradient;
  }
}
