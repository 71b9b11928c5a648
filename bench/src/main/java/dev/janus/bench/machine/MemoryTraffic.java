package dev.janus.bench.machine;

import dev.janus.bench.duel.Contender;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Streams through arrays that together have the size of a memory level. */
final class MemoryTraffic {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** A run moves at least this much, so that the call itself costs nothing. */
  private static final long LEAST_BYTES = 4 << 20;

  private MemoryTraffic() {}

  /** Work that moves {@code bytes} in a run. */
  record Stream(Contender contender, double bytes) {}

  /** Adds up an array of {@code size} bytes. */
  static Stream read(long size) {
    int vectors = 8 * SPECIES.length();
    int n = (int) (size / Float.BYTES) / vectors * vectors;
    float[] array = new float[n];
    float[] result = new float[SPECIES.length()];
    long passes = passes(n);
    return new Stream(
        Contender.of("read", () -> repeat(passes, () -> sum(array, result))),
        (double) passes * n * Float.BYTES);
  }

  /** Copies one half of {@code size} bytes to the other; counts what is read and written. */
  static Stream copy(long size) {
    int n = (int) (size / 2 / Float.BYTES);
    float[] from = new float[n];
    float[] to = new float[n];
    long passes = passes(2L * n);
    return new Stream(
        Contender.of("copy", () -> repeat(passes, () -> System.arraycopy(from, 0, to, 0, n))),
        (double) passes * 2 * n * Float.BYTES);
  }

  private static long passes(long floats) {
    return Math.max(1, LEAST_BYTES / (floats * Float.BYTES));
  }

  private static void repeat(long passes, Runnable work) {
    for (long i = 0; i < passes; i++) {
      work.run();
    }
  }

  private static void sum(float[] array, float[] result) {
    int w = SPECIES.length();
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = FloatVector.zero(SPECIES);
    FloatVector s2 = FloatVector.zero(SPECIES);
    FloatVector s3 = FloatVector.zero(SPECIES);
    FloatVector s4 = FloatVector.zero(SPECIES);
    FloatVector s5 = FloatVector.zero(SPECIES);
    FloatVector s6 = FloatVector.zero(SPECIES);
    FloatVector s7 = FloatVector.zero(SPECIES);
    for (int i = 0; i < array.length; i += 8 * w) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, array, i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, array, i + w));
      s2 = s2.add(FloatVector.fromArray(SPECIES, array, i + 2 * w));
      s3 = s3.add(FloatVector.fromArray(SPECIES, array, i + 3 * w));
      s4 = s4.add(FloatVector.fromArray(SPECIES, array, i + 4 * w));
      s5 = s5.add(FloatVector.fromArray(SPECIES, array, i + 5 * w));
      s6 = s6.add(FloatVector.fromArray(SPECIES, array, i + 6 * w));
      s7 = s7.add(FloatVector.fromArray(SPECIES, array, i + 7 * w));
    }
    s0.add(s1).add(s2).add(s3).add(s4).add(s5).add(s6).add(s7).intoArray(result, 0);
  }
}
