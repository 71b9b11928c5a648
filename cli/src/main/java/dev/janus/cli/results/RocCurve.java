package dev.janus.cli.results;

import java.util.Arrays;

/**
 * The receiver operating characteristic of two sets of scores: false and true alarms at every
 * threshold, from above the highest score down to the lowest. Immutable.
 */
public final class RocCurve {
  private final int[] falseAlarms;
  private final int[] caught;
  private final int points;

  private RocCurve(int[] falseAlarms, int[] caught, int points) {
    this.falseAlarms = falseAlarms;
    this.caught = caught;
    this.points = points;
  }

  /**
   * The curve of two non-empty sets without NaN; not changed. Equal scores are one threshold.
   *
   * @param benign scores of benign flows
   * @param attack scores of attack flows
   */
  public static RocCurve of(double[] benign, double[] attack) {
    if (benign.length == 0 || attack.length == 0) {
      throw new IllegalArgumentException(
          benign.length + " benign and " + attack.length + " attack scores make no curve");
    }
    double[] low = sorted(benign);
    double[] high = sorted(attack);
    int[] falseAlarms = new int[low.length + high.length + 1];
    int[] caught = new int[falseAlarms.length];
    int b = low.length - 1;
    int a = high.length - 1;
    int points = 1;
    while (a >= 0 || b >= 0) {
      double threshold = b < 0 ? high[a] : a < 0 ? low[b] : Math.max(low[b], high[a]);
      while (a >= 0 && high[a] >= threshold) {
        a--;
      }
      while (b >= 0 && low[b] >= threshold) {
        b--;
      }
      falseAlarms[points] = low.length - 1 - b;
      caught[points] = high.length - 1 - a;
      points++;
    }
    return new RocCurve(falseAlarms, caught, points);
  }

  private static double[] sorted(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Number of points, with those at no alarm and at all alarms. */
  public int points() {
    return points;
  }

  /** False-positive rate of a point; does not fall from one point to the next. */
  public double fpr(int point) {
    return falseAlarms[point] / (double) falseAlarms[points - 1];
  }

  /** True-positive rate of a point; does not fall from one point to the next. */
  public double tpr(int point) {
    return caught[point] / (double) caught[points - 1];
  }

  /** Number of benign flows at or above a point's threshold. */
  public int falseAlarms(int point) {
    return falseAlarms[point];
  }

  /** Number of benign flows. */
  public int benign() {
    return falseAlarms[points - 1];
  }

  /**
   * Precision at a point if attacks were as rare as stated.
   *
   * @param prevalence share of attacks among all flows, between 0 and 1
   * @return NaN at the point without alarms
   */
  public double precision(int point, double prevalence) {
    double right = prevalence * tpr(point);
    return right / (right + (1 - prevalence) * fpr(point));
  }

  /** Area under the curve, points joined by straight lines. */
  public double area() {
    long twice = 0;
    for (int k = 1; k < points; k++) {
      twice += (long) (falseAlarms[k] - falseAlarms[k - 1]) * (caught[k] + caught[k - 1]);
    }
    return twice / (2.0 * falseAlarms[points - 1] * caught[points - 1]);
  }
}
