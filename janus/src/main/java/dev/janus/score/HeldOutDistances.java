package dev.janus.score;

/**
 * Distances of flows from a fit that has not seen them. A fit lies closer to its own flows than to
 * new ones, so calibrating on its own flows would promise fewer false alarms than there will be:
 * flows at even and odd positions are measured with the fit of the others.
 */
final class HeldOutDistances {
  /** Fewer flows than this cannot be halved: they are measured with the fit of all. */
  private static final int SMALLEST = 4;

  private HeldOutDistances() {}

  /**
   * Measures.
   *
   * @param scores {@code [flows, columns]} row-major
   * @return distance of each flow, in order
   */
  static double[] of(double[] scores, int flows, int columns) {
    double[] distances = new double[flows];
    if (flows < SMALLEST) {
      measure(MahalanobisOas.fit(scores, flows, columns), scores, columns, 0, 1, distances);
      return distances;
    }
    for (int half = 0; half < 2; half++) {
      int others = 1 - half;
      int count = (flows - others + 1) / 2;
      double[] seen = new double[count * columns];
      for (int k = 0; k < count; k++) {
        System.arraycopy(scores, (2 * k + others) * columns, seen, k * columns, columns);
      }
      measure(MahalanobisOas.fit(seen, count, columns), scores, columns, half, 2, distances);
    }
    return distances;
  }

  private static void measure(
      MahalanobisOas fit, double[] scores, int columns, int first, int step, double[] distances) {
    for (int f = first; f < distances.length; f += step) {
      distances[f] = fit.distance(scores, f * columns);
    }
  }
}
