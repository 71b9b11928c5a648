package dev.janus.engine.kernel;

/**
 * Sums on 16 virtual lanes: element {@code j} is added to lane {@code j % 16}, then lanes fold 8,
 * 4, 2, 1 apart. The order is the definition that vector code of every width repeats.
 */
final class VirtualLanes {
  private VirtualLanes() {}

  /** Sum of the lanes; overwrites them. */
  static float fold(float[] lanes) {
    for (int apart = Kernels.LANES / 2; apart > 0; apart >>= 1) {
      for (int i = 0; i < apart; i++) {
        lanes[i] += lanes[i + apart];
      }
    }
    return lanes[0];
  }

  /** Sum of the lanes; overwrites them. */
  static double fold(double[] lanes) {
    for (int apart = Kernels.LANES / 2; apart > 0; apart >>= 1) {
      for (int i = 0; i < apart; i++) {
        lanes[i] += lanes[i + apart];
      }
    }
    return lanes[0];
  }
}
