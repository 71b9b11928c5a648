package dev.janus.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.model.ModelException;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceFitTest {
  private static final int D = 6;
  private static final Percentage ROUNDING = Percentage.withPercentage(1e-4);

  /** States whose mean and spread depend on their place. */
  private static float[] states(Random random, int packets) {
    float[] states = new float[packets * D];
    for (int p = 0; p < packets; p++) {
      for (int c = 0; c < D; c++) {
        states[p * D + c] = (float) (100 + p + (1 + c) * random.nextGaussian());
      }
    }
    return states;
  }

  private static double[] row(float[] states, int packet) {
    double[] row = new double[D];
    for (int c = 0; c < D; c++) {
      row[c] = states[packet * D + c];
    }
    return row;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlaceIsMeasuredByTheOasFitOfItsPackets(long seed) {
    Random random = new Random(seed);
    int flows = 400;
    PlaceFit fit = new PlaceFit(D);
    double[] second = new double[flows * D];
    for (int f = 0; f < flows; f++) {
      float[] states = states(random, 4);
      fit.add(states, 0, 4);
      System.arraycopy(row(states, 1), 0, second, f * D, D);
    }
    float[] asked = states(random, 4);
    double expected = MahalanobisOas.fit(second, flows, D).distance(row(asked, 1), 0);
    double distance = fit.fitted().places().get(1).distance(asked, D, new double[D]);
    // the floor on variances is 1e-4 of a mean variance
    assertThat(distance).isCloseTo(expected, Percentage.withPercentage(0.2));
  }

  @Test
  void measuresAreTheMeanOverPacketsAndTheLargestOfTheFirstThree() {
    Random random = new Random(4);
    PlaceFit fit = new PlaceFit(D);
    for (int f = 0; f < 200; f++) {
      fit.add(states(random, 30), 0, 30);
    }
    PlaceDistances places = fit.fitted();
    float[] asked = states(random, 25);
    asked[4 * D] += 1000; // the fifth packet is none of the opening
    double total = 0;
    double opening = 0;
    for (int p = 0; p < 25; p++) {
      double distance = places.places().get(Math.min(p, 16)).distance(asked, p * D, new double[D]);
      total += distance;
      opening = p < 3 ? Math.max(opening, distance) : opening;
    }
    double[] measures = new double[2 * FusedMeasure.COUNT];
    places.measure(asked, 0, 25, new double[D], measures, FusedMeasure.COUNT);
    assertThat(measures[FusedMeasure.COUNT + FusedMeasure.PACKETS.ordinal()])
        .isCloseTo(total / 25, ROUNDING);
    assertThat(measures[FusedMeasure.COUNT + FusedMeasure.OPENING.ordinal()]).isEqualTo(opening);
    assertThat(measures).startsWith(0, 0, 0, 0, 0);
  }

  @Test
  void aRarePlaceIsMeasuredByAllPackets() {
    Random random = new Random(5);
    PlaceFit fit = new PlaceFit(D);
    for (int f = 0; f < 200; f++) {
      fit.add(states(random, f < 49 ? 3 : 2), 0, f < 49 ? 3 : 2);
    }
    PlaceDistances places = fit.fitted();
    assertThat(places.places().get(2)).isEqualTo(places.places().get(16));
    assertThat(places.places().get(1)).isNotEqualTo(places.places().get(16));
  }

  @Test
  void alikePacketsLeaveAFiniteDistance() {
    PlaceFit fit = new PlaceFit(D);
    Random random = new Random(6);
    for (int f = 0; f < 100; f++) {
      float[] states = states(random, 2);
      for (int c = 0; c < D; c++) {
        states[c] = 7;
      }
      fit.add(states, 0, 2);
    }
    float[] asked = new float[D];
    double[] room = new double[D];
    WhitenedDistance first = fit.fitted().places().getFirst();
    assertThat(first.distance(asked, 0, room)).isPositive().isFinite();
    for (int c = 0; c < D; c++) {
      asked[c] = 7;
    }
    assertThat(first.distance(asked, 0, room)).isZero();
  }

  @Test
  void whatCannotBeFittedIsRefused() {
    assertThatThrownBy(() -> new PlaceFit(D).fitted())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 2 benign packets");
    PlaceFit fit = new PlaceFit(D);
    assertThatThrownBy(() -> fit.add(new float[] {0, 0, Float.NaN, 0, 0, 0}, 0, 1))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new WhitenedDistance(new double[2], new double[] {1, 0, 1, 1}))
        .isInstanceOf(ModelException.class);
  }
}
