package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.util.Arrays;

/**
 * One array of an {@code .npz} file, C order. The elements are shared, not copied. The typed
 * accessors throw a {@link ContractException} when the elements are of another type.
 *
 * @param shape sizes of the dimensions; empty for a scalar
 * @param values the elements: {@code float[]}, {@code double[]}, {@code int[]}, {@code long[]},
 *     {@code boolean[]} or {@code String[]}
 */
@SuppressWarnings("ArrayRecordComponent")
public record NpyArray(int[] shape, Object values) {
  /**
   * @throws IllegalArgumentException when the shape does not hold exactly these elements
   */
  public NpyArray {
    long count = 1;
    for (int size : shape) {
      count = Math.multiplyExact(count, (long) size);
    }
    if (count != lengthOf(values)) {
      throw new IllegalArgumentException(
          "shape %s does not hold %d elements".formatted(Arrays.toString(shape), lengthOf(values)));
    }
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(float[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(double[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(int[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(long[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(boolean[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A one-dimensional array, or one of the given shape. */
  public static NpyArray of(String[] values, int... shape) {
    return new NpyArray(orVector(shape, values.length), values);
  }

  /** A scalar. */
  public static NpyArray scalar(int value) {
    return new NpyArray(new int[0], new int[] {value});
  }

  public float[] floats() {
    return values instanceof float[] v ? v : refuse(NpyType.FLOAT32);
  }

  public double[] doubles() {
    return values instanceof double[] v ? v : refuse(NpyType.FLOAT64);
  }

  public int[] ints() {
    return values instanceof int[] v ? v : refuse(NpyType.INT32);
  }

  public long[] longs() {
    return values instanceof long[] v ? v : refuse(NpyType.INT64);
  }

  public boolean[] booleans() {
    return values instanceof boolean[] v ? v : refuse(NpyType.BOOL);
  }

  public String[] strings() {
    return values instanceof String[] v ? v : refuse(NpyType.UNICODE);
  }

  /** Element type. */
  NpyType type() {
    return typeOf(values);
  }

  private <T> T refuse(NpyType wanted) {
    throw new ContractException(
        "an array of " + wanted.label() + " was expected, but it holds " + type().label());
  }

  private static int[] orVector(int[] shape, int length) {
    return shape.length == 0 ? new int[] {length} : shape;
  }

  private static NpyType typeOf(Object values) {
    return switch (values) {
      case float[] v -> NpyType.FLOAT32;
      case double[] v -> NpyType.FLOAT64;
      case int[] v -> NpyType.INT32;
      case long[] v -> NpyType.INT64;
      case boolean[] v -> NpyType.BOOL;
      case String[] v -> NpyType.UNICODE;
      default -> throw unsupported(values);
    };
  }

  private static int lengthOf(Object values) {
    return switch (values) {
      case float[] v -> v.length;
      case double[] v -> v.length;
      case int[] v -> v.length;
      case long[] v -> v.length;
      case boolean[] v -> v.length;
      case String[] v -> v.length;
      default -> throw unsupported(values);
    };
  }

  private static IllegalArgumentException unsupported(Object values) {
    return new IllegalArgumentException("no .npy array: " + values.getClass().getSimpleName());
  }
}
