package dev.janus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Golden values made by an independent reference, and the error measure their README defines. */
public final class Golden {
  private final Map<String, NpyArray> arrays;

  private Golden(Map<String, NpyArray> arrays) {
    this.arrays = arrays;
  }

  /** Opens {@code testdata/golden/NAME.npz}. */
  public static Golden read(String name) {
    String testdata = Objects.requireNonNull(System.getProperty("janus.testdata"));
    return new Golden(NpzReader.readAll(Path.of(testdata, "golden", name + ".npz")));
  }

  public double[] doubles(String name) {
    return array(name).doubles();
  }

  public float[] floats(String name) {
    return array(name).floats();
  }

  public long[] longs(String name) {
    return array(name).longs();
  }

  private NpyArray array(String name) {
    return Objects.requireNonNull(arrays.get(name), name);
  }

  /** Asserts {@code max |a - b| / (1e-8 + max |b|) <= tolerance}. */
  public static void assertClose(
      String what, double[] actual, double[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    double error = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      error = Math.max(error, Math.abs(actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertThat(error / (1e-8 + largest)).as(what).isLessThanOrEqualTo(tolerance);
  }

  public static void assertClose(String what, float[] actual, double[] expected, double tolerance) {
    assertClose(what, doubles(actual), expected, tolerance);
  }

  public static double[] doubles(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  public static float[] floats(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
