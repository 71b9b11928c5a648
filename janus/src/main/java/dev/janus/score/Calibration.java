package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Distances of benign validation flows, from which a p-value and thresholds follow. Immutable and
 * thread-safe.
 *
 * <p>Up to {@value #CAPACITY} distances are all kept. Of more, the largest half of that number is
 * kept and the rest thinned evenly: p-values and quantiles of the upper tail, where verdicts are
 * made, stay exact; below it a p-value is too large by at most the thinning step over n, never too
 * small.
 */
public final class Calibration {
  /** Largest number of distances kept. */
  public static final int CAPACITY = 100_000;

  private static final int TAIL = CAPACITY / 2;

  private final double[] points;
  private final int count;

  /**
   * Takes stored points; the array is copied.
   *
   * @param points kept distances, ascending, {@code min(count, CAPACITY)} of them
   * @param count number of distances they stand for, at least 1
   * @throws ModelException when the points are not ascending, finite or as many as they should be
   */
  public Calibration(double[] points, int count) {
    if (count < 1 || points.length != Math.min(count, CAPACITY)) {
      throw new ModelException(
          "calibration: " + points.length + " points cannot stand for " + count + " flows");
    }
    for (int k = 0; k < points.length; k++) {
      if (!Double.isFinite(points[k]) || (k > 0 && points[k] < points[k - 1])) {
        throw new ModelException(
            "calibration: point " + k + " of " + points[k] + " is not finite or not in order");
      }
    }
    this.points = points.clone();
    this.count = count;
  }

  /**
   * Calibrates on benign validation flows.
   *
   * @param distances d2 of each flow, any order, at least one; not changed
   * @throws ModelException when there is none or one is not finite; names its row
   */
  public static Calibration of(double[] distances) {
    if (distances.length == 0) {
      throw new ModelException("calibration: there is no benign validation flow");
    }
    for (int row = 0; row < distances.length; row++) {
      if (!Double.isFinite(distances[row])) {
        throw new ModelException(
            "calibration: benign validation flow " + row + " has distance " + distances[row]);
      }
    }
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double[] kept = new double[Math.min(n, CAPACITY)];
    for (int k = 0; k < kept.length; k++) {
      kept[k] = sorted[rank(k, n)];
    }
    return new Calibration(kept, n);
  }

  /** Position in all n sorted distances of the k-th kept one. */
  private static int rank(int k, int n) {
    if (n <= CAPACITY) {
      return k;
    }
    int body = CAPACITY - TAIL;
    return k < body ? (int) ((long) k * (n - TAIL) / body) : n - CAPACITY + k;
  }

  /**
   * Conformal p-value: {@code (1 + #{distances >= d2}) / (n + 1)}. Alarming at {@code p <= alpha}
   * gives false alarms at a rate of about alpha if new benign flows are like the validation ones.
   * It is a strict bound only where these flows did not also fit the distance; with ten scores and
   * a thousand flows the excess is small.
   *
   * @param d2 squared distance of a flow
   * @return above 0 and at most 1; NaN for NaN
   */
  public double pValue(double d2) {
    if (Double.isNaN(d2)) {
      return Double.NaN;
    }
    int low = 0;
    int high = points.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (points[middle] >= d2) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    int below = low == 0 ? 0 : rank(low - 1, count) + 1;
    return (1.0 + (count - below)) / (count + 1.0);
  }

  /**
   * Quantile with linear interpolation between neighbours, NumPy's default: position {@code q (n -
   * 1)} of the sorted distances.
   *
   * @param q 0..1
   */
  public double quantile(double q) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException("a quantile is 0..1, not " + q);
    }
    double position = q * (count - 1);
    int low = 0;
    int high = points.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (rank(middle, count) <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    if (low == points.length - 1) {
      return points[low];
    }
    double from = rank(low, count);
    double part = (position - from) / (rank(low + 1, count) - from);
    return points[low] + part * (points[low + 1] - points[low]);
  }

  /**
   * The k-th largest distance; where thinning has left it out, the next larger one that was kept.
   *
   * @param k 1..{@link #count}
   */
  public double largest(int k) {
    if (k < 1 || k > count) {
      throw new IllegalArgumentException("there is no " + k + "-th largest of " + count);
    }
    int low = 0;
    int high = points.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (rank(middle, count) >= count - k) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return points[low];
  }

  /** Number of validation flows. */
  public int count() {
    return count;
  }

  /** Kept distances, ascending; a copy. */
  public double[] points() {
    return points.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Calibration that
        && count == that.count
        && Arrays.equals(points, that.points);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(points) * 31 + count;
  }
}
