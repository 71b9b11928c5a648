package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AggregatorTest {
  private static final int P = ScoreName.COUNT;
  private static final ComputedScores ALL = new ComputedScores(IntStream.range(0, P).toArray());
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-7);

  /** Benign scores that hang together and have scales of their own. */
  private static double[] scores(Random random, int n) {
    double[] scores = new double[n * P];
    for (int f = 0; f < n; f++) {
      double common = random.nextGaussian();
      for (int c = 0; c < P; c++) {
        scores[f * P + c] = c + Math.pow(10, c % 4 - 2) * (common + random.nextGaussian());
      }
    }
    return scores;
  }

  private static int[] strata(Random random, int n) {
    return random.ints(n, 0, FlowStratum.COUNT).toArray();
  }

  private static double z(double[] scores, int n, double value, int column) {
    double mean = 0;
    double square = 0;
    for (int f = 0; f < n; f++) {
      mean += scores[f * P + column] / n;
    }
    for (int f = 0; f < n; f++) {
      square += Math.pow(scores[f * P + column] - mean, 2) / n;
    }
    return (value - mean) / Math.sqrt(square);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void sumsFollowTheirDefinitions(long seed) {
    Random random = new Random(seed);
    int n = 200 + random.nextInt(300);
    double[] benign = scores(random, n);
    int[] strata = strata(random, n);
    double[] asked = scores(random, 3);
    for (int f = 0; f < 3; f++) {
      double[] z = new double[P];
      for (int c = 0; c < P; c++) {
        z[c] = z(benign, n, asked[f * P + c], c);
      }
      assertThat(Aggregator.SUM.fit(benign, strata, ALL).of(asked, f * P, 0))
          .isCloseTo(Arrays.stream(z).sum(), within(1e-8));
      assertThat(Aggregator.DIAGONAL.fit(benign, strata, ALL).of(asked, f * P, 0))
          .isCloseTo(Arrays.stream(z).map(v -> v * v).sum(), within(1e-8));
      assertThat(Aggregator.L2POS4.fit(benign, strata, ALL).of(asked, f * P, 0))
          .isCloseTo(
              Arrays.stream(z, 0, 4).map(v -> Math.max(v, 0) * Math.max(v, 0)).sum(), within(1e-8));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void combinedSurprisesAreThoseOfTheScores(long seed) {
    Random random = new Random(seed);
    int n = 100 + random.nextInt(500);
    double[] benign = scores(random, n);
    int[] strata = strata(random, n);
    double[] asked = scores(random, 1);
    double[] nats =
        IntStream.range(0, P)
            .mapToDouble(c ->
                Surprise.of(IntStream.range(0, n).mapToDouble(f -> benign[f * P + c]).toArray())
                    .nats(asked[c]))
            .toArray();
    assertThat(Aggregator.MAX_P.fit(benign, strata, ALL).of(asked, 0, 0))
        .isEqualTo(Arrays.stream(nats).max().orElseThrow());
    assertThat(Aggregator.FISHER.fit(benign, strata, ALL).of(asked, 0, 0))
        .isCloseTo(Arrays.stream(nats).sum(), within(1e-12));
  }

  @Test
  void mahalanobisIsTheDistanceOfTheModel() {
    Random random = new Random(8);
    double[] benign = scores(random, 300);
    double[] asked = scores(random, 1);
    assertThat(Aggregator.OAS.fit(benign, strata(random, 300), ALL).of(asked, 0, 3))
        .isEqualTo(MahalanobisOas.fit(benign, 300, P).distance(asked, 0));
  }

  @Test
  void aStratumWithoutFlowsIsMeasuredAsAll() {
    Random random = new Random(9);
    double[] benign = scores(random, 300);
    double[] asked = scores(random, 1);
    int[] one = new int[300];
    assertThat(Aggregator.STRATA.fit(benign, one, ALL).of(asked, 0, 5))
        .isCloseTo(MahalanobisOas.fit(benign, 300, P).distance(asked, 0), ROUNDING);
  }

  @Test
  void aStratumOfManyFlowsIsMeasuredByItself() {
    Random random = new Random(10);
    int n = 40_000;
    double[] benign = scores(random, n);
    int[] strata = new int[n];
    for (int f = 0; f < n / 2; f++) {
      strata[f] = 2;
      for (int c = 0; c < P; c++) {
        benign[f * P + c] += 100;
      }
    }
    double[] other = Arrays.copyOfRange(benign, n / 2 * P, (n / 2 + 1) * P);
    Aggregator.Fitted fitted = Aggregator.STRATA.fit(benign, strata, ALL);
    assertThat(fitted.of(other, 0, 0)).isLessThan(100);
    assertThat(fitted.of(other, 0, 2)).isGreaterThan(150);
  }

  /** What a model does not compute is 0 for all flows; it has no say in what the others weigh. */
  @ParameterizedTest
  @EnumSource
  void scoresThatAreNotComputedChangeNothing(Aggregator aggregator) {
    Random random = new Random(14);
    int n = 300;
    int[] columns = {0, 1, 2};
    ComputedScores three = new ComputedScores(columns);
    double[] all = scores(random, n);
    double[] benign = new double[n * P];
    double[] asked = new double[P];
    double[] drawn = scores(random, 1);
    for (int c : columns) {
      asked[c] = drawn[c] + 1;
      for (int f = 0; f < n; f++) {
        benign[f * P + c] = all[f * P + c];
      }
    }
    int[] strata = strata(random, n);
    double[] few = three.of(benign, n);
    double[] fewAsked = three.row(asked, 0);
    double expected =
        switch (aggregator) {
          case OAS -> MahalanobisOas.fit(few, n, 3).distance(fewAsked, 0);
          case STANDARDIZED -> MahalanobisOas.fitStandardized(few, n, 3).distance(fewAsked, 0);
          case STRATA -> StratifiedDistance.fit(few, n, 3, strata).distance(fewAsked, 0, 2);
          case ONE_SIDED -> {
            double[] raised = new double[n * 3];
            Arrays.setAll(raised, k -> Math.max(z(all, n, few[k], k % 3), 0));
            double[] own = new double[3];
            Arrays.setAll(own, c -> Math.max(z(all, n, fewAsked[c], c), 0));
            yield MahalanobisOas.fit(raised, n, 3).distance(own, 0);
          }
          case DIAGONAL, SUM, L2POS4, MAX_P, FISHER ->
              aggregator.fit(benign, strata, ALL).of(asked, 0, 2);
        };
    assertThat(aggregator.fit(benign, strata, three).of(asked, 0, 2)).isCloseTo(expected, ROUNDING);
  }

  @ParameterizedTest
  @EnumSource(names = {"ONE_SIDED", "SUM", "L2POS4"})
  void lowScoresAreNotFarFromBenign(Aggregator aggregator) {
    Random random = new Random(11);
    double[] benign = scores(random, 500);
    Aggregator.Fitted fitted = aggregator.fit(benign, strata(random, 500), ALL);
    double[] low = new double[P];
    double[] high = new double[P];
    for (int c = 0; c < P; c++) {
      low[c] = c - 50 * Math.pow(10, c % 4 - 2);
      high[c] = c + 50 * Math.pow(10, c % 4 - 2);
    }
    assertThat(fitted.of(low, 0, 0)).isLessThan(fitted.of(high, 0, 0) / 100);
  }

  @ParameterizedTest
  @EnumSource
  void theFitIsThatOfTheFlowsInAnyUnit(Aggregator aggregator) {
    Random random = new Random(12);
    double[] benign = scores(random, 200);
    int[] strata = strata(random, 200);
    double[] asked = scores(random, 1);
    double before = aggregator.fit(benign, strata, ALL).of(asked, 0, 1);
    for (int k = 0; k < benign.length; k++) {
      benign[k] = 3 + 7 * benign[k];
    }
    double after =
        aggregator
            .fit(benign, strata, ALL)
            .of(Arrays.stream(asked).map(s -> 3 + 7 * s).toArray(), 0, 1);
    assertThat(after).isCloseTo(before, within(1e-6 * Math.max(1, Math.abs(before))));
  }

  @ParameterizedTest
  @EnumSource
  void tooFewFlowsAreRefused(Aggregator aggregator) {
    assertThatThrownBy(() -> aggregator.fit(new double[P], new int[1], ALL))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("1 benign flows");
  }
}
