package dev.janus.eval;

import java.util.Arrays;

/**
 * How well a score ranks attack flows above benign flows. Higher scores mean more anomalous; ties
 * are handled exactly, -0.0 equals 0.0. Immutable and thread-safe.
 */
public final class Ranking {
  private final double[] benign;
  private final double[] attack;

  private Ranking(double[] benign, double[] attack) {
    this.benign = benign;
    this.attack = attack;
  }

  /**
   * Ranks two non-empty sets of scores; O(n log n).
   *
   * @param benign scores of benign flows, any order, no NaN; not changed
   * @param attack scores of attack flows, any order, no NaN; not changed
   */
  public static Ranking of(double[] benign, double[] attack) {
    return ofSorted(sorted(benign), sorted(attack));
  }

  /** Takes arrays that {@link #sorted} made; lets many classes share the benign ones. */
  static Ranking ofSorted(double[] benign, double[] attack) {
    if (benign.length == 0 || attack.length == 0) {
      throw new IllegalArgumentException(
          benign.length + " benign and " + attack.length + " attack scores cannot be ranked");
    }
    return new Ranking(benign, attack);
  }

  static double[] sorted(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) {
      throw new IllegalArgumentException("a score is NaN");
    }
    return sorted;
  }

  /**
   * Area under the ROC curve: the probability that a random attack flow has a higher score than a
   * random benign flow, ties counted 1/2.
   */
  public double auroc() {
    long twiceWins = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : attack) {
      while (below < benign.length && benign[below] < score) {
        below++;
      }
      while (notAbove < benign.length && benign[notAbove] <= score) {
        notAbove++;
      }
      twiceWins += (long) below + notAbove;
    }
    return twiceWins / (2.0 * benign.length * attack.length);
  }

  /**
   * Average precision: the sum over the distinct thresholds, from the highest, of precision times
   * the gain in recall. Step-wise, without interpolation, as scikit-learn computes it.
   */
  public double averagePrecision() {
    return averagePrecision(attack.length, benign.length);
  }

  /**
   * Average precision where attacks are as rare as stated: the rates are those of these flows, the
   * precision is {@code p TPR / (p TPR + (1 - p) FPR)}. A threshold above all benign flows counts
   * with the precision 1, so with few benign flows the figure flatters.
   *
   * @param prevalence share p of attacks among all flows, between 0 and 1
   */
  public double averagePrecision(double prevalence) {
    if (!(prevalence > 0 && prevalence < 1)) {
      throw new IllegalArgumentException("a prevalence is above 0 and below 1, not " + prevalence);
    }
    return averagePrecision(prevalence, 1 - prevalence);
  }

  private double averagePrecision(double attackWeight, double benignWeight) {
    double sum = 0;
    int b = benign.length - 1;
    int a = attack.length - 1;
    while (a >= 0) {
      double threshold = attack[a];
      int before = a;
      while (a >= 0 && attack[a] == threshold) {
        a--;
      }
      while (b >= 0 && benign[b] >= threshold) {
        b--;
      }
      double caught = attackWeight * (attack.length - 1 - a) / attack.length;
      double falseAlarms = benignWeight * (benign.length - 1 - b) / benign.length;
      sum += (before - a) * (caught / (caught + falseAlarms));
    }
    return sum / attack.length;
  }

  /**
   * Area under the ROC curve left of a false-positive rate, divided by that rate: 1 for a perfect
   * score, half the rate for a useless one. Tied scores are joined by a straight line, as for the
   * whole area. (scikit-learn's {@code roc_auc_score(max_fpr=...)} rescales the same area so that
   * 0.5 is useless.)
   *
   * @param maxFpr above 0, at most 1
   */
  public double partialAuroc(double maxFpr) {
    if (!(maxFpr > 0 && maxFpr <= 1)) {
      throw new IllegalArgumentException("a rate is above 0 and at most 1, not " + maxFpr);
    }
    double area = 0;
    double fpr = 0;
    double tpr = 0;
    int b = benign.length - 1;
    int a = attack.length - 1;
    while (fpr < maxFpr) {
      double threshold = threshold(b, a);
      while (a >= 0 && attack[a] >= threshold) {
        a--;
      }
      while (b >= 0 && benign[b] >= threshold) {
        b--;
      }
      double nextFpr = (benign.length - 1 - b) / (double) benign.length;
      double nextTpr = (attack.length - 1 - a) / (double) attack.length;
      if (nextFpr > maxFpr) {
        nextTpr = tpr + (nextTpr - tpr) * (maxFpr - fpr) / (nextFpr - fpr);
        nextFpr = maxFpr;
      }
      area += (nextFpr - fpr) * (tpr + nextTpr) / 2;
      fpr = nextFpr;
      tpr = nextTpr;
    }
    return area / maxFpr;
  }

  /** The largest score that is left, where at least one is. */
  private double threshold(int b, int a) {
    if (b < 0) {
      return attack[a];
    }
    return a < 0 ? benign[b] : Math.max(benign[b], attack[a]);
  }

  /**
   * Largest true-positive rate over all thresholds whose false-positive rate is at most {@code
   * fpr}. A flow is an alarm if its score is at or above the threshold; no interpolation.
   *
   * @param fpr 0..1
   */
  public double tprAtFpr(double fpr) {
    return caughtAtFpr(fpr) / (double) attack.length;
  }

  /** The number of attack flows behind {@link #tprAtFpr}. */
  int caughtAtFpr(double fpr) {
    if (!(fpr >= 0 && fpr <= 1)) {
      throw new IllegalArgumentException("a false-positive rate is 0..1, not " + fpr);
    }
    int allowed = (int) (fpr * benign.length);
    // The product may round to the wrong side of a rate such as 29 of 100 for 0.29.
    while (allowed < benign.length && (allowed + 1) / (double) benign.length <= fpr) {
      allowed++;
    }
    while (allowed > 0 && allowed / (double) benign.length > fpr) {
      allowed--;
    }
    if (allowed == benign.length) {
      return attack.length;
    }
    return above(attack, benign[benign.length - 1 - allowed]);
  }

  /**
   * Number of values strictly above one; O(log n).
   *
   * @param sorted ascending, no NaN
   */
  public static int above(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] > value) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return sorted.length - low;
  }

  /**
   * Number of values strictly below one; O(log n).
   *
   * @param sorted ascending, no NaN
   */
  public static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
