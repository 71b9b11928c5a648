package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurpriseTest {
  private static final int FLOWS = 20_000;

  /** Inverse distribution function of the generalised Pareto distribution at 1 - e^-nats. */
  private static double pareto(double shape, double nats) {
    return shape == 0 ? nats : Math.expm1(shape * nats) / shape;
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.2, 0.4})
  void aTailOfKnownShapeIsContinuedAsItIs(double shape) {
    double[] scores =
        new Random(7).doubles(FLOWS).map(u -> 5 + 3 * pareto(shape, -Math.log(u))).toArray();
    Surprise surprise = Surprise.of(scores);
    assertThat(surprise.shape()).isCloseTo(shape, within(0.06));
    for (double nats = 0.5; nats < 12; nats += 0.5) {
      assertThat(surprise.nats(5 + 3 * pareto(shape, nats)))
          .isCloseTo(nats, within(0.02 + 0.15 * nats));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itNeverFallsAndAlwaysRisesBeyondTheLargest(long seed) {
    Random random = new Random(seed);
    double grain = random.nextBoolean() ? 1 : 1e6;
    double[] scores =
        random
            .doubles(2 + random.nextInt(600))
            .map(u -> Math.rint(-Math.log(u) * grain) / grain)
            .toArray();
    Surprise surprise = Surprise.of(scores);
    double[] asked = scores.clone();
    Arrays.sort(asked);
    double last = surprise.nats(asked[0] - 1);
    assertThat(last).isZero();
    for (double score : asked) {
      double nats = surprise.nats(score);
      assertThat(nats).isGreaterThanOrEqualTo(last);
      last = nats;
    }
    double largest = asked[asked.length - 1];
    for (double beyond : new double[] {1, 10, 1e3, 1e6, 1e12}) {
      double nats = surprise.nats(largest + beyond);
      assertThat(nats).isGreaterThan(last).isFinite();
      last = nats;
    }
  }

  @Test
  void belowTheTailItIsTheConformalPValue() {
    double[] scores = new Random(3).doubles(999).toArray();
    Surprise surprise = Surprise.of(scores);
    Calibration calibration = Calibration.of(scores);
    for (double score = -0.1; score < 0.85; score += 0.01) {
      assertThat(surprise.nats(score))
          .isCloseTo(-Math.log(calibration.pValue(score)), within(1e-12));
    }
  }

  @Test
  void equalScoresLeaveASurpriseForWhatIsHigher() {
    Surprise surprise = Surprise.of(new double[] {4, 4, 4, 4});
    assertThat(surprise.nats(4)).isZero();
    assertThat(surprise.nats(4.1)).isPositive().isFinite();
    Surprise zeros = Surprise.of(new double[] {0, 0});
    assertThat(zeros.nats(1e-300)).isPositive().isFinite();
    assertThat(zeros.nats(1)).isGreaterThan(zeros.nats(1e-300)).isFinite();
  }

  /** Sums of the same numbers in another order differ in their last bit. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-300, 1, -3, 1e300})
  void onlyAnInfiniteScoreIsInfinitelySurprising(double score) {
    Surprise alike = Surprise.of(new double[] {score, score, score, Math.nextUp(score)});
    assertThat(alike.nats(Math.nextUp(score))).isPositive().isFinite();
    assertThat(alike.nats(2 * Math.abs(score) + 1))
        .isGreaterThan(alike.nats(Math.nextUp(score)))
        .isFinite();
    assertThat(alike.nats(Double.MAX_VALUE)).isFinite();
    assertThat(alike.nats(Double.POSITIVE_INFINITY)).isInfinite();
  }

  /**
   * Of 1000 flows 150 score exactly 1 and 50 more than that. The 90 % quantile is 1; what the
   * others of them are worth is the share of those 50 and not of the 100 from the quantile on.
   */
  @Test
  void scoresThatTieAtTheQuantileDoNotWidenTheTail() {
    Random random = new Random(12);
    double[] scores = new double[1000];
    Arrays.setAll(
        scores,
        k -> k < 800 ? random.nextDouble() : k < 950 ? 1 : 1 - Math.log(1 - random.nextDouble()));
    Surprise surprise = Surprise.of(scores);
    assertThat(surprise.nats(Math.nextUp(1.0))).isCloseTo(-Math.log(51 / 1000.0), within(1e-9));
    Calibration calibration = Calibration.of(scores);
    for (double score = 1.05; score < 2.5; score += 0.05) {
      assertThat(surprise.nats(score)).isCloseTo(-Math.log(calibration.pValue(score)), within(0.4));
    }
  }

  /** Without ties the tail begins where it always has: with the tenth of flows that it is of. */
  @Test
  void scoresThatDifferHaveATenthOfThemInTheTail() {
    double[] scores = new Random(13).doubles(1000).toArray();
    Arrays.sort(scores);
    assertThat(Surprise.of(scores).nats(Math.nextUp(scores[900])))
        .isCloseTo(-Math.log(0.1), within(1e-9));
  }

  @Test
  void whatIsNoNumberStaysNone() {
    Surprise surprise = Surprise.of(new double[] {1, 2, 3});
    assertThat(surprise.nats(Double.NaN)).isNaN();
    assertThat(surprise.nats(Double.POSITIVE_INFINITY)).isInfinite();
  }

  @Test
  void badScoresAreRefusedByPlace() {
    assertThatThrownBy(() -> new Surprise(new double[] {1}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 2");
    assertThatThrownBy(() -> new Surprise(new double[] {2, 1}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("benign score 1 of 1.0");
    assertThatThrownBy(() -> Surprise.of(new double[] {1, Double.NaN}))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NaN");
  }
}
