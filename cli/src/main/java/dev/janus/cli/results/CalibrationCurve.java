package dev.janus.cli.results;

import dev.janus.eval.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The share of benign flows whose p-value is at most each promised rate, and where it would lie in
 * {@value #CONFIDENCE} of cases if the flows were like the calibration flows. There p-values are
 * multiples of {@code 1 / (n + 1)}, and of m flows the number at or below {@code k / (n + 1)} has a
 * beta-binomial distribution with parameters m, k and {@code n + 1 - k}: both draws, that of the
 * calibration flows and that of the later ones, are in it.
 *
 * @param points from the smallest rate to the largest
 */
public record CalibrationCurve(List<Point> points) {
  private static final int POINTS = 120;

  /** Share of cases that lie in the band if the calibration holds. */
  public static final double CONFIDENCE = 0.95;

  private static final double TAIL = (1 - CONFIDENCE) / 2;

  /** Weights below this share of the largest change no bound that can be drawn. */
  private static final double NEGLIGIBLE = 1e-15;

  public CalibrationCurve {
    points = List.copyOf(points);
  }

  /**
   * One promised rate.
   *
   * @param promised p-value
   * @param measured share of flows with at most this p-value
   * @param lower lower bound of the band
   * @param upper upper bound of the band
   */
  public record Point(double promised, double measured, double lower, double upper) {}

  /**
   * The curve at rates that are about evenly spaced on a logarithmic axis.
   *
   * @param pValues of later benign flows, at least one
   * @param calibrating number of calibration flows, at least 1
   */
  public static CalibrationCurve of(double[] pValues, long calibrating) {
    if (pValues.length == 0 || calibrating < 1) {
      throw new IllegalArgumentException(
          pValues.length + " p-values from " + calibrating + " calibration flows");
    }
    double[] sorted = pValues.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    List<Point> points = new ArrayList<>();
    long last = 0;
    for (int i = 0; i < POINTS; i++) {
      long k = Math.round(Math.pow(calibrating, i / (POINTS - 1.0)));
      if (k > last) {
        last = k;
        double promised = k / (calibrating + 1.0);
        points.add(
            new Point(
                promised,
                (n - Ranking.above(sorted, (k + 0.5) / (calibrating + 1.0))) / (double) n,
                quantile(n, k, calibrating + 1.0 - k, TAIL) / (double) n,
                quantile(n, k, calibrating + 1.0 - k, 1 - TAIL) / (double) n));
      }
    }
    return new CalibrationCurve(points);
  }

  /** Smallest j with a probability of at least q that no more than j of m are counted. */
  static int quantile(int m, double a, double b, double q) {
    int mode = Math.clamp(Math.round(m * (a / (a + b))), 0, m);
    double total = 1;
    int first = mode;
    for (double weight = 1; first > 0; first--) {
      weight /= ratio(first - 1, m, a, b);
      if (weight < NEGLIGIBLE) {
        break;
      }
      total += weight;
    }
    int last = mode;
    for (double weight = 1; last < m; last++) {
      weight *= ratio(last, m, a, b);
      if (weight < NEGLIGIBLE) {
        break;
      }
      total += weight;
    }
    double weight = 1;
    for (int j = mode; j > first; j--) {
      weight /= ratio(j - 1, m, a, b);
    }
    double sum = weight;
    int j = first;
    while (sum < q * total && j < last) {
      weight *= ratio(j, m, a, b);
      sum += weight;
      j++;
    }
    return j;
  }

  /** Probability of j + 1 over that of j. */
  private static double ratio(int j, int m, double a, double b) {
    return (m - (double) j) / (j + 1.0) * ((a + j) / (b + m - j - 1));
  }
}
