package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.engine.kernel.Kernels;

/** {@code y = activation(x W^T + b)}; keeps the activation's slope instead of its input. */
final class LinearOperator implements Operator {
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
    int block = LinearRows.blockRows(x.rows());
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      int to = y.offset() + r * layer.out();
      LinearRows.product(tape, layer, rows, x.offset() + r * layer.in(), to);
      int n = rows * layer.out();
      if (sloped) {
        kernels.siluSlope(n, data, to, data, to, data, slope + r * layer.out());
      } else if (activation == Activation.SILU) {
        kernels.silu(n, data, to, data, to);
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

  @Override
  public void backward(Tape tape) {
    if (!y.hasGradient()) {
      return;
    }
    boolean wanted = x.isDifferentiable();
    boolean first = wanted && !x.hasGradient();
    int dx = first ? x.newGradient() : wanted ? x.gradientOffset() : 0;
    int block = LinearRows.blockRows(x.rows());
    int scratch = tape.take(LinearRows.scratchLength(tape, layer, block));
    float[] data = tape.data();
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      int at = r * layer.out();
      int dy = y.gradientOffset() + at;
      if (activation == Activation.SILU) {
        tape.kernels().multiplyElements(rows * layer.out(), data, dy, data, slope + at, data, dy);
      }
      LinearRows.addLayerGradients(tape, layer, rows, dy, x.offset() + r * layer.in(), scratch);
      if (wanted) {
        LinearRows.inputGradient(tape, layer, rows, dy, dx + r * layer.in(), first);
      }
    }
    tape.releaseScratch(scratch);
  }
}
