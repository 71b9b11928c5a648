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
