package dev.janus.contract.label;

import static dev.janus.contract.label.SyntheticLabels.flow;
import static dev.janus.contract.label.SyntheticLabels.reversed;
import static dev.janus.contract.label.SyntheticLabels.row;
import static dev.janus.contract.label.SyntheticLabels.table;
import static dev.janus.contract.label.SyntheticLabels.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowTuple;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelJoinTest {
  private static final int SECOND = 1_000_000;
  private static final long EPOCH = 1_700_000_000L * SECOND;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void shuffledReversedRowsInWholeSecondsFindTheirFlows(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Flow> flows = new ArrayList<>();
    List<LabelRow> rows = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    long now = EPOCH;
    for (int i = 0; i < 3_000; i++) {
      // Ports come back after more than two seconds, so second and tuple tell flows apart.
      now += random.nextInt(20_000, 30_000);
      FlowTuple tuple = tuple(i % 3, i % 300);
      flows.add(flow(i, tuple, now, 5));
      FlowTuple written = random.nextBoolean() ? tuple : reversed(tuple);
      String label = "label " + random.nextInt(1000);
      rows.add(row(i, written, Math.floorDiv(now, SECOND) * SECOND, SECOND, label));
      expected.add(label);
    }
    Collections.shuffle(rows, new Random(seed));

    LabelJoin join = join(0, rows, TimeOffset.ZERO);
    assertThat(flows.stream().map(join::label)).isEqualTo(expected);
    LabelJoinReport report = join.report(List.of("c"));
    assertThat(report.matched()).isEqualTo(3_000);
    assertThat(report.unusedRows()).isZero();
    assertThat(report.ambiguous()).isZero();
    assertThat(report.shared()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "-1000001,false",
    "-1000000,true",
    "-1,true",
    "0,true",
    "1999999,true",
    "2000000,false"
  })
  void theToleranceIsCountedFromTheTimeAStampStandsFor(long after, boolean matches) {
    LabelJoin join =
        join(SECOND, List.of(row(1, tuple(1, 1), EPOCH, SECOND, "A")), TimeOffset.ZERO);
    assertThat(join.label(flow(0, tuple(1, 1), EPOCH + after, 0)))
        .isEqualTo(matches ? "A" : "UNLABELLED");
  }

  @ParameterizedTest
  @CsvSource({"-3,true", "3,true", "-4,false", "4,false"})
  void exactStampsMatchWithinTheToleranceOnEitherSide(long after, boolean matches) {
    LabelJoin join = join(3, List.of(row(1, tuple(1, 1), EPOCH, 1, "A")), TimeOffset.ZERO);
    assertThat(join.label(flow(0, tuple(1, 1), EPOCH + after, 0)))
        .isEqualTo(matches ? "A" : "UNLABELLED");
  }

  @Test
  void theOffsetIsAddedToTheTimesOfTheRows() {
    List<LabelRow> rows = List.of(row(1, tuple(1, 1), EPOCH, 1, "A"));
    Flow flow = flow(0, tuple(1, 1), EPOCH + 3 * 3_600L * SECOND, 0);
    assertThat(join(0, rows, TimeOffset.parse("+03:00")).label(flow)).isEqualTo("A");
    assertThat(join(0, rows, TimeOffset.parse("-03:00")).label(flow)).isEqualTo("UNLABELLED");
  }

  @Test
  void theNearestRowWinsAndEachServesOnce() {
    List<LabelRow> rows =
        List.of(
            row(1, tuple(1, 1), EPOCH + 10, 1, "near"), row(2, tuple(1, 1), EPOCH + 90, 1, "far"));
    LabelJoin join = join(100, rows, TimeOffset.ZERO);
    assertThat(join.label(flow(0, tuple(1, 1), EPOCH + 20, 0))).isEqualTo("near");
    assertThat(join.label(flow(1, tuple(1, 1), EPOCH + 21, 0))).isEqualTo("far");
    assertThat(join.label(flow(2, tuple(1, 1), EPOCH + 22, 0))).isEqualTo("near");
    LabelJoinReport report = join.report(List.of("c"));
    assertThat(report.shared()).isEqualTo(1);
    assertThat(report.unusedRows()).isZero();
  }

  @Test
  void rowsOfTheSameSecondAreToldApartByTheirLength() {
    List<LabelRow> rows =
        List.of(
            new LabelRow(1, tuple(1, 1), EPOCH, SECOND, OptionalLong.of(500), "long"),
            new LabelRow(2, tuple(1, 1), EPOCH, SECOND, OptionalLong.of(20), "short"));
    LabelJoin join = join(0, rows, TimeOffset.ZERO);
    assertThat(join.label(flow(0, tuple(1, 1), EPOCH + 5, 21))).isEqualTo("short");
    assertThat(join.label(flow(1, tuple(1, 1), EPOCH + 9, 480))).isEqualTo("long");
    assertThat(join.report(List.of("c")).ambiguous()).isEqualTo(1);
  }

  @Test
  void equallyNearRowsOfTheSameLabelAreNotAmbiguous() {
    List<LabelRow> rows =
        List.of(row(1, tuple(1, 1), EPOCH, 1, "A"), row(2, tuple(1, 1), EPOCH, 1, "A"));
    LabelJoin join = join(0, rows, TimeOffset.ZERO);
    join.label(flow(0, tuple(1, 1), EPOCH, 0));
    assertThat(join.report(List.of("c")).ambiguous()).isZero();
    assertThat(join.report(List.of("c")).unusedRows()).isEqualTo(1);
  }

  @Test
  void aNearbyMomentBelongsToTheSecondItLiesIn() {
    List<LabelRow> rows =
        List.of(
            row(1, tuple(1, 1), EPOCH, SECOND, "first"),
            row(2, tuple(1, 1), EPOCH + SECOND, SECOND, "second"));
    LabelJoin join = join(SECOND, rows, TimeOffset.ZERO);
    // 0.95 s is nearer to the stamp of the second row, but lies in the first row's second.
    assertThat(join.label(flow(0, tuple(1, 1), EPOCH + 950_000, 0))).isEqualTo("first");
    assertThat(join.label(flow(1, tuple(1, 1), EPOCH + 1_050_000, 0))).isEqualTo("second");
  }

  @Test
  void otherTuplesAndProtocolsDoNotMatch() {
    LabelJoin join = join(0, List.of(row(1, tuple(1, 1), EPOCH, 1, "A")), TimeOffset.ZERO);
    FlowTuple t = tuple(1, 1);
    assertThat(
            List.of(
                new FlowTuple(t.initiator(), 2, t.responder(), 80, 6),
                new FlowTuple(t.initiator(), 1, t.responder(), 80, 17),
                new FlowTuple(t.initiator(), 80, t.responder(), 1, 6),
                tuple(2, 1)))
        .allSatisfy(
            other -> assertThat(join.label(flow(0, other, EPOCH, 0))).isEqualTo("UNLABELLED"));
    assertThat(join.report(List.of("c")).hitRate()).isZero();
    assertThat(join.report(List.of("c")).suspicious()).isTrue();
  }

  @Test
  void capturesMayShareATableWhoseRowsAreCountedOnce() {
    LabelTable table = table(List.of(row(1, tuple(1, 1), EPOCH, 1, "A")));
    LabelJoin join = new LabelJoin(Descriptions.siteC(), List.of(table, table), TimeOffset.ZERO);
    join.label(flow(0, tuple(1, 1), EPOCH, 0));
    LabelJoinReport report = join.report(List.of("one", "two"));
    assertThat(report.rows()).isEqualTo(1);
    assertThat(report.unusedRows()).isZero();
    assertThat(report.files()).hasSize(1);
    assertThat(report.captures())
        .containsExactly(
            new LabelJoinReport.CaptureHits("one", 1, 1),
            new LabelJoinReport.CaptureHits("two", 0, 0));
  }

  @Test
  @Timeout(60)
  void aFloodOnOneTupleTakesNoQuadraticTime() {
    // One tuple within two seconds: comparing every flow with every row would take minutes.
    int count = 300_000;
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(i, tuple(1, 1), EPOCH + 2L * i / count * SECOND, SECOND, "Flood"));
    }
    LabelJoin join = join(SECOND, rows, TimeOffset.ZERO);
    for (int i = 0; i < count; i++) {
      long micros = 2L * SECOND * i / count;
      assertThat(join.label(flow(i, tuple(1, 1), EPOCH + micros, 0))).isEqualTo("Flood");
    }
    assertThat(join.report(List.of("c")).unusedRows()).isZero();
    assertThat(join.report(List.of("c")).shared()).isZero();
  }

  private static LabelJoin join(long tolerance, List<LabelRow> rows, TimeOffset offset) {
    DatasetDescription c = Descriptions.siteC();
    DatasetDescription description =
        Descriptions.of(c.csv().layout().charset(), c.csv().timestamps(), tolerance);
    return new LabelJoin(description, List.of(table(rows)), offset);
  }
}
