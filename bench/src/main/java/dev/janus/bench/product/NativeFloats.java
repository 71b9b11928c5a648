package dev.janus.bench.product;

import org.bytedeco.javacpp.FloatPointer;

/** Native memory for the peers: no copying between heap and library counts against them. */
final class NativeFloats {
  private static final long ALIGNMENT = 64;

  private NativeFloats() {}

  /** Memory for {@code n} floats that begins a cache line. */
  static FloatPointer allocate(long n) {
    FloatPointer memory = new FloatPointer(n + ALIGNMENT / Float.BYTES);
    long beyond = memory.address() % ALIGNMENT;
    return beyond == 0 ? memory : memory.getPointer((ALIGNMENT - beyond) / Float.BYTES);
  }

  /** A copy of an array. */
  static FloatPointer copyOf(float[] values) {
    return allocate(values.length).put(values, 0, values.length);
  }

  /** A copy of native memory. */
  static float[] toArray(FloatPointer memory, int n) {
    float[] values = new float[n];
    memory.get(values, 0, n);
    return values;
  }
}
