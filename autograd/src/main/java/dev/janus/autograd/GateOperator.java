package dev.janus.autograd;

import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;

/** {@code out = x + gate * y}, the gate per flow (method, section 5). */
final class GateOperator implements Operator {
  private final Var x;
  private final Var y;
  private final Var modulation;
  private final int gatePart;
  private final Ragged tokens;
  private final Var out;

  private GateOperator(Var x, Var y, Var modulation, int gatePart, Ragged tokens, Var out) {
    this.x = x;
    this.y = y;
    this.modulation = modulation;
    this.gatePart = gatePart;
    this.tokens = tokens;
    this.out = out;
  }

  static Var apply(Tape tape, Var x, Var y, Var modulation, int gatePart, Ragged tokens) {
    Kernels kernels = tape.kernels();
    int d = x.columns();
    Var out = tape.isRecording() ? tape.result(x.rows(), d) : x;
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
          out.offset() + at);
    }
    if (tape.isRecording()) {
      tape.record(new GateOperator(x, y, modulation, gatePart, tokens, out));
    }
    return out;
  }

  @Override
  public void backward(Tape tape) {
    if (!out.hasGradient()) {
      return;
    }
    Kernels kernels = tape.kernels();
    int d = x.columns();
    int dOut = out.gradientOffset();
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
    // Every reader of `out` has been replayed, so the residual branch takes its gradient over.
    if (x.hasGradient()) {
      kernels.add(x.length(), data, dOut, data, x.gradientOffset());
    } else {
      x.adoptGradient(dOut);
    }
  }
}
