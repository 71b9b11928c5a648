package dev.janus.bench.torch;

/** AdamW in one of libtorch's forms. */
interface TorchOptimizer {
  double LEARNING_RATE = 1e-3;
  double BETA1 = 0.9;
  double BETA2 = 0.999;
  double WEIGHT_DECAY = 0.01;
  double EPSILON = 1e-8;

  /** Changes the parameters by the gradients they hold. */
  void step();
}
