package dev.janus.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
  private static final EvaluationReport.ScoreResult MISSING =
      new EvaluationReport.ScoreResult(-1, List.of());

  @Test
  void classAndPooledFiguresAgreeWithACalculationByHand() {
    EvaluationReport report = smallReport();
    assertThat(report.benign()).isEqualTo(4);
    assertThat(report.attack()).isEqualTo(3);
    assertThat(report.verdict().classes().stream().map(EvaluationReport.ClassResult::label))
        .containsExactly("dos", "scan");
    EvaluationReport.ClassResult dos = report.verdict().classes().get(0);
    assertThat(dos.flows()).isEqualTo(1);
    assertThat(dos.auroc()).isEqualTo(2 / 4.0);
    EvaluationReport.ClassResult scan = report.verdict().classes().get(1);
    assertThat(scan.auroc()).isEqualTo((4 + 2.5) / 8);
    assertThat(scan.atFpr())
        .containsOnlyKeys("0.01", "0.001", "0.0001")
        .allSatisfy((rate, found) -> {
          assertThat(found.tpr()).isEqualTo(0.5);
          assertThat(found.interval()).isEqualTo(BinomialInterval.of(1, 2));
        });
    // One of two scans lies above all benign flows; the other attacks do not count below 1 %.
    assertThat(scan.partialAuroc()).isEqualTo(0.5);
    assertThat(dos.partialAuroc()).isZero();
    assertThat(report.verdict().macroPartialAuroc()).isEqualTo(0.25);
    assertThat(report.verdict().macroTprAtFpr())
        .containsEntry("0.01", 0.25)
        .containsEntry("0.0001", 0.25);
    assertThat(report.verdict().macroAuroc()).isEqualTo((0.5 + 0.8125) / 2);
    assertThat(report.verdict().pooledAuroc()).isEqualTo((4 + 2.5 + 2) / 12);
    // Thresholds 9, 3, 2.5: precision 1/1, 2/4, 3/5, each with a third of the recall.
    assertThat(report.auprc()).isCloseTo((1 + 0.5 + 0.6) / 3, within(1e-15));
    double rare = 0.01 / 3;
    assertThat(report.auprcAtPrevalence().get("0.01"))
        .isCloseTo(
            (1 + 2 * rare / (2 * rare + 0.99 / 2) + 3 * rare / (3 * rare + 0.99 / 2)) / 3,
            within(1e-15));
  }

  @Test
  void thresholdsComeFromEvenAndFalseAlarmsFromOddValidationFlows() {
    List<OperatingPoint> points = smallReport().operatingPoints();
    assertThat(points.stream().map(OperatingPoint::thresholdFrom)).containsExactly("P95", "P99");
    OperatingPoint p95 = points.get(0);
    assertThat(p95.threshold()).isCloseTo(1.905, within(1e-12));
    assertThat(points.get(1).threshold()).isCloseTo(1.981, within(1e-12));
    // Odd positions hold 0.2 to 4.0 in steps of 0.2: 11 of 20 are alarms; so are all attacks.
    assertThat(p95.fpr()).isEqualTo(11 / 20.0);
    assertThat(p95.recall()).isEqualTo(1);
    assertThat(p95.precision()).isEqualTo(3 / 14.0);
    assertThat(p95.f1()).isCloseTo(2 * (3 / 14.0) / (1 + 3 / 14.0), within(1e-15));
  }

  @Test
  void singleScoresAreRankedOneByOneInTheirOrder() {
    EvaluationReport report = smallReport();
    assertThat(report.singleScores().keySet()).containsExactly("up", "down");
    EvaluationReport.ScoreResult up = report.singleScores().getOrDefault("up", MISSING);
    assertThat(up.pooledAuroc()).isEqualTo(1);
    assertThat(up.macroAuroc()).isEqualTo(1);
    EvaluationReport.ScoreResult down = report.singleScores().getOrDefault("down", MISSING);
    assertThat(down.pooledAuroc()).isEqualTo((4 + 3 + 2) / 12.0);
    assertThat(down.macroAuroc()).isEqualTo((3 / 4.0 + 6 / 8.0) / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theReportDoesNotDependOnTheOrderOfTheFlowsAndHoldsNoNaN(long seed) {
    Random random = new Random(seed);
    int n = 50 + random.nextInt(200);
    List<String> labels = new ArrayList<>(List.of("BENIGN", "a"));
    while (labels.size() < n) {
      labels.add(random.nextBoolean() ? "BENIGN" : "abc".substring(random.nextInt(3)));
    }
    double[] d2 = random.doubles(n).map(d -> Math.rint(20 * d)).toArray();
    double[] scores = random.doubles(n * 10).toArray();
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "s" + i).toList();
    double[] validation = random.doubles(40, 0, 15).toArray();
    EvaluationReport report =
        Evaluation.evaluate(scored(labels, "BENIGN", d2, scores, names), validation);

    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    double[] shuffledD2 = order.stream().mapToDouble(i -> d2[i]).toArray();
    double[] shuffledScores =
        order.stream()
            .flatMapToInt(i -> IntStream.range(10 * i, 10 * i + 10))
            .mapToDouble(k -> scores[k])
            .toArray();
    List<String> shuffledLabels = order.stream().map(labels::get).toList();
    EvaluationReport shuffled =
        Evaluation.evaluate(
            scored(shuffledLabels, "BENIGN", shuffledD2, shuffledScores, names), validation);
    assertThat(shuffled).isEqualTo(report);
    assertThat(report.toString()).doesNotContain("NaN");
    assertThat(
            report.verdict().classes().stream().mapToInt(EvaluationReport.ClassResult::flows).sum())
        .isEqualTo(report.attack());
    assertThat(report.benign() + report.attack()).isEqualTo(n);
  }

  @Test
  void aThresholdAboveEverythingGivesZerosAndNoNaN() {
    OperatingPoint none = OperatingPoint.measure("P99", 5, new double[] {5, 1}, new double[] {5});
    assertThat(none).isEqualTo(new OperatingPoint("P99", 5, 0, 0, 0, 0, BinomialInterval.of(0, 2)));
    assertThatThrownBy(() -> OperatingPoint.measure("P99", 5, new double[0], new double[1]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void missingBenignOrAttackFlowsAreAnErrorThatListsTheLabels() {
    double[] validation = {1, 2};
    ScoredFlows flows = flows(List.of("benign", "benign", "dos"), 1, 2, 3);
    assertThatThrownBy(() -> Evaluation.evaluate(flows, validation))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            "nothing to evaluate: there is no benign flow; the labels found are \"benign\" (2"
                + " flows), \"dos\" (1 flows)");
    ScoredFlows benign = flows(List.of("Benign", "Benign"), 1, 2);
    assertThatThrownBy(() -> Evaluation.evaluate(benign, validation))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no attack flow");
    assertThatThrownBy(() -> Evaluation.evaluate(flows(List.of()), validation))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("there is no benign flow");
  }

  /** Somebody's attacks may be called BENIGN, and several labels may be benign. */
  @Test
  void whatIsBenignIsToldByTheFlagAndNotByTheLabel() {
    List<String> labels = List.of("Normal", "BENIGN", "quiet", "BENIGN", "dos");
    boolean[] benign = {true, false, true, false, false};
    double[] d2 = {1, 3, 2, 4, 5};
    EvaluationReport report =
        Evaluation.evaluate(
            new ScoredFlows(labels, benign, d2, new double[0], List.of()), new double[] {1, 2});
    assertThat(report.benign()).isEqualTo(2);
    assertThat(report.attack()).isEqualTo(3);
    assertThat(report.verdict().classes())
        .extracting(EvaluationReport.ClassResult::label)
        .containsExactly("BENIGN", "dos");
    assertThat(report.verdict().pooledAuroc()).isEqualTo(1);
  }

  @Test
  void tooFewOrUndefinedValidationFlowsAreAnError() {
    ScoredFlows flows = flows(List.of("Benign", "dos"), 1, 2);
    assertThatThrownBy(() -> Evaluation.evaluate(flows, new double[1]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("at least 2 benign validation flows, here are 1");
    for (int row = 0; row < 4; row++) {
      double[] validation = {1, 2, 3, 4};
      validation[row] = Double.NaN;
      String place = "benign validation flow " + row;
      assertThatThrownBy(() -> Evaluation.evaluate(flows, validation))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining(place);
    }
  }

  @Test
  void anUndefinedScoreIsAnErrorThatNamesTheFlowRow() {
    assertThatThrownBy(() -> flows(List.of("a", "b"), 1, Double.NaN))
        .isInstanceOf(ModelException.class)
        .hasMessage("flow row 1: score of the verdict is NaN");
    double[] scores = {1, 2, 3, Double.NaN};
    assertThatThrownBy(
            () -> scored(List.of("a", "b"), "a", new double[2], scores, List.of("x", "y")))
        .isInstanceOf(ModelException.class)
        .hasMessage("flow row 1: score y is NaN");
  }

  private static EvaluationReport smallReport() {
    List<String> labels = List.of("scan", "benign", "dos", "benign", "scan", "benign", "benign");
    double[] d2 = {9, 1, 2.5, 2, 3, 3, 4};
    double[] scores = {1, 8, 0, 7, 1, 6, 0, 5, 1, 4, 0, 3, 0, 2};
    double[] validation = new double[40];
    for (int i = 0; i < 20; i++) {
      validation[2 * i] = (i + 1) / 10.0;
      validation[2 * i + 1] = (i + 1) / 5.0;
    }
    ScoredFlows flows = scored(labels, "benign", d2, scores, List.of("up", "down"));
    return Evaluation.evaluate(flows, validation);
  }

  private static ScoredFlows flows(List<String> labels, double... d2) {
    return scored(labels, "Benign", d2, d2, List.of("only"));
  }

  private static ScoredFlows scored(
      List<String> labels, String benignLabel, double[] d2, double[] scores, List<String> names) {
    boolean[] benign = new boolean[labels.size()];
    for (int row = 0; row < benign.length; row++) {
      benign[row] = labels.get(row).equals(benignLabel);
    }
    return new ScoredFlows(labels, benign, d2, scores, names);
  }
}
