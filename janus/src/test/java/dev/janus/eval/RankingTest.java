package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.json.Json;
import dev.janus.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
  @Test
  void aurocAndAveragePrecisionAgreeWithScikitLearn() throws IOException {
    Json.JsonObject golden =
        (Json.JsonObject) Json.parse(Files.readString(Golden.path("metrics.json")));
    double[] labels = numbers(golden, "y");
    double[] scores = numbers(golden, "s");
    Ranking ranking = Ranking.of(select(scores, labels, 0), select(scores, labels, 1));
    assertThat(labels).hasSize(300);
    assertThat(ranking.auroc()).isCloseTo(number(golden, "auroc"), within(1e-13));
    assertThat(ranking.averagePrecision())
        .isCloseTo(number(golden, "average_precision"), within(1e-13));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void whatLiesAboveAndBelowIsCounted(long seed) {
    Random random = new Random(seed);
    double[] values =
        DoubleStream.concat(
                Arrays.stream(scores(random, random.nextInt(60), 12, 0)),
                DoubleStream.of(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, -0.0, 0))
            .sorted()
            .toArray();
    for (double value : values) {
      for (double near : new double[] {value, Math.nextUp(value), Math.nextDown(value)}) {
        assertThat((long) Ranking.above(values, near))
            .isEqualTo(Arrays.stream(values).filter(v -> v > near).count());
        assertThat((long) Ranking.below(values, near))
            .isEqualTo(Arrays.stream(values).filter(v -> v < near).count());
      }
    }
    assertThat(Ranking.below(new double[0], 1)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everythingFollowsItsDefinition(long seed) {
    Random random = new Random(seed);
    int distinct = 1 + random.nextInt(40);
    double[] benign = scores(random, 1 + random.nextInt(150), distinct, 0);
    double[] attack = scores(random, 1 + random.nextInt(150), distinct, random.nextInt(9));
    Ranking ranking = Ranking.of(benign, attack);
    assertThat(ranking.auroc()).isCloseTo(aurocByPairs(benign, attack), within(1e-12));
    assertThat(Ranking.of(attack, benign).auroc()).isCloseTo(1 - ranking.auroc(), within(1e-12));
    assertThat(ranking.averagePrecision())
        .isCloseTo(averagePrecisionByThresholds(benign, attack), within(1e-12));
    double share = attack.length / (double) (attack.length + benign.length);
    assertThat(ranking.averagePrecision(share))
        .isCloseTo(ranking.averagePrecision(), within(1e-12));
    assertThat(ranking.partialAuroc(1)).isCloseTo(ranking.auroc(), within(1e-12));
    double smallest = 1.0 / benign.length;
    for (double end : new double[] {smallest / 3, smallest, 0.3, 0.77}) {
      assertThat(ranking.partialAuroc(end))
          .as("up to %s", end)
          .isCloseTo(partialByLines(benign, attack, end), within(1e-9));
    }
    for (double fpr : new double[] {0, 0.001, 0.01, 0.07, 0.29, 0.5, 1}) {
      assertThat(ranking.tprAtFpr(fpr)).isEqualTo(tprByThresholds(benign, attack, fpr));
    }
    for (int k = 0; k <= benign.length; k++) {
      double exact = k / (double) benign.length;
      for (double fpr : new double[] {exact, Math.nextDown(exact), Math.nextUp(exact)}) {
        if (fpr >= 0 && fpr <= 1) {
          assertThat(ranking.tprAtFpr(fpr)).isEqualTo(tprByThresholds(benign, attack, fpr));
        }
      }
    }
  }

  /** The area under the lines between the points of all thresholds, in small steps. */
  private static double partialByLines(double[] benign, double[] attack, double end) {
    double[] thresholds =
        DoubleStream.concat(Arrays.stream(benign), Arrays.stream(attack))
            .map(score -> -score)
            .sorted()
            .distinct()
            .map(score -> -score)
            .toArray();
    double area = 0;
    double fpr = 0;
    double tpr = 0;
    for (double threshold : thresholds) {
      double nextFpr =
          Arrays.stream(benign).filter(s -> s >= threshold).count() / (double) benign.length;
      double nextTpr =
          Arrays.stream(attack).filter(s -> s >= threshold).count() / (double) attack.length;
      double to = Math.min(end, nextFpr);
      if (to > fpr) {
        double atTo = tpr + (nextTpr - tpr) * (to - fpr) / (nextFpr - fpr);
        area += (to - fpr) * (tpr + atTo) / 2;
      }
      fpr = nextFpr;
      tpr = nextTpr;
    }
    return area / end;
  }

  @Test
  void perfectAndUselessScoresGetTheirKnownValues() {
    Ranking perfect =
        Ranking.of(new double[] {0, 1}, new double[] {2, 3, Double.POSITIVE_INFINITY});
    assertThat(perfect.auroc()).isEqualTo(1);
    assertThat(perfect.averagePrecision()).isEqualTo(1);
    assertThat(perfect.tprAtFpr(0)).isEqualTo(1);
    Ranking useless = Ranking.of(new double[] {0.0, -0.0, 0.0}, new double[] {-0.0});
    assertThat(useless.auroc()).isEqualTo(0.5);
    assertThat(useless.averagePrecision()).isEqualTo(0.25);
    assertThat(useless.tprAtFpr(0.5)).isZero();
    assertThat(useless.tprAtFpr(1)).isEqualTo(1);
  }

  @Test
  void aMillionFlowsAreRankedWithoutOverflow() {
    double[] benign = IntStream.range(0, 1_000_000).mapToDouble(i -> i).toArray();
    double[] attack = IntStream.range(0, 1_000_000).mapToDouble(i -> i + 0.5).toArray();
    // Attack i beats benign 0..i: (n + 1) / (2 n).
    assertThat(Ranking.of(benign, attack).auroc()).isCloseTo(0.5000005, within(1e-12));
  }

  @Test
  void emptySetsAndUndefinedScoresAreRefused() {
    assertThatThrownBy(() -> Ranking.of(new double[0], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranking.of(new double[1], new double[] {1, Double.NaN, 2}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Ranking.of(new double[1], new double[1]).tprAtFpr(1.5))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double aurocByPairs(double[] benign, double[] attack) {
    double wins = 0;
    for (double a : attack) {
      for (double b : benign) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    return wins / benign.length / attack.length;
  }

  private static double averagePrecisionByThresholds(double[] benign, double[] attack) {
    double sum = 0;
    double lastRecall = 0;
    for (double threshold : thresholds(benign, attack)) {
      double caught = atLeast(attack, threshold);
      double recall = caught / attack.length;
      sum += (recall - lastRecall) * caught / (caught + atLeast(benign, threshold));
      lastRecall = recall;
    }
    return sum;
  }

  private static double tprByThresholds(double[] benign, double[] attack, double fpr) {
    double best = 0;
    for (double threshold : thresholds(benign, attack)) {
      if (atLeast(benign, threshold) / benign.length <= fpr) {
        best = Math.max(best, atLeast(attack, threshold) / attack.length);
      }
    }
    return best;
  }

  /** All scores, each once, from the highest. */
  private static double[] thresholds(double[] benign, double[] attack) {
    return DoubleStream.concat(Arrays.stream(benign), Arrays.stream(attack))
        .map(s -> -s)
        .sorted()
        .distinct()
        .map(s -> -s)
        .toArray();
  }

  private static double atLeast(double[] values, double threshold) {
    return Arrays.stream(values).filter(v -> v >= threshold).count();
  }

  private static double[] scores(Random random, int n, int distinct, int shift) {
    return random.ints(n, 0, distinct).mapToDouble(v -> v + shift).toArray();
  }

  private static double[] select(double[] scores, double[] labels, double label) {
    return IntStream.range(0, scores.length)
        .filter(i -> labels[i] == label)
        .mapToDouble(i -> scores[i])
        .toArray();
  }

  private static double[] numbers(Json.JsonObject object, String key) {
    return ((Json.JsonArray) member(object, key))
        .items().stream().mapToDouble(v -> ((Json.JsonNumber) v).doubleValue()).toArray();
  }

  private static double number(Json.JsonObject object, String key) {
    return ((Json.JsonNumber) member(object, key)).doubleValue();
  }

  private static Json member(Json.JsonObject object, String key) {
    Json member = object.members().get(key);
    if (member == null) {
      throw new AssertionError("metrics.json has no " + key);
    }
    return member;
  }
}
