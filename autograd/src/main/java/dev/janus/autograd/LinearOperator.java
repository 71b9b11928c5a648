package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.engine.kernel.Kernels;

/**
 * {@code y = activation(x W^T + b)}; keeps the activation's slope instead of its input. Works on
 * blocks of rows: what one pass writes is still in cache when the next reads it.
 */
final class LinearOperator implements Operator {
  private static final int BLOCK_ROWS = 264;

  /** Blocks hold a whole number of the kernels' tiles of 6 or 4 rows, full ones of 8 rows too. */
  private static final int ROW_MULTIPLE = 12;

  private static final int NO_GRADIENT = -1;

  private Linear layer;
  private Activation activation;
  private Var x;
  private Var y;
  private int slope;

  private LinearOperator(Linear layer, Activation activation, Var x, Var y, int slope) {
    set(layer, activation, x, y, slope);
  }

  private void set(Linear layer, Activation activation, Var x, Var y, int slope) {
    this.layer = layer;
    this.activation = activation;
    this.x = x;
    this.y = y;
    this.slope = slope;
  }

  static Var apply(Tape tape, Var x, Linear layer, Activation activation) {
    if (x.columns() != layer.in()) {
      throw new IllegalArgumentException(
          layer.weight().name() + " takes " + layer.in() + " columns, not " + x.columns());
    }
    Kernels kernels = tape.kernels();
    Var y = tape.result(x.rows(), layer.out());
    boolean sloped = tape.isRecording() && activation != Activation.NONE;
    int slope = sloped ? tape.take(y.length()) : y.offset();
    float[] data = tape.data();
    int block = blockRows(x.rows());
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      int to = y.offset() + r * layer.out();
      kernels.multiplyBias(
          rows,
          layer.out(),
          layer.in(),
          data,
          x.offset() + r * layer.in(),
          tape.panels().data(),
          tape.panels().forwardOffset(layer),
          tape.parameters(),
          layer.bias().offset(),
          data,
          to);
      int n = rows * layer.out();
      if (sloped) {
        activateWithSlope(kernels, activation, n, data, to, slope + r * layer.out());
      } else {
        activate(kernels, activation, n, data, to);
      }
    }
    if (!tape.isRecording()) {
      return y;
    }
    x.keepForBackward();
    if (tape.spare() instanceof LinearOperator spare) {
      spare.set(layer, activation, x, y, slope);
      tape.record(spare);
    } else {
      tape.record(new LinearOperator(layer, activation, x, y, slope));
    }
    return y;
  }

  /** Rows that go through all passes of a layer before the next ones, with equal blocks. */
  private static int blockRows(int rows) {
    int blocks = Math.max(1, Math.ceilDiv(rows, BLOCK_ROWS));
    return Math.ceilDiv(Math.ceilDiv(rows, blocks), ROW_MULTIPLE) * ROW_MULTIPLE;
  }

  private static void activate(Kernels kernels, Activation activation, int n, float[] data, int y) {
    switch (activation) {
      case NONE -> {}
      case GELU -> kernels.gelu(n, data, y, data, y);
      case SILU -> kernels.silu(n, data, y, data, y);
    }
  }

  private static void activateWithSlope(
      Kernels kernels, Activation activation, int n, float[] data, int y, int slope) {
    switch (activation) {
      case NONE -> {}
      case GELU -> kernels.geluSlope(n, data, y, data, y, data, slope);
      case SILU -> kernels.siluSlope(n, data, y, data, y, data, slope);
    }
  }

  @Override
  public void backward(Tape tape) {
    if (!y.hasGradient()) {
      return;
    }
    boolean first = x.isDifferentiable() && !x.hasGradient();
    int dx = x.isDifferentiable() ? (first ? x.newGradient() : x.gradientOffset()) : NO_GRADIENT;
    int block = blockRows(x.rows());
    int scratch = tape.take(tape.kernels().outerScratchLength(block, layer.out(), layer.in()));
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      backward(tape, r, rows, scratch);
      if (dx != NO_GRADIENT) {
        inputGradient(tape, r, rows, dx + r * layer.in(), first);
      }
    }
    tape.releaseScratch(scratch);
  }

  /** Makes the gradient of the product's rows from that of the result, and those of the layer. */
  private void backward(Tape tape, int firstRow, int rows, int scratch) {
    Kernels kernels = tape.kernels();
    float[] data = tape.data();
    float[] gradients = tape.parameterGradients();
    int in = layer.in();
    int out = layer.out();
    int dy = y.gradientOffset() + firstRow * out;
    if (activation != Activation.NONE) {
      kernels.multiplyElements(rows * out, data, dy, data, slope + firstRow * out, data, dy);
    }
    kernels.outerSumAdd(
        rows,
        out,
        in,
        data,
        dy,
        data,
        x.offset() + firstRow * in,
        gradients,
        layer.weight().offset(),
        gradients,
        layer.bias().offset(),
        data,
        scratch);
  }

  private void inputGradient(Tape tape, int firstRow, int rows, int dx, boolean first) {
    Kernels kernels = tape.kernels();
    float[] data = tape.data();
    int in = layer.in();
    int out = layer.out();
    int dy = y.gradientOffset() + firstRow * out;
    float[] panels = tape.panels().data();
    int w = tape.panels().backwardOffset(layer);
    if (first) {
      kernels.multiply(rows, in, out, data, dy, panels, w, data, dx);
    } else {
      kernels.multiplyAdd(rows, in, out, data, dy, panels, w, data, dx);
    }
  }
}
