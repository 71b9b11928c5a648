package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GaussianMixtureTest {
  /** One component is the normal density with the sample's mean and covariance. */
  @Test
  void oneComponentIsTheSamplesNormalDensity() {
    double[][] vectors = TestFlows.normal(200, 3, new SplittableRandom(51));
    GaussianMixture mixture = GaussianMixture.fit(vectors, 1, 1, () -> {}).mixture();
    double[] means = new double[3];
    Arrays.setAll(means, k -> Arrays.stream(vectors).mapToDouble(v -> v[k]).average().orElse(0));
    MultivariateNormalDistribution normal =
        new MultivariateNormalDistribution(
            means, new Covariance(vectors, false).getCovarianceMatrix().getData());
    for (double[] vector : TestFlows.normal(20, 3, new SplittableRandom(52))) {
      assertThat(mixture.logDensity(vector))
          .isCloseTo(Math.log(normal.density(vector)), within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {61, 62, 63, 64, 65, 66})
  void theLikelihoodNeverFalls(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] vectors = TestFlows.normal(400, 5, random);
    for (int row = 0; row < vectors.length; row++) {
      vectors[row][0] = row % 3 == 0 ? 1 : 0; // a degenerate axis, where the floor holds
      vectors[row][1] += 4 * (row % 4);
      vectors[row][2] = row % 5 == 0 ? vectors[row][1] : vectors[row][2];
    }
    GaussianMixture.Fit fit = GaussianMixture.fit(vectors, 16, seed, () -> {});
    List<Double> course = fit.logLikelihoods();
    assertThat(course).hasSizeGreaterThan(2);
    for (int step = 1; step < course.size(); step++) {
      assertThat(course.get(step))
          .as("seed %d, step %d", seed, step)
          .isGreaterThanOrEqualTo(course.get(step - 1) - 1e-9);
    }
    double mean = Arrays.stream(vectors).mapToDouble(fit.mixture()::logDensity).average().orElse(0);
    assertThat(course.getLast()).isCloseTo(mean, within(1e-9));
  }

  @Test
  void theFitIsStoppedBetweenTwoSteps() {
    double[][] vectors = TestFlows.normal(400, 5, new SplittableRandom(67));
    int[] steps = {0};
    assertThatThrownBy(() ->
            GaussianMixture.fit(
                vectors,
                8,
                1,
                () -> {
                  if (++steps[0] == 3) {
                    throw new CancellationException("stopped");
                  }
                }))
        .isInstanceOf(CancellationException.class);
    assertThat(steps[0]).isEqualTo(3);
  }

  /** A density has the integral 1, whatever the fit. */
  @Test
  void theDensityHasTheIntegralOne() {
    double[][] vectors = TestFlows.normal(300, 1, new SplittableRandom(71));
    for (int row = 0; row < 100; row++) {
      vectors[row][0] = 3;
    }
    GaussianMixture mixture = GaussianMixture.fit(vectors, 4, 5, () -> {}).mixture();
    double step = 1e-3;
    double integral = 0;
    for (double x = -20; x < 20; x += step) {
      integral += step * Math.exp(mixture.logDensity(new double[] {x}));
    }
    assertThat(integral).isCloseTo(1, within(1e-6));
  }

  @Test
  void groupsAreFoundWithTheirShares() {
    SplittableRandom random = new SplittableRandom(81);
    double[][] vectors = TestFlows.normal(1000, 2, random);
    for (int row = 0; row < 250; row++) {
      vectors[row][0] += 50;
    }
    GaussianMixture mixture = GaussianMixture.fit(vectors, 2, 3, () -> {}).mixture();
    assertThat(mixture.size()).isEqualTo(2);
    double atSmall = mixture.logDensity(new double[] {50, 0});
    double atLarge = mixture.logDensity(new double[] {0, 0});
    assertThat(Math.exp(atLarge - atSmall)).isBetween(2.2, 4.0);
    assertThat(mixture.logDensity(new double[] {25, 0})).isLessThan(atSmall - 50);
  }

  @Test
  void thereAreNoMoreComponentsThanDifferentVectors() {
    double[][] vectors = {{0, 0}, {0, 0}, {1, 1}, {1, 1}, {1, 1}};
    GaussianMixture mixture = GaussianMixture.fit(vectors, 16, 1, () -> {}).mixture();
    assertThat(mixture.size()).isEqualTo(2);
    assertThat(mixture.logDensity(new double[] {1, 1}))
        .isGreaterThan(mixture.logDensity(new double[] {0, 0}));
  }
}
