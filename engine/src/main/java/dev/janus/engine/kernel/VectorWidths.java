package dev.janus.engine.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The one vector width of this JVM: a compile-time constant for C2, chosen when the class is loaded
 * and never wider than the JVM prefers. Touch it only after {@link JvmFacts} has seen the module.
 */
final class VectorWidths {
  /** Species of all float vectors. */
  static final VectorSpecies<Float> FLOATS = species();

  /** Floats in a vector: 4, 8 or 16. */
  static final int WIDTH = FLOATS.length();

  /** Rotations that fold lanes 8, 4, 2 and 1 apart. */
  static final VectorShuffle<Float> ROTATE_8 = VectorShuffle.iota(FLOATS, 8 % WIDTH, 1, true);

  static final VectorShuffle<Float> ROTATE_4 = VectorShuffle.iota(FLOATS, 4 % WIDTH, 1, true);
  static final VectorShuffle<Float> ROTATE_2 = VectorShuffle.iota(FLOATS, 2, 1, true);
  static final VectorShuffle<Float> ROTATE_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

  /** Widest kernels there are; some processors (SVE) have wider vectors. */
  private static final int WIDEST_BITS = 512;

  private VectorWidths() {}

  /** The width this JVM prefers, in bits, or the widest of our kernels if that is less. */
  static int preferredBits() {
    return usableBits(FloatVector.SPECIES_PREFERRED.vectorBitSize());
  }

  static int usableBits(int preferredBits) {
    return Math.min(preferredBits, WIDEST_BITS);
  }

  private static VectorSpecies<Float> species() {
    int requested = RequestedKernels.current().vectorBits();
    int bits = requested == 0 ? preferredBits() : Math.min(requested, preferredBits());
    if (bits >= 512) {
      return FloatVector.SPECIES_512;
    }
    return bits >= 256 ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;
  }
}
