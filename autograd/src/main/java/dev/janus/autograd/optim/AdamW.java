package dev.janus.autograd.optim;

import dev.janus.engine.kernel.AdamWStep;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;

/**
 * AdamW with decoupled weight decay, global-norm clipping and a moving average of the weights
 * (method, section 6, items 7 and 9). Holds the moments; weights and average belong to the caller.
 * The result does not depend on the number of threads: norm and update work on fixed blocks.
 */
public final class AdamW {
  private static final int BLOCK = 16 * 1024;
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;

  private final Kernels kernels;
  private final double weightDecay;
  private final double clipNorm;
  private final float[] firstMoment;
  private final float[] secondMoment;
  private final double[] blockNorms;

  /** An optimiser for {@code length} parameters with zero moments. */
  public AdamW(Kernels kernels, int length, double weightDecay, double clipNorm) {
    this.kernels = kernels;
    this.weightDecay = weightDecay;
    this.clipNorm = clipNorm;
    firstMoment = new float[length];
    secondMoment = new float[length];
    blockNorms = new double[(length + BLOCK - 1) / BLOCK];
  }

  /** First moments, for checkpoints. */
  public float[] firstMoment() {
    return firstMoment;
  }

  /** Second moments, for checkpoints. */
  public float[] secondMoment() {
    return secondMoment;
  }

  /** L2 norm of the whole gradient. */
  public double norm(float[] gradients, ThreadTeam team) {
    team.run(
        blockNorms.length,
        block ->
            blockNorms[block] =
                kernels.sumOfSquares(size(block, gradients.length), gradients, block * BLOCK));
    double sum = 0;
    for (double squares : blockNorms) {
      sum += squares;
    }
    return Math.sqrt(sum);
  }

  /**
   * One step.
   *
   * @param step number of steps taken before, from 0
   * @param learningRate rate of this step
   * @param norm what {@link #norm} gave for these gradients
   * @param emaDecay decay of the weight average in this step
   */
  public void step(
      int step,
      double learningRate,
      double norm,
      double emaDecay,
      float[] weights,
      float[] gradients,
      float[] average,
      ThreadTeam team) {
    AdamWStep constants =
        new AdamWStep(
            (float) Math.min(1, clipNorm / (norm + 1e-6)),
            (float) (1 - learningRate * weightDecay),
            BETA1,
            BETA2,
            (float) (learningRate / (1 - StrictMath.pow(0.9, step + 1))),
            (float) (1 / Math.sqrt(1 - StrictMath.pow(0.999, step + 1))),
            1e-8f,
            (float) emaDecay);
    team.run(
        blockNorms.length,
        block ->
            kernels.adamW(
                size(block, weights.length),
                constants,
                weights,
                gradients,
                firstMoment,
                secondMoment,
                average,
                block * BLOCK));
  }

  private static int size(int block, int length) {
    return Math.min(BLOCK, length - block * BLOCK);
  }
}
