package dev.janus.autograd;

import dev.janus.autograd.nn.Linear;
import dev.janus.engine.kernel.Kernels;

/**
 * {@code y = gelu(x W1^T + b1) W2^T + b2} (method, section 5). Both layers in one operator, because
 * what lies between them is four times as wide as anything else: block by block it is used where it
 * was made, its gradient needs no more room than a block, and in inference neither do its values.
 */
final class MlpOperator implements Operator {
  private Linear in;
  private Linear out;
  private Var x;
  private Var y;
  private int hidden;
  private int slope;

  private MlpOperator(Linear in, Linear out, Var x, Var y, int hidden, int slope) {
    set(in, out, x, y, hidden, slope);
  }

  private void set(Linear in, Linear out, Var x, Var y, int hidden, int slope) {
    this.in = in;
    this.out = out;
    this.x = x;
    this.y = y;
    this.hidden = hidden;
    this.slope = slope;
  }

  static Var apply(Tape tape, Var x, Linear in, Linear out) {
    if (x.columns() != in.in() || in.out() != out.in()) {
      throw new IllegalArgumentException(
          "%s takes %d columns and gives %d, %s takes %d; x has %d"
              .formatted(
                  in.weight().name(),
                  in.in(),
                  in.out(),
                  out.weight().name(),
                  out.in(),
                  x.columns()));
    }
    Kernels kernels = tape.kernels();
    Var y = tape.result(x.rows(), out.out());
    int mark = tape.mark();
    int block = LinearRows.blockRows(x.rows());
    boolean recording = tape.isRecording();
    int width = in.out();
    int hidden = tape.take((recording ? x.rows() : Math.min(block, x.rows())) * width);
    int slope = recording ? tape.take(x.rows() * width) : hidden;
    float[] data = tape.data();
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      int h = recording ? hidden + r * width : hidden;
      LinearRows.product(tape, in, rows, x.offset() + r * in.in(), h);
      if (recording) {
        kernels.geluSlope(rows * width, data, h, data, h, data, slope + r * width);
      } else {
        kernels.gelu(rows * width, data, h, data, h);
      }
      LinearRows.product(tape, out, rows, h, y.offset() + r * out.out());
    }
    if (!recording) {
      tape.release(mark);
      return y;
    }
    x.keepForBackward();
    if (tape.spare() instanceof MlpOperator spare) {
      spare.set(in, out, x, y, hidden, slope);
      tape.record(spare);
    } else {
      tape.record(new MlpOperator(in, out, x, y, hidden, slope));
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
    int width = in.out();
    int dHidden = tape.take(Math.min(block, x.rows()) * width);
    int scratch =
        tape.take(
            Math.max(
                LinearRows.scratchLength(tape, in, block),
                LinearRows.scratchLength(tape, out, block)));
    float[] data = tape.data();
    for (int r = 0; r < x.rows(); r += block) {
      int rows = Math.min(block, x.rows() - r);
      int dy = y.gradientOffset() + r * out.out();
      LinearRows.addLayerGradients(tape, out, rows, dy, hidden + r * width, scratch);
      LinearRows.inputGradient(tape, out, rows, dy, dHidden, true);
      tape.kernels()
          .multiplyElements(rows * width, data, dHidden, data, slope + r * width, data, dHidden);
      LinearRows.addLayerGradients(tape, in, rows, dHidden, x.offset() + r * in.in(), scratch);
      if (wanted) {
        LinearRows.inputGradient(tape, in, rows, dHidden, dx + r * in.in(), first);
      }
    }
    tape.releaseScratch(dHidden);
  }
}
