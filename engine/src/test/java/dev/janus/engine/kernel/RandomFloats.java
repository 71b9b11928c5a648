package dev.janus.engine.kernel;

import java.util.Random;

/** Seeded test data. */
final class RandomFloats {
  private final Random random;

  RandomFloats(long seed) {
    random = new Random(seed);
  }

  /** {@code n} standard normals. */
  float[] normals(int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  /** {@code n} normals times {@code factor}. */
  float[] normals(int n, float factor) {
    float[] x = normals(n);
    for (int i = 0; i < n; i++) {
      x[i] *= factor;
    }
    return x;
  }

  /** {@code n} uniforms in {@code [low, high)}. */
  float[] uniforms(int n, float low, float high) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = low + (high - low) * random.nextFloat();
    }
    return x;
  }
}
