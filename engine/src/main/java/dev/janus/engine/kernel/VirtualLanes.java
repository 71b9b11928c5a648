package dev.janus.engine.kernel;

/**
 * Sums on 16 virtual lanes: element {@code j} is added to lane {@code j % 16} in ascending order,
 * then lane {@code i} takes lane {@code i + 8}, then 4, 2 and 1 apart. The order is the definition
 * that vector code of every width repeats.
 */
final class VirtualLanes {
  private VirtualLanes() {}

  /** Folds the lanes. */
  static float fold(
      float s0,
      float s1,
      float s2,
      float s3,
      float s4,
      float s5,
      float s6,
      float s7,
      float s8,
      float s9,
      float s10,
      float s11,
      float s12,
      float s13,
      float s14,
      float s15) {
    float even = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
    float odd = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
    return even + odd;
  }

  /** Folds the lanes. */
  static double fold(
      double s0,
      double s1,
      double s2,
      double s3,
      double s4,
      double s5,
      double s6,
      double s7,
      double s8,
      double s9,
      double s10,
      double s11,
      double s12,
      double s13,
      double s14,
      double s15) {
    double even = ((s0 + s8) + (s4 + s12)) + ((s2 + s10) + (s6 + s14));
    double odd = ((s1 + s9) + (s5 + s13)) + ((s3 + s11) + (s7 + s15));
    return even + odd;
  }
}
