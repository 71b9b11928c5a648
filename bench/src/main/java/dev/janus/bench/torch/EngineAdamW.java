package dev.janus.bench.torch;

import dev.janus.autograd.optim.AdamW;
import dev.janus.bench.duel.Contender;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.engine.random.CounterRandom;

/** Our optimiser step on random weights and gradients, on one thread; never clips. */
final class EngineAdamW implements Contender {
  private static final double EMA_DECAY = 0.995;

  private final Kernels kernels;
  private final ThreadTeam team = ThreadTeam.ofSize(1);
  private final AdamW optimizer;
  private final float[] weights;
  private final float[] gradients;
  private final float[] average;
  private int steps;

  EngineAdamW(Kernels kernels, int length) {
    this.kernels = kernels;
    this.optimizer =
        new AdamW(kernels, length, TorchOptimizer.WEIGHT_DECAY, Double.POSITIVE_INFINITY);
    this.weights = normals(1, length);
    this.gradients = normals(2, length);
    this.average = weights.clone();
  }

  @Override
  public String name() {
    return kernels.name();
  }

  @Override
  public void run() {
    optimizer.step(
        steps++, TorchOptimizer.LEARNING_RATE, 1, EMA_DECAY, weights, gradients, average, team);
  }

  float[] weights() {
    return weights;
  }

  float[] gradients() {
    return gradients;
  }

  @Override
  public void close() {
    team.close();
  }

  private static float[] normals(long key, int n) {
    float[] values = new float[n];
    CounterRandom.fillNormals(key, values, 0, n);
    return values;
  }
}
