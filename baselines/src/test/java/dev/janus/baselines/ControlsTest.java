package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every control. */
final class ControlsTest {
  private static final long SEED = 20261123;

  private static Stream<Detector> controls() {
    return Controls.all().stream();
  }

  @Test
  void namesAreDistinctAndFindTheirControl() {
    assertThat(Controls.names())
        .doesNotHaveDuplicates()
        .containsExactly(
            "range-rule",
            "packet-count",
            "duration",
            "isolation-forest",
            "pca",
            "mahalanobis",
            "knn5",
            "mixture16");
    for (Detector control : Controls.all()) {
      assertThat(Controls.named(control.name())).contains(control);
    }
    assertThat(Controls.named("oracle")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("controls")
  void aFlowUnlikeTrainingScoresAboveMostOfIt(Detector control) {
    FlowBatch benign = TestFlows.benign(400, SEED);
    FlowBatch strange = new FlowBatch();
    TestFlows.add(strange, 64, 1400, 9_000_000, new SplittableRandom(SEED + 1));
    FittedDetector fitted = control.fit(benign, TestFlows.allRows(benign), SEED);
    double[] usual = fitted.score(TestFlows.benign(200, SEED + 2));
    double score = fitted.score(strange)[0];
    assertThat(Arrays.stream(usual).filter(s -> s < score).count())
        .as("seed %d", SEED)
        .isGreaterThanOrEqualTo(198);
  }

  @ParameterizedTest
  @MethodSource("controls")
  void theSameSeedGivesTheSameBits(Detector control) {
    FlowBatch benign = TestFlows.benign(300, SEED);
    FlowBatch others = TestFlows.benign(100, SEED + 1);
    int[] rows = TestFlows.allRows(benign);
    double[] first = control.fit(benign, rows, 7).score(others);
    assertThat(control.fit(benign, rows, 7).score(others)).isEqualTo(first);
  }

  @ParameterizedTest
  @MethodSource("controls")
  void oneThreadGivesTheSameBitsAsMany(Detector control) {
    FlowBatch benign = TestFlows.benign(600, SEED);
    FlowBatch others = TestFlows.benign(200, SEED + 1);
    int[] rows = TestFlows.allRows(benign);
    Callable<double[]> work = () -> control.fit(benign, rows, 7).score(others);
    try (ForkJoinPool one = new ForkJoinPool(1);
        ForkJoinPool many = new ForkJoinPool(7)) {
      assertThat(one.submit(work).join()).isEqualTo(many.submit(work).join());
    }
  }

  /** Of the others every one reads features or tokens, piece by piece. */
  @ParameterizedTest
  @MethodSource("controls")
  void aFitEndsWhenItIsStopped(Detector control) {
    FlowBatch benign = TestFlows.benign(50, SEED);
    int[] rows = TestFlows.allRows(benign);
    Runnable stopped =
        () -> {
          throw new CancellationException("stopped");
        };
    if (control.name().equals("packet-count")) {
      control.fit(benign, rows, 7, stopped); // counts lengths, which takes no time
      return;
    }
    assertThatThrownBy(() -> control.fit(benign, rows, 7, stopped))
        .isInstanceOf(CancellationException.class);
  }

  @ParameterizedTest
  @MethodSource("controls")
  void aFlowIsScoredOnItsOwn(Detector control) {
    FlowBatch benign = TestFlows.benign(300, SEED);
    FlowBatch others = TestFlows.benign(50, SEED + 1);
    FittedDetector fitted = control.fit(benign, TestFlows.allRows(benign), 7);
    double[] together = fitted.score(others);
    FlowBatch one = new FlowBatch();
    for (int flow = 0; flow < 50; flow++) {
      one.clear();
      others.copy(new int[] {flow}, 0, 1, one);
      assertThat(fitted.score(one)).containsExactly(together[flow]);
    }
  }

  @ParameterizedTest
  @MethodSource("controls")
  void onlyTheNamedRowsTrain(Detector control) {
    FlowBatch benign = TestFlows.benign(200, SEED);
    int[] rows = TestFlows.allRows(benign);
    FlowBatch others = TestFlows.benign(20, SEED + 1);
    double[] expected = control.fit(benign, rows, 7).score(others);
    FlowBatch mixed = new FlowBatch();
    benign.copy(rows, 0, rows.length, mixed);
    TestFlows.add(mixed, 64, 1400, 9_000_000, new SplittableRandom(SEED));
    assertThat(control.fit(mixed, rows, 7).score(others)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("controls")
  void trainingFlowsThatAreAllAlikeAreEnoughForAFiniteScoreOrAClearError(Detector control) {
    FlowBatch alike = new FlowBatch();
    for (int flow = 0; flow < 10; flow++) {
      TestFlows.add(alike, 3, 400, 20_000, new SplittableRandom(SEED));
    }
    try {
      double[] scores = control.fit(alike, TestFlows.allRows(alike), 7).score(alike);
      assertThat(scores).doesNotContain(Double.NaN);
    } catch (ModelException e) {
      assertThat(e).hasMessageContaining("same numbers");
      assertThat(control.name()).isEqualTo("mahalanobis");
    }
  }

  @ParameterizedTest
  @MethodSource("controls")
  void oneTrainingFlowIsTooFew(Detector control) {
    FlowBatch benign = TestFlows.benign(5, SEED);
    assertThatThrownBy(() -> control.fit(benign, new int[] {3}, 7))
        .isInstanceOf(BaselineException.class)
        .hasMessageContaining("at least 2 benign training flows, here are 1");
  }

  @ParameterizedTest
  @MethodSource("controls")
  void aFeatureThatIsNotANumberIsNamed(Detector control) {
    FlowBatch benign = TestFlows.benign(50, SEED);
    FittedDetector fitted = control.fit(benign, TestFlows.allRows(benign), 7);
    FlowBatch broken = TestFlows.with(benign, 3, FlowFeature.LOG_PPS, Double.NaN);
    if (control.name().equals("packet-count")) {
      assertThat(fitted.score(broken)).isEqualTo(fitted.score(benign)); // reads no feature
      return;
    }
    assertThatThrownBy(() -> fitted.score(broken))
        .isInstanceOf(BaselineException.class)
        .hasMessage("flow row 3: feature log_pps is NaN; a finite number is needed");
    assertThatThrownBy(() -> control.fit(broken, TestFlows.allRows(broken), 7))
        .hasMessageContaining("flow row 3: feature log_pps is NaN");
  }
}
