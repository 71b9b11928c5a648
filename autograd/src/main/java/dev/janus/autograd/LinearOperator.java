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
    float[] data = tape.data();
    kernels.multiplyBias(
        x.rows(),
        layer.out(),
        layer.in(),
        data,
        x.offset(),
        tape.panels().data(),
        tape.panels().forwardOffset(layer),
        tape.parameters(),
        layer.bias().offset(),
        data,
        y.offset());
    if (!tape.isRecording()) {
      activate(kernels, activation, data, y);
      return y;
    }
    int slope = activation == Activation.NONE ? y.offset() : tape.take(y.length());
    switch (activation) {
      case NONE -> {}
      case GELU -> kernels.geluSlope(y.length(), data, y.offset(), data, y.offset(), data, slope);
      case SILU -> kernels.siluSlope(y.length(), data, y.offset(), data, y.offset(), data, slope);
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

  private static void activate(Kernels kernels, Activation activation, float[] data, Var y) {
    switch (activation) {
      case NONE -> {}
      case GELU -> kernels.gelu(y.length(), data, y.offset(), data, y.offset());
      case SILU -> kernels.silu(y.length(), data, y.offset(), data, y.offset());
    }
  }

  @Override
  public void backward(Tape tape) {
    if (!y.hasGradient()) {
      return;
    }
    Kernels kernels = tape.kernels();
    float[] data = tape.data();
    float[] gradients = tape.parameterGradients();
    int rows = x.rows();
    int in = layer.in();
    int out = layer.out();
    int dy = y.gradientOffset();
    if (activation != Activation.NONE) {
      kernels.multiplyElements(y.length(), data, dy, data, slope, data, dy);
    }
    kernels.sumRowsAdd(rows, out, data, dy, gradients, layer.bias().offset());
    int scratch = tape.take(kernels.outerScratchLength(rows, out, in));
    kernels.outerAdd(
        rows,
        out,
        in,
        data,
        dy,
        data,
        x.offset(),
        gradients,
        layer.weight().offset(),
        data,
        scratch);
    tape.releaseScratch(scratch);
    if (!x.isDifferentiable()) {
      return;
    }
    float[] panels = tape.panels().data();
    int w = tape.panels().backwardOffset(layer);
    if (x.hasGradient()) {
      kernels.multiplyAdd(rows, in, out, data, dy, panels, w, data, x.gradientOffset());
    } else {
      kernels.multiply(rows, in, out, data, dy, panels, w, data, x.newGradient());
    }
  }
}
