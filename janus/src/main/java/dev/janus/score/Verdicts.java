package dev.janus.score;

/**
 * How far flows lie from benign ones by one measure, row by row.
 *
 * @param distances distance of each flow, 0 or more
 * @param pValues conformal p-value of each flow against benign validation flows, in (0, 1]
 */
@SuppressWarnings("ArrayRecordComponent")
public record Verdicts(double[] distances, double[] pValues) {
  /** Room for the verdicts on so many flows. */
  static Verdicts ofSize(int flows) {
    return new Verdicts(new double[flows], new double[flows]);
  }

  /** Number of flows. */
  public int flows() {
    return distances.length;
  }

  /** Copies all rows into {@code target}, the first to row {@code first}. */
  void copyTo(Verdicts target, int first) {
    System.arraycopy(distances, 0, target.distances, first, distances.length);
    System.arraycopy(pValues, 0, target.pValues, first, pValues.length);
  }
}
