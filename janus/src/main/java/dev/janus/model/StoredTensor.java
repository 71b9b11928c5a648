package dev.janus.model;

/**
 * An array with a shape, row-major, as it lies in a file. The values are not copied: whoever hands
 * one over leaves them alone from then on. Scalars have an empty shape.
 */
public sealed interface StoredTensor {
  /** Sizes of the dimensions. */
  int[] shape();

  /** 32-bit floats. */
  @SuppressWarnings("ArrayRecordComponent")
  record Float32(int[] shape, float[] values) implements StoredTensor {
    public Float32 {
      check(shape, values.length);
    }
  }

  /** 64-bit floats. */
  @SuppressWarnings("ArrayRecordComponent")
  record Float64(int[] shape, double[] values) implements StoredTensor {
    public Float64 {
      check(shape, values.length);
    }

    /** A vector. */
    public static Float64 of(double... values) {
      return new Float64(new int[] {values.length}, values);
    }
  }

  /** 64-bit signed integers. */
  @SuppressWarnings("ArrayRecordComponent")
  record Int64(int[] shape, long[] values) implements StoredTensor {
    public Int64 {
      check(shape, values.length);
    }

    /** A vector. */
    public static Int64 of(long... values) {
      return new Int64(new int[] {values.length}, values);
    }
  }

  private static void check(int[] shape, int length) {
    long count = 1;
    for (int size : shape) {
      if (size < 0) {
        throw new IllegalArgumentException("a dimension of " + size);
      }
      count = Math.multiplyExact(count, (long) size);
    }
    if (count != length) {
      throw new IllegalArgumentException(length + " values for a shape of " + count);
    }
  }
}
