package dev.janus.train;

import dev.janus.model.ModelConfig;

/**
 * How to train (method, section 6).
 *
 * @param seed seed of the initial weights, the batches and all training noise
 * @param steps optimiser steps in all, at least 1
 * @param batchSize B, flows per step, 2..8192: the coupling holds B x B numbers
 * @param learningRate peak of the schedule, above 0
 * @param warmupSteps steps of linear warm-up, at least 1
 * @param weightDecay decoupled decay, 0 or more
 * @param clipNorm largest global L2 norm of the gradient, above 0
 * @param emaDecay upper bound of the weight average's decay, 0..1
 * @param sigma width of the continuous path, 0 or more
 * @param lambdaDisc weight of the discrete loss, 0 or more
 * @param useOt whether noise is paired with flows by the Sinkhorn plan
 * @param sinkhornEpsilon regularisation relative to the mean cost, above 0
 * @param sinkhornIterations iterations, at least 1
 * @param checkpointSteps steps between checkpoints, at least 1; an epoch's end writes one as well
 * @param maskedPrediction the second pass of the unified architecture
 */
public record TrainingConfig(
    long seed,
    int steps,
    int batchSize,
    double learningRate,
    int warmupSteps,
    double weightDecay,
    double clipNorm,
    double emaDecay,
    double sigma,
    double lambdaDisc,
    boolean useOt,
    double sinkhornEpsilon,
    int sinkhornIterations,
    int checkpointSteps,
    MaskedPrediction maskedPrediction) {
  public TrainingConfig {
    require(steps >= 1, "steps must be at least 1");
    require(batchSize >= 2 && batchSize <= 8192, "batch_size must be 2..8192");
    require(learningRate > 0 && learningRate < 1, "learning_rate must be between 0 and 1");
    require(warmupSteps >= 1, "warmup_steps must be at least 1");
    require(weightDecay >= 0 && weightDecay < 1, "weight_decay must be in [0, 1)");
    require(clipNorm > 0 && Double.isFinite(clipNorm), "clip_norm must be above 0");
    require(emaDecay >= 0 && emaDecay < 1, "ema_decay must be in [0, 1)");
    require(sigma >= 0 && sigma <= 10, "sigma must be in [0, 10]");
    require(lambdaDisc >= 0 && Double.isFinite(lambdaDisc), "lambda_disc must be 0 or more");
    require(
        sinkhornEpsilon > 0 && Double.isFinite(sinkhornEpsilon),
        "sinkhorn_epsilon must be above 0");
    require(sinkhornIterations >= 1, "sinkhorn_iterations must be at least 1");
    require(checkpointSteps >= 1, "checkpoint_steps must be at least 1");
  }

  /** A training without a second pass. */
  public TrainingConfig(
      long seed,
      int steps,
      int batchSize,
      double learningRate,
      int warmupSteps,
      double weightDecay,
      double clipNorm,
      double emaDecay,
      double sigma,
      double lambdaDisc,
      boolean useOt,
      double sinkhornEpsilon,
      int sinkhornIterations,
      int checkpointSteps) {
    this(
        seed,
        steps,
        batchSize,
        learningRate,
        warmupSteps,
        weightDecay,
        clipNorm,
        emaDecay,
        sigma,
        lambdaDisc,
        useOt,
        sinkhornEpsilon,
        sinkhornIterations,
        checkpointSteps,
        MaskedPrediction.OFF);
  }

  /** The method's defaults for a given seed and number of steps. */
  public static TrainingConfig defaults(long seed, int steps) {
    return new TrainingConfig(
        seed, steps, 128, 1e-3, 50, 0.01, 1.0, 0.995, 0.1, 1.0, true, 0.05, 50, 500);
  }

  /** The same training with checkpoints at another distance; changes no result. */
  TrainingConfig withCheckpointSteps(int steps) {
    return new TrainingConfig(
        seed,
        this.steps,
        batchSize,
        learningRate,
        warmupSteps,
        weightDecay,
        clipNorm,
        emaDecay,
        sigma,
        lambdaDisc,
        useOt,
        sinkhornEpsilon,
        sinkhornIterations,
        steps,
        maskedPrediction);
  }

  /** The same training with or without a second pass. */
  public TrainingConfig withMaskedPrediction(MaskedPrediction masked) {
    return new TrainingConfig(
        seed,
        steps,
        batchSize,
        learningRate,
        warmupSteps,
        weightDecay,
        clipNorm,
        emaDecay,
        sigma,
        lambdaDisc,
        useOt,
        sinkhornEpsilon,
        sinkhornIterations,
        checkpointSteps,
        masked);
  }

  /**
   * Whether this model can be trained so.
   *
   * @throws IllegalArgumentException when there is a second pass and the model is not unified
   */
  public void requireFits(ModelConfig model) {
    require(
        !maskedPrediction.takesPart() || model.hasContinuousBits(),
        "mask_weight above 0 needs model.architecture: unified; set it to 0 or change the"
            + " architecture");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
