package dev.janus.eval;

import dev.janus.score.Calibration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;

/**
 * Whether what a calibration promises holds on later benign flows: the rate of false alarms at each
 * certified threshold, whether p-values are uniform as they should be, and when they ceased to be.
 *
 * @param flows number of later benign flows
 * @param levels one per rate of {@link Evaluation#RATES}
 * @param uniformDistance largest distance between the distribution of the p-values and the uniform
 *     one, 0..1
 * @param uniformPValue probability of a distance as large if later flows are like the calibration
 *     flows and independent (Kolmogorov and Smirnov, two samples)
 * @param expiredAfter number of flows after which the drift statistic rose above its limit; empty
 *     if it never did
 */
public record CalibrationCheck(
    int flows,
    List<Level> levels,
    double uniformDistance,
    double uniformPValue,
    OptionalInt expiredAfter) {
  /**
   * The drift statistic sums what {@code -ln p} has above its mean 1 and this, from 0 upwards
   * (CUSUM). Three deviations more are allowed for: of n calibration flows the mean of {@code -ln
   * p} over later flows deviates by about 1/sqrt(n), which is no drift.
   */
  static final double DRIFT_REFERENCE = 0.1;

  /**
   * Flows like the calibration ones pass this limit once in about 1e9: with the reference above the
   * excess over a limit L falls like exp(-0.176 L).
   */
  static final double DRIFT_LIMIT = 120;

  /** Below this probability p-values are called not uniform. */
  private static final double SIGNIFICANCE = 0.001;

  private static final double SURELY_ALIKE = 0.1;

  public CalibrationCheck {
    levels = List.copyOf(levels);
  }

  /**
   * One certified rate.
   *
   * @param rate the rate as text
   * @param threshold the certified threshold; empty when the calibration flows are too few
   * @param alarms later benign flows above it
   * @param interval of the rate of false alarms; {@code [0, 1]} without a threshold
   */
  public record Level(
      String rate, Optional<CertifiedThreshold> threshold, int alarms, BinomialInterval interval) {
    /** Whether the rate measured is compatible with the one certified. */
    public boolean holds() {
      return interval.lower() <= Double.parseDouble(rate);
    }
  }

  /**
   * Checks.
   *
   * @param laterDistances distances of benign flows that neither fitted nor calibrated, in the
   *     order of time, at least one
   */
  public static CalibrationCheck of(Calibration calibration, double[] laterDistances) {
    List<Level> levels = new ArrayList<>();
    for (String rate : Evaluation.RATES) {
      levels.add(level(rate, calibration, laterDistances));
    }
    double[] pValues = Arrays.stream(laterDistances).map(calibration::pValue).toArray();
    double distance = uniformDistance(calibration, pValues);
    return new CalibrationCheck(
        laterDistances.length,
        levels,
        distance,
        probability(distance, calibration.count(), laterDistances.length),
        expiry(pValues, DRIFT_REFERENCE + 3 / Math.sqrt(calibration.count())));
  }

  private static Level level(String rate, Calibration calibration, double[] distances) {
    Optional<CertifiedThreshold> threshold =
        CertifiedThreshold.of(calibration, Double.parseDouble(rate));
    if (threshold.isEmpty()) {
      return new Level(rate, threshold, 0, new BinomialInterval(0, 1));
    }
    double value = threshold.get().value();
    int alarms = (int) Arrays.stream(distances).filter(d -> d > value).count();
    return new Level(rate, threshold, alarms, BinomialInterval.of(alarms, distances.length));
  }

  /** Whether the p-values of later flows can be called uniform. */
  public boolean uniform() {
    return uniformPValue >= SIGNIFICANCE;
  }

  /** At every p-value that there can be: elsewhere the uniform share is not meant. */
  private static double uniformDistance(Calibration calibration, double[] pValues) {
    double[] sorted = Ranking.sorted(pValues);
    return DoubleStream.concat(
            Arrays.stream(sorted), Arrays.stream(calibration.points()).map(calibration::pValue))
        .distinct()
        .map(p -> Math.abs(1 - Ranking.above(sorted, p) / (double) sorted.length - p))
        .max()
        .orElseThrow();
  }

  private static double probability(double distance, int n, int m) {
    // The series is that of small probabilities; here the probability is 1 to 50 digits.
    if (distance * Math.sqrt((double) n * m / ((double) n + m)) < SURELY_ALIKE) {
      return 1;
    }
    return new KolmogorovSmirnovTest().approximateP(distance, n, m);
  }

  private static OptionalInt expiry(double[] pValues, double reference) {
    double sum = 0;
    for (int i = 0; i < pValues.length; i++) {
      sum = Math.max(0, sum - Math.log(pValues[i]) - 1 - reference);
      if (sum > DRIFT_LIMIT) {
        return OptionalInt.of(i + 1);
      }
    }
    return OptionalInt.empty();
  }
}
