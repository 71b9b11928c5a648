package dev.janus.bench.torch;

import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;

/** {@code torch::optim::AdamW}, the C++ library's optimiser: a dozen kernels per parameter. */
final class LibraryAdamW implements TorchOptimizer {
  private final AdamW optimizer;

  LibraryAdamW(TorchParameters parameters) {
    AdamWOptions options = new AdamWOptions(LEARNING_RATE);
    options.betas().put(0, BETA1).put(1, BETA2);
    options.eps().put(EPSILON);
    options.weight_decay().put(WEIGHT_DECAY);
    optimizer = new AdamW(parameters.vector(), options);
  }

  @Override
  public void step() {
    optimizer.step();
  }
}
