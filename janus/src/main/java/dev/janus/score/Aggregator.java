package dev.janus.score;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Ways to make one number of the ten scores, fitted on benign flows; the larger the number, the
 * stranger the flow (method, sections 8 and 12.1).
 *
 * <p>z is a score less its benign mean, divided by its benign standard deviation (by 1 where all
 * benign flows have the same score).
 */
public enum Aggregator {
  /** Squared Mahalanobis distance with OAS covariance: the measure {@link FusedMeasure#OAS}. */
  OAS("oas"),
  /** The same of max(z, 0), so that too low a score is no deviation. */
  ONE_SIDED("one_sided"),
  /** The same of z, so that no score decides the shrinkage by its scale. */
  STANDARDIZED("standardized"),
  /** The sum of z squared. */
  DIAGONAL("diagonal"),
  /** The largest {@link Surprise} among the scores, -ln of the smallest p-value. */
  MAX_P("max_p"),
  /** The sum of all {@link Surprise}s, Fisher's combination. */
  FISHER("fisher"),
  /** The sum of z; a score below the mean pulls it down. */
  SUM("sum"),
  /** The sum of max(z, 0) squared over the terminal scores and the total of the bits. */
  L2POS4("l2pos4"),
  /** OAS within each {@link FlowStratum}, drawn towards that of all flows. */
  STRATA("oas_strata");

  private static final int SCORES = ScoreName.COUNT;

  /** terminal_norm, terminal_flow, terminal_packet, disc_nll_total. */
  private static final int LEADING = 4;

  private final String label;

  Aggregator(String label) {
    this.label = label;
  }

  /** Name in files and tables. */
  public String label() {
    return label;
  }

  /** A fitted aggregator; thread-safe. */
  @FunctionalInterface
  public interface Fitted {
    /**
     * The number of one flow.
     *
     * @param scores holds its ten scores from {@code offset} on
     * @param stratum its {@link FlowStratum}
     */
    double of(double[] scores, int offset, int stratum);
  }

  /**
   * Fits.
   *
   * @param scores {@code [n, 10]} row-major, of benign flows
   * @param strata {@link FlowStratum} of each, {@code [n]}
   * @param computed the scores that the model computes; a covariance is one of these alone, as
   *     columns of zeros would change its shrinkage. To sums and surprises they add nothing
   * @throws ModelException when there are fewer than 2 flows, or a score is not finite
   */
  Fitted fit(double[] scores, int[] strata, ComputedScores computed) {
    int n = strata.length;
    if (n < 2 || scores.length != n * SCORES) {
      throw new ModelException(
          "aggregator: %d scores of %d benign flows cannot be fitted".formatted(scores.length, n));
    }
    return switch (this) {
      case OAS -> distance(computed.fit(scores, n));
      case STANDARDIZED ->
          of(
              computed,
              distance(
                  MahalanobisOas.fitStandardized(computed.of(scores, n), n, computed.count())));
      case ONE_SIDED -> of(computed, oneSided(computed.of(scores, n), n, computed.count()));
      case DIAGONAL -> sumOfSquares(Standardization.fit(scores, n, SCORES));
      case L2POS4 -> sumOfPositiveSquares(Standardization.fit(scores, n, SCORES));
      case SUM -> sum(Standardization.fit(scores, n, SCORES));
      case MAX_P -> largest(surprises(scores, n));
      case FISHER -> total(surprises(scores, n));
      case STRATA -> {
        StratifiedDistance fitted =
            StratifiedDistance.fit(computed.of(scores, n), n, computed.count(), strata);
        yield of(computed, fitted::distance);
      }
    };
  }

  private static Fitted distance(MahalanobisOas fitted) {
    return (scores, offset, stratum) -> fitted.distance(scores, offset);
  }

  /** What is fitted on the computed scores alone, of all ten. */
  private static Fitted of(ComputedScores computed, Fitted fitted) {
    return (scores, offset, stratum) -> fitted.of(computed.row(scores, offset), 0, stratum);
  }

  private static Fitted oneSided(double[] scores, int n, int p) {
    Standardization z = Standardization.fit(scores, n, p);
    double[] clipped = new double[n * p];
    for (int k = 0; k < clipped.length; k++) {
      clipped[k] = Math.max(z.of(scores[k], k % p), 0);
    }
    MahalanobisOas fitted = MahalanobisOas.fit(clipped, n, p);
    return (row, offset, stratum) -> {
      double[] own = new double[p];
      Arrays.setAll(own, c -> Math.max(z.of(row[offset + c], c), 0));
      return fitted.distance(own, 0);
    };
  }

  private static Fitted sumOfSquares(Standardization z) {
    return (scores, offset, stratum) -> {
      double total = 0;
      for (int c = 0; c < SCORES; c++) {
        double deviation = z.of(scores[offset + c], c);
        total += deviation * deviation;
      }
      return total;
    };
  }

  private static Fitted sumOfPositiveSquares(Standardization z) {
    return (scores, offset, stratum) -> {
      double total = 0;
      for (int c = 0; c < LEADING; c++) {
        double deviation = Math.max(z.of(scores[offset + c], c), 0);
        total += deviation * deviation;
      }
      return total;
    };
  }

  private static Fitted sum(Standardization z) {
    return (scores, offset, stratum) -> z.total(scores, offset);
  }

  private static Surprise[] surprises(double[] scores, int n) {
    Surprise[] surprises = new Surprise[SCORES];
    for (int c = 0; c < SCORES; c++) {
      double[] column = new double[n];
      for (int f = 0; f < n; f++) {
        column[f] = scores[f * SCORES + c];
      }
      surprises[c] = Surprise.of(column);
    }
    return surprises;
  }

  private static Fitted largest(Surprise[] surprises) {
    return (scores, offset, stratum) -> {
      double largest = 0;
      for (int c = 0; c < SCORES; c++) {
        largest = Math.max(largest, surprises[c].nats(scores[offset + c]));
      }
      return largest;
    };
  }

  private static Fitted total(Surprise[] surprises) {
    return (scores, offset, stratum) -> {
      double total = 0;
      for (int c = 0; c < SCORES; c++) {
        total += surprises[c].nats(scores[offset + c]);
      }
      return total;
    };
  }
}
