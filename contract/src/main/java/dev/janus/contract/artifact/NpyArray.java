package dev.janus.contract.artifact;

/**
 * One array of an {@code .npz} file, C order.
 *
 * @param shape sizes of the dimensions; empty for a scalar
 * @param values the elements: {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]},
 *     {@code boolean[]} or {@code String[]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record NpyArray(int[] shape, Object values) {
  public float[] floats() {
    return (float[]) values;
  }

  public double[] doubles() {
    return (double[]) values;
  }

  public int[] ints() {
    return (int[]) values;
  }

  public long[] longs() {
    return (long[]) values;
  }

  public boolean[] booleans() {
    return (boolean[]) values;
  }

  public String[] strings() {
    return (String[]) values;
  }
}
