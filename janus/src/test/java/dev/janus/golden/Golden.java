package dev.janus.golden;

import dev.janus.contract.artifact.NpyArray;
import dev.janus.contract.artifact.NpzReader;
import java.nio.file.Path;
import java.util.Map;

/** Arrays of one golden file, made by an independent reference. */
public final class Golden {
  private final String file;
  private final Map<String, NpyArray> arrays;

  private Golden(String file) {
    this.file = file;
    this.arrays = NpzReader.readAll(path(file));
  }

  /** Reads a golden {@code .npz}. */
  public static Golden npz(String file) {
    return new Golden(file);
  }

  /** Path of a file below {@code testdata/golden}. */
  public static Path path(String file) {
    return Path.of(System.getProperty("janus.testdata"), "golden", file);
  }

  public NpyArray array(String name) {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new AssertionError(file + " has no array " + name);
    }
    return array;
  }

  public double[] doubles(String name) {
    return array(name).doubles();
  }

  public float[] floats(String name) {
    return array(name).floats();
  }

  public int[] ints(String name) {
    return array(name).ints();
  }

  public long[] longs(String name) {
    return array(name).longs();
  }

  /** Largest difference relative to the largest expected value, as the goldens' README defines. */
  public static double error(double[] actual, double[] expected) {
    if (actual.length != expected.length) {
      throw new AssertionError(actual.length + " values instead of " + expected.length);
    }
    double difference = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    return difference / (1e-8 + largest);
  }
}
