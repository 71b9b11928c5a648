package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.golden.Golden;
import dev.janus.model.ModelException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SinkhornTest {
  private static final double FORCE_LOG = -1;

  @ParameterizedTest
  @CsvSource({"4, 1", "4, 5", "4, 50", "16, 1", "16, 5", "16, 50"})
  void bothFormsAgreeWithTheReference(int n, int iterations) {
    Golden golden = Golden.npz("sinkhorn.npz");
    double[][] cost = rows(golden.doubles("C" + n), n);
    double[] expected = golden.doubles("P" + n + "_it" + iterations);
    assertThat(Golden.error(plan(cost, 0.05, iterations, FORCE_LOG, true), expected))
        .isLessThan(1e-10);
    assertThat(Golden.error(plan(cost, 0.05, iterations, Sinkhorn.SCALING_LIMIT, false), expected))
        .isLessThan(1e-10);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothFormsAgreeOnRandomCosts(long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(130);
    double epsilon = seed % 2 == 0 ? 0.05 : 0.2;
    double[][] cost = new double[n][n];
    for (double[] row : cost) {
      for (int i = 0; i < n; i++) {
        row[i] = 1 + 3 * random.nextDouble() * random.nextDouble();
      }
    }
    double[] scaling = plan(cost, epsilon, 50, Sinkhorn.SCALING_LIMIT, false);
    double[] logs = plan(cost, epsilon, 50, FORCE_LOG, true);
    for (int k = 0; k < scaling.length; k++) {
      assertThat(scaling[k]).isCloseTo(logs[k], within(1e-10 * logs[k]));
    }
    checkMarginals(scaling, n, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void bothFormsAgreeWhenOneFlowOrOneNoiseIsFarAway(long seed) {
    Random random = new Random(seed);
    int n = 8 + random.nextInt(60);
    double[][] cost = new double[n][n];
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        cost[j][i] = 1 + random.nextDouble() + (j == 3 ? 40 : 0) + (i == 5 ? 25 : 0);
      }
    }
    double[] scaling = plan(cost, 0.05, 50, Sinkhorn.SCALING_LIMIT, false);
    double[] logs = plan(cost, 0.05, 50, FORCE_LOG, true);
    assertThat(Golden.error(scaling, logs)).isLessThan(1e-10);
    checkMarginals(scaling, n, 1e-3);
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void rangesBeyondFloat64FallBackToLogarithms(long seed) {
    Random random = new Random(seed);
    int n = 20;
    double[][] cost = new double[n][n];
    for (double[] row : cost) {
      for (int i = 0; i < n; i++) {
        row[i] = StrictMath.exp(6 * random.nextGaussian());
      }
    }
    double[] plan = plan(cost, 0.001, 50, Sinkhorn.SCALING_LIMIT, true);
    assertThat(plan).doesNotContain(Double.NaN);
    checkColumns(plan, n);
  }

  @Test
  void potentialsThatLeaveTheSafeRangeFallBackToLogarithms() {
    // Within the limit of the kernel, but u and v would have to reach exp(+-680).
    double[][] cost = {{0, 680, 680}, {0, 680, 680}, {0, 680, 680 + 1e-9}};
    double mean = (6 * 680) / 9.0;
    double[] expected = plan(cost, 1 / mean, 50, FORCE_LOG, true);
    assertThat(Golden.error(plan(cost, 1 / mean, 50, Sinkhorn.SCALING_LIMIT, true), expected))
        .isZero();
    checkMarginals(expected, 3, 1e-9);
  }

  @Test
  void equalCostsGiveTheUniformPlan() {
    for (double value : new double[] {0, 1e-300, 1, 1e300}) {
      double[][] cost = {{value, value}, {value, value}};
      assertThat(plan(cost, 0.05, 50, Sinkhorn.SCALING_LIMIT, false)).containsOnly(0.25);
      assertThat(plan(cost, 0.05, 50, FORCE_LOG, true))
          .containsExactly(new double[] {0.25, 0.25, 0.25, 0.25}, within(1e-15));
    }
    assertThat(plan(new double[][] {{3}}, 0.05, 50, Sinkhorn.SCALING_LIMIT, false))
        .containsExactly(1);
  }

  @Test
  void rowWeightsAreProportionalToThePlanEvenWhereThePlanUnderflows() {
    // One iteration far from convergence: rows of the plan differ by hundreds of powers of ten.
    double[][] cost = {{0, 1e4}, {0, 1.1e4}};
    Sinkhorn sinkhorn = new Sinkhorn(2, 0.001, 1, Sinkhorn.SCALING_LIMIT);
    sinkhorn.solve(cost, 2);
    assertThat(sinkhorn.usedLogForm()).isTrue();
    double[] weights = new double[2];
    for (int j = 0; j < 2; j++) {
      sinkhorn.rowWeights(j, weights);
      assertThat(weights[0] + weights[1]).isBetween(1.0, 2.0);
    }
  }

  @Test
  void aCostThatIsNotFiniteIsAnErrorNamingTheFlow() {
    double[][] cost = {{1, 2}, {Double.NaN, 1}};
    Sinkhorn sinkhorn = new Sinkhorn(2, 0.05, 50, Sinkhorn.SCALING_LIMIT);
    assertThatThrownBy(() -> sinkhorn.solve(cost, 2))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("flow 1 of the batch");
  }

  @Test
  void aSmallBatchAfterALargeOneGivesTheSamePlanAsAFreshSolver() {
    double[][] large = randomCost(new Random(5), 30);
    double[][] small = randomCost(new Random(6), 7);
    Sinkhorn reused = new Sinkhorn(30, 0.05, 50, Sinkhorn.SCALING_LIMIT);
    reused.solve(large, 30);
    reused.solve(small, 7);
    assertThat(entries(reused, 7))
        .containsExactly(plan(small, 0.05, 50, Sinkhorn.SCALING_LIMIT, false));
  }

  private static double[][] randomCost(Random random, int n) {
    double[][] cost = new double[n][n];
    for (double[] row : cost) {
      for (int i = 0; i < n; i++) {
        row[i] = random.nextDouble();
      }
    }
    return cost;
  }

  private static void checkMarginals(double[] plan, int n, double rowTolerance) {
    checkColumns(plan, n);
    for (int j = 0; j < n; j++) {
      double row = 0;
      for (int i = 0; i < n; i++) {
        row += plan[j * n + i];
        assertThat(plan[j * n + i]).isPositive();
      }
      assertThat(row * n).isCloseTo(1, within(rowTolerance));
    }
  }

  private static void checkColumns(double[] plan, int n) {
    for (int i = 0; i < n; i++) {
      double column = 0;
      for (int j = 0; j < n; j++) {
        column += plan[j * n + i];
      }
      assertThat(column * n).isCloseTo(1, within(1e-12));
    }
  }

  private static double[] plan(
      double[][] cost, double epsilon, int iterations, double limit, boolean expectLogForm) {
    int n = cost.length;
    Sinkhorn sinkhorn = new Sinkhorn(n, epsilon, iterations, limit);
    sinkhorn.solve(cost, n);
    assertThat(sinkhorn.usedLogForm()).isEqualTo(expectLogForm);
    return entries(sinkhorn, n);
  }

  private static double[] entries(Sinkhorn sinkhorn, int n) {
    double[] plan = new double[n * n];
    for (int k = 0; k < n * n; k++) {
      plan[k] = sinkhorn.plan(k / n, k % n);
    }
    return plan;
  }

  private static double[][] rows(double[] flat, int n) {
    double[][] rows = new double[n][n];
    for (int k = 0; k < n * n; k++) {
      rows[k / n][k % n] = flat[k];
    }
    return rows;
  }
}
