package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.engine.kernel.Kernels;

/**
 * A linear layer on some rows of {@link Tape#data}: its product and its gradients. Operators go
 * over their rows block by block, so that what one pass writes is still in cache when the next one
 * reads it.
 */
final class LinearRows {
  private static final int BLOCK_ROWS = 264;

  /** Blocks hold a whole number of the kernels' tiles of 6 or 4 rows, full ones of 8 rows too. */
  private static final int ROW_MULTIPLE = 12;

  private LinearRows() {}

  /** Rows that go through all passes before the next ones, with equal blocks. */
  static int blockRows(int rows) {
    int blocks = Math.max(1, Math.ceilDiv(rows, BLOCK_ROWS));
    return Math.ceilDiv(Math.ceilDiv(rows, blocks), ROW_MULTIPLE) * ROW_MULTIPLE;
  }

  /** {@code y [rows, out] = x [rows, in] W^T + b}. */
  static void product(Tape tape, Linear layer, int rows, int x, int y) {
    float[] data = tape.data();
    tape.kernels()
        .multiplyBias(
            rows,
            layer.out(),
            layer.in(),
            data,
            x,
            tape.panels().data(),
            tape.panels().forwardOffset(layer),
            tape.parameters(),
            layer.bias().offset(),
            data,
            y);
  }

  /** Scratch floats of {@link #addLayerGradients} on a block of rows. */
  static int scratchLength(Tape tape, Linear layer, int block) {
    return tape.kernels().outerScratchLength(block, layer.out(), layer.in());
  }

  /** Adds to the gradients of weight and bias, from that of the product. */
  static void addLayerGradients(Tape tape, Linear layer, int rows, int dy, int x, int scratch) {
    float[] data = tape.data();
    float[] gradients = tape.parameterGradients();
    tape.kernels()
        .outerSumAdd(
            rows,
            layer.out(),
            layer.in(),
            data,
            dy,
            data,
            x,
            gradients,
            layer.weight().offset(),
            gradients,
            layer.bias().offset(),
            data,
            scratch);
  }

  /** {@code dx [rows, in] = dy [rows, out] W}, or added to dx unless {@code first}. */
  static void inputGradient(Tape tape, Linear layer, int rows, int dy, int dx, boolean first) {
    Kernels kernels = tape.kernels();
    float[] data = tape.data();
    float[] panels = tape.panels().data();
    int w = tape.panels().backwardOffset(layer);
    if (first) {
      kernels.multiply(rows, layer.in(), layer.out(), data, dy, panels, w, data, dx);
    } else {
      kernels.multiplyAdd(rows, layer.in(), layer.out(), data, dy, panels, w, data, dx);
    }
  }
}
