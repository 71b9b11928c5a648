package dev.janus.bench;

import dev.janus.engine.random.CounterRandom;

/** Operands: normals, the same in every run. */
final class RandomArrays {
  private RandomArrays() {}

  static float[] normals(int n) {
    float[] x = new float[n];
    CounterRandom.fillNormals(n, x, 0, n);
    return x;
  }
}
