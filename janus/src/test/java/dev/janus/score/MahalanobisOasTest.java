package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.golden.Golden;
import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MahalanobisOasTest {
  private static final int P = 10;
  private final Golden golden = Golden.npz("oas_mahalanobis.npz");

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void meanCovarianceShrinkageAndPrecisionAgreeWithScikitLearn(int set) {
    double[] x = golden.doubles("X" + set);
    OasFit fit = OasFit.of(x, x.length / P, P);
    assertThat(Golden.error(fit.mean(), golden.doubles("mean" + set))).isLessThan(1e-10);
    assertThat(Golden.error(fit.covariance(), golden.doubles("cov" + set))).isLessThan(1e-10);
    assertThat(Golden.error(fit.precision(), golden.doubles("precision" + set))).isLessThan(1e-10);
    assertThat(fit.shrinkage()).isCloseTo(golden.doubles("shrinkage" + set)[0], within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyDistanceAgreesWithScikitLearn(int set) {
    double[] x = golden.doubles("X" + set);
    MahalanobisOas oas = MahalanobisOas.fit(x, x.length / P, P);
    double[] expected = golden.doubles("maha" + set);
    double[] actual = distances(oas, golden.doubles("Y" + set));
    assertThat(Golden.error(actual, expected)).isLessThan(1e-10);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-10 * expected[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void standardizedDistancesAgreeWithScikitLearn(int set) {
    double[] x = golden.doubles("X" + set);
    MahalanobisOas oas = MahalanobisOas.fitStandardized(x, x.length / P, P);
    assertThat(oas.shrinkage()).isCloseTo(golden.doubles("zshrinkage" + set)[0], within(1e-12));
    double[] expected = golden.doubles("zmaha" + set);
    double[] actual = distances(oas, golden.doubles("Y" + set));
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(1e-10 * expected[i]));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void meanDistanceOverTheFitSetIsAtMostAndNearTheNumberOfScores(long seed) {
    Random random = new Random(seed);
    int n = 50 + random.nextInt(2000);
    double[] x = scoresWithATotal(random, n);
    MahalanobisOas oas = MahalanobisOas.fit(x, n, P);
    double[] d2 = distances(oas, x);
    assertThat(Arrays.stream(d2).min().orElseThrow()).isNotNegative();
    double mean = Arrays.stream(d2).average().orElseThrow();
    // One of the ten directions is empty because a column is the sum of six others.
    assertThat(mean).isLessThanOrEqualTo(P - 1 + 1e-9).isGreaterThan(3);
    assertThat(oas.shrinkage()).isGreaterThan(0).isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void scalingAllScoresChangesNoDistance(long seed) {
    Random random = new Random(seed);
    int n = 300;
    double[] x = scoresWithATotal(random, n);
    double[] expected = distances(MahalanobisOas.fit(x, n, P), x);
    for (double scale : new double[] {1e-60, 1e-9, 1e30}) {
      double[] scaled = Arrays.stream(x).map(v -> v * scale).toArray();
      double[] actual = distances(MahalanobisOas.fit(scaled, n, P), scaled);
      assertThat(Golden.error(actual, expected)).isLessThan(1e-9);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11})
  void standardizedDistancesDoNotDependOnTheScaleOfOneScore(long seed) {
    Random random = new Random(seed);
    int n = 300;
    double[] x = random.doubles(n * 4, -1, 1).toArray();
    double[] scaled = x.clone();
    for (int row = 0; row < n; row++) {
      scaled[row * 4 + 2] = 5 + 1e6 * x[row * 4 + 2];
    }
    MahalanobisOas one = MahalanobisOas.fitStandardized(x, n, 4);
    MahalanobisOas other = MahalanobisOas.fitStandardized(scaled, n, 4);
    for (int row = 0; row < n; row++) {
      double expected = one.distance(x, row * 4);
      assertThat(other.distance(scaled, row * 4)).isCloseTo(expected, within(1e-9 * expected));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void whatTheScoresBringAddsUpToTheDistanceToTheBit(int set) {
    double[] x = golden.doubles("X" + set);
    double[] y = golden.doubles("Y" + set);
    MahalanobisOas oas = MahalanobisOas.fit(x, x.length / P, P);
    for (int at = 0; at < y.length; at += P) {
      double[] gradient = oas.halfGradient(y, at);
      double sum = 0;
      for (int a = 0; a < P; a++) {
        sum += gradient[a] * (y[at + a] - oas.mean()[a]);
      }
      assertThat(sum).isEqualTo(oas.distance(y, at)).isPositive();
    }
  }

  @Test
  void aConstantColumnAndASingleColumnAreFine() {
    double[] x = {1, 7, 2, 7, 4, 7, 9, 7};
    double[] point = {1, 8};
    assertThat(MahalanobisOas.fit(x, 4, 2).distance(point, 0)).isFinite().isPositive();
    assertThat(MahalanobisOas.fitStandardized(x, 4, 2).distance(point, 0)).isFinite().isPositive();
    double[] single = {1, 2, 4, 9};
    // Variance 9.5 around 4: with one column nothing can be shrunk away.
    assertThat(MahalanobisOas.fit(single, 4, 1).distance(single, 0))
        .isCloseTo(9 / 9.5, within(1e-12));
  }

  @Test
  void scoresThatCannotBeFittedAreErrorsThatSayWhy() {
    assertThatThrownBy(() -> MahalanobisOas.fit(new double[3], 1, 3))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 2 benign flows, here are 1");
    assertThatThrownBy(() -> MahalanobisOas.fit(new double[] {1, 2, 3, Double.NaN}, 2, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flow 1, number 1 is NaN");
    assertThatThrownBy(() -> MahalanobisOas.fit(new double[] {1, 2, 1, 2}, 2, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("have the same numbers");
    assertThatThrownBy(() -> new MahalanobisOas(new double[2], new double[] {1, 2, 3, 1}, 0, 9))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("precision 2.0");
  }

  @Test
  void anUndefinedScoreGivesAnUndefinedDistance() {
    double[] x = golden.doubles("X1");
    double[] point = Arrays.copyOf(x, P);
    point[4] = Double.NaN;
    assertThat(MahalanobisOas.fit(x, x.length / P, P).distance(point, 0)).isNaN();
  }

  private static double[] scoresWithATotal(Random random, int n) {
    double[] x = new double[n * P];
    for (int row = 0; row < n; row++) {
      double total = 0;
      for (int c = 0; c < P; c++) {
        x[row * P + c] = Math.exp(0.5 * random.nextGaussian());
        total += c >= 4 ? x[row * P + c] : 0;
      }
      x[row * P + 3] = total;
    }
    return x;
  }

  private static double[] distances(MahalanobisOas oas, double[] points) {
    int p = oas.dimensions();
    double[] d2 = new double[points.length / p];
    for (int i = 0; i < d2.length; i++) {
      d2[i] = oas.distance(points, i * p);
    }
    return d2;
  }
}
