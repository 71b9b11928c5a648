package dev.janus.autograd;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Reference arrays of an independent implementation, from {@code testdata/golden}. */
final class Golden {
  private final Map<String, NpyArray> arrays;

  Golden(String file) {
    arrays = NpzReader.readAll(Path.of(System.getProperty("janus.testdata"), "golden", file));
  }

  float[] floats(String name) {
    return array(name).floats();
  }

  long[] longs(String name) {
    return array(name).longs();
  }

  private NpyArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** Largest {@code |a - b| / (1e-8 + max |b|)}, the error measure of the golden README. */
  static double error(float[] actual, int offset, float[] expected) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i]));
      double difference = Math.abs((double) actual[offset + i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(worst, difference);
    }
    return worst / (1e-8 + largest);
  }
}
