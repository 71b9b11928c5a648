package dev.janus.autograd;

import dev.janus.engine.Ragged;
import dev.janus.engine.kernel.Kernels;

/** {@code y = LN(x) (1 + scale) + shift}, shift and scale per flow (method, section 5). */
final class AdaNormOperator implements Operator {
  private Var x;
  private Var modulation;
  private int shiftPart;
  private Ragged tokens;
  private Var y;
  private int normalised;
  private int inverseDeviation;

  private AdaNormOperator(
      Var x,
      Var modulation,
      int shiftPart,
      Ragged tokens,
      Var y,
      int normalised,
      int inverseDeviation) {
    set(x, modulation, shiftPart, tokens, y, normalised, inverseDeviation);
  }

  private void set(
      Var x,
      Var modulation,
      int shiftPart,
      Ragged tokens,
      Var y,
      int normalised,
      int inverseDeviation) {
    this.x = x;
    this.modulation = modulation;
    this.shiftPart = shiftPart;
    this.tokens = tokens;
    this.y = y;
    this.normalised = normalised;
    this.inverseDeviation = inverseDeviation;
  }

  static Var apply(Tape tape, Var x, Var modulation, int shiftPart, Ragged tokens) {
    Kernels kernels = tape.kernels();
    int d = x.columns();
    Var y = tape.result(x.rows(), d);
    int mark = tape.mark();
    int normalised = tape.take(x.length());
    int inverseDeviation = tape.take(x.rows());
    float[] data = tape.data();
    for (int f = 0; f < tokens.count(); f++) {
      int row = tokens.start(f);
      int shift = Modulation.at(modulation, f) + shiftPart * d;
      kernels.adaNorm(
          tokens.rows(f),
          d,
          data,
          x.offset() + row * d,
          data,
          shift,
          data,
          shift + d,
          data,
          normalised + row * d,
          data,
          inverseDeviation + row,
          data,
          y.offset() + row * d);
    }
    if (tape.isRecording()) {
      modulation.keepForBackward();
      if (tape.spare() instanceof AdaNormOperator spare) {
        spare.set(x, modulation, shiftPart, tokens, y, normalised, inverseDeviation);
        tape.record(spare);
      } else {
        tape.record(
            new AdaNormOperator(x, modulation, shiftPart, tokens, y, normalised, inverseDeviation));
      }
    } else {
      tape.release(mark);
    }
    return y;
  }

  @Override
  public void backward(Tape tape) {
    if (!y.hasGradient()) {
      return;
    }
    Kernels kernels = tape.kernels();
    int d = x.columns();
    int dx = x.gradientToAddTo();
    int dModulation = modulation.gradientToAddTo();
    int scratch = tape.take(d);
    float[] data = tape.data();
    for (int f = 0; f < tokens.count(); f++) {
      int row = tokens.start(f);
      int shift = shiftPart * d;
      int dShift = Modulation.gradientAt(modulation, dModulation, f) + shift;
      kernels.adaNormBackward(
          tokens.rows(f),
          d,
          data,
          y.gradientOffset() + row * d,
          data,
          normalised + row * d,
          data,
          inverseDeviation + row,
          data,
          Modulation.at(modulation, f) + shift + d,
          data,
          dx + row * d,
          data,
          dShift,
          data,
          dShift + d,
          data,
          scratch);
    }
    tape.releaseScratch(scratch);
  }
}
