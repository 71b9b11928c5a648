package dev.janus.autograd;

/** Weighted sum of squared errors. */
final class SquaredErrorOperator implements Operator {
  private Var prediction;
  private float[] target;
  private int targetOffset;
  private double weight;

  private SquaredErrorOperator(Var prediction, float[] target, int targetOffset, double weight) {
    set(prediction, target, targetOffset, weight);
  }

  private void set(Var prediction, float[] target, int targetOffset, double weight) {
    this.prediction = prediction;
    this.target = target;
    this.targetOffset = targetOffset;
    this.weight = weight;
  }

  static double apply(Tape tape, Var prediction, float[] target, int targetOffset, double weight) {
    float[] data = tape.data();
    double sum = 0;
    for (int i = 0; i < prediction.length(); i++) {
      double error = (double) data[prediction.offset() + i] - target[targetOffset + i];
      sum += error * error;
    }
    if (tape.isRecording()) {
      if (tape.spare() instanceof SquaredErrorOperator spare) {
        spare.set(prediction, target, targetOffset, weight);
        tape.record(spare);
      } else {
        tape.record(new SquaredErrorOperator(prediction, target, targetOffset, weight));
      }
    }
    return sum;
  }

  @Override
  public void backward(Tape tape) {
    int gradient = prediction.gradientToAddTo();
    float[] data = tape.data();
    for (int i = 0; i < prediction.length(); i++) {
      double error = (double) data[prediction.offset() + i] - target[targetOffset + i];
      data[gradient + i] += (float) (2 * weight * error);
    }
  }
}
