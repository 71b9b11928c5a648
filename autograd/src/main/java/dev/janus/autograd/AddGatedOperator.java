package dev.janus.autograd;

import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;

/** {@code x += gate * y} in place, the gate per flow (method, section 5). */
final class AddGatedOperator implements Operator {
  private Var x;
  private Var y;
  private Var modulation;
  private int gatePart;
  private Ragged tokens;

  private AddGatedOperator(Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    set(x, y, modulation, gatePart, tokens);
  }

  private void set(Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    this.x = x;
    this.y = y;
    this.modulation = modulation;
    this.gatePart = gatePart;
    this.tokens = tokens;
  }

  static void apply(Tape tape, Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    if (x.isReadInBackward()) {
      throw new IllegalStateException("the backward pass still needs the values to be overwritten");
    }
    if (tape.isRecording() && !x.isDifferentiable()) {
      throw new IllegalArgumentException(
          "a constant passes no gradient on to what is added to it; use a variable");
    }
    Kernels kernels = tape.kernels();
    int d = x.columns();
    float[] data = tape.data();
    for (int f = 0; f < tokens.count(); f++) {
      int at = tokens.start(f) * d;
      kernels.gate(
          tokens.rows(f),
          d,
          data,
          x.offset() + at,
          data,
          y.offset() + at,
          data,
          Modulation.at(modulation, f) + gatePart * d,
          data,
          x.offset() + at);
    }
    if (tape.isRecording()) {
      y.keepForBackward();
      modulation.keepForBackward();
      if (tape.spare() instanceof AddGatedOperator spare) {
        spare.set(x, y, modulation, gatePart, tokens);
        tape.record(spare);
      } else {
        tape.record(new AddGatedOperator(x, y, modulation, gatePart, tokens));
      }
    }
  }

  /** The gradient of the new x is that of the old one: the residual branch needs no work. */
  @Override
  public void backward(Tape tape) {
    if (!x.hasGradient()) {
      return;
    }
    Kernels kernels = tape.kernels();
    int d = x.columns();
    int dOut = x.gradientOffset();
    int dy = y.newGradient();
    int dModulation = modulation.gradientToAddTo();
    float[] data = tape.data();
    for (int f = 0; f < tokens.count(); f++) {
      int at = tokens.start(f) * d;
      kernels.gateBackward(
          tokens.rows(f),
          d,
          data,
          dOut + at,
          data,
          y.offset() + at,
          data,
          Modulation.at(modulation, f) + gatePart * d,
          data,
          dy + at,
          data,
          Modulation.gradientAt(modulation, dModulation, f) + gatePart * d);
    }
  }
}
