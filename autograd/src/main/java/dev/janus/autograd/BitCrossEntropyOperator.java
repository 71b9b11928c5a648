package dev.janus.autograd;

/**
 * Weighted sum of {@code softplus(-b l)}: the cross entropy of the posterior {@code sigmoid(l)}
 * with the true bit b = +-1 (method, section 6.6). Where b is 0 nobody asks, and nothing is added.
 */
final class BitCrossEntropyOperator implements Operator {
  private Var logits;
  private float[] bits;
  private int bitsOffset;
  private double weight;

  private BitCrossEntropyOperator(Var logits, float[] bits, int bitsOffset, double weight) {
    set(logits, bits, bitsOffset, weight);
  }

  private void set(Var logits, float[] bits, int bitsOffset, double weight) {
    this.logits = logits;
    this.bits = bits;
    this.bitsOffset = bitsOffset;
    this.weight = weight;
  }

  static double apply(Tape tape, Var logits, float[] bits, int bitsOffset, double weight) {
    float[] data = tape.data();
    double sum = 0;
    for (int i = 0; i < logits.length(); i++) {
      float bit = bits[bitsOffset + i];
      if (bit != 0) {
        sum += LogisticLoss.of(bit, data[logits.offset() + i]);
      }
    }
    if (tape.isRecording()) {
      if (tape.spare() instanceof BitCrossEntropyOperator spare) {
        spare.set(logits, bits, bitsOffset, weight);
        tape.record(spare);
      } else {
        tape.record(new BitCrossEntropyOperator(logits, bits, bitsOffset, weight));
      }
    }
    return sum;
  }

  @Override
  public void backward(Tape tape) {
    int gradient = logits.gradientToAddTo();
    float[] data = tape.data();
    for (int i = 0; i < logits.length(); i++) {
      float bit = bits[bitsOffset + i];
      if (bit != 0) {
        double slope = LogisticLoss.slope(bit, data[logits.offset() + i]);
        data[gradient + i] += (float) (weight * slope);
      }
    }
  }
}
