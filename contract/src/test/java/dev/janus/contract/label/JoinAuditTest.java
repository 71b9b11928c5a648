package dev.janus.contract.label;

import static dev.janus.contract.label.SyntheticLabels.flow;
import static dev.janus.contract.label.SyntheticLabels.row;
import static dev.janus.contract.label.SyntheticLabels.table;
import static dev.janus.contract.label.SyntheticLabels.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JoinAuditTest {
  private static final int SECOND = 1_000_000;
  private static final long HOUR = 3_600L * SECOND;
  private static final long EPOCH = 1_700_000_000L * SECOND / HOUR * HOUR;

  @Test
  void everythingIsCountedOnce() {
    List<LabelRow> rows = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      flows.add(flow(i, tuple(1, i), EPOCH + i * (long) SECOND, 10));
      // Every third flow has no row; rows of the other label are never used.
      if (i % 3 != 0) {
        rows.add(row(i, tuple(1, i), EPOCH + i * (long) SECOND, SECOND, "A"));
      }
    }
    for (int i = 0; i < 7; i++) {
      rows.add(row(100 + i, tuple(2, i), EPOCH, SECOND, "B"));
    }
    flows.add(flow(90, tuple(3, 1), EPOCH + HOUR, 10));
    LabelTable table = table(rows);

    JoinAudit audit = audit(List.of(table), flows);
    assertThat(audit.join().matched()).isEqualTo(60);
    assertThat(audit.census().flows()).isEqualTo(91);
    assertThat(audit.census().unlabelled()).isEqualTo(31);
    assertThat(audit.census().byLabel())
        .containsExactly(Map.entry("A", 60L), Map.entry("UNLABELLED", 31L));
    assertThat(audit.census().unlabelledByProtocol()).containsExactly(Map.entry(6, 31L));
    assertThat(audit.census().unlabelledByService(10))
        .containsExactly(Map.entry(new FlowCensus.Service(6, 80), 31L));
    assertThat(audit.census().unlabelledByHour())
        .containsExactly(Map.entry(EPOCH / HOUR, 30L), Map.entry(EPOCH / HOUR + 1, 1L));
    assertThat(audit.rowsByLabel())
        .containsExactly(
            Map.entry("A", new JoinAudit.RowUse(60, 0)),
            Map.entry("B", new JoinAudit.RowUse(7, 7)));
    assertThat(audit.rowsByFile())
        .containsExactly(new JoinAudit.FileUse("rows.csv", new JoinAudit.RowUse(67, 7)));
    assertThat(audit.offsets().grid()).hasSize(2 * 26 * 4 + 1);
    assertThat(audit.offsets().best(1).getFirst().offset()).hasToString("+00:00");
    assertThat(audit.offsets().advice().presentHitRate()).isEqualTo(60 / 91.0);
  }

  @Test
  void theGridShowsWhereTheRowsWouldFit() {
    List<LabelRow> rows = new ArrayList<>();
    List<Flow> flows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      flows.add(flow(i, tuple(1, i), EPOCH + i * (long) SECOND, 10));
      rows.add(row(i, tuple(1, i), EPOCH + i * (long) SECOND - 3 * HOUR, SECOND, "A"));
    }
    OffsetTable offsets = audit(List.of(table(rows)), flows).offsets();
    assertThat(offsets.best(3)).hasSize(1);
    assertThat(offsets.best(3).getFirst())
        .isEqualTo(new OffsetTable.Hits(TimeOffset.parse("+03:00"), 1));
    assertThat(offsets.fine()).anySatisfy(hits -> assertThat(hits.hitRate()).isEqualTo(1));
    assertThat(offsets.advice().best()).hasToString("+03:00");
  }

  @Test
  void laterPiecesOfAConversationHaveTheLabelOfTheFirst() {
    LabelTable table = table(List.of(row(1, tuple(1, 1), EPOCH, SECOND, "A")));
    List<Flow> flows =
        List.of(
            piece(0, 0, EPOCH, EndReason.ACTIVE, 0),
            piece(1, 0, EPOCH + HOUR, EndReason.ACTIVE, 1),
            piece(2, 0, EPOCH + 2 * HOUR, EndReason.IDLE, 2),
            piece(3, 3, EPOCH + 3 * HOUR, EndReason.IDLE, 0));
    JoinAudit audit = audit(List.of(table), flows);
    assertThat(audit.census().byLabel())
        .containsExactly(Map.entry("A", 3L), Map.entry("UNLABELLED", 1L));
    assertThat(audit.join().matched()).isEqualTo(1);
  }

  private static Flow piece(long id, long parent, long start, EndReason reason, int number) {
    Flow flow = flow(id, tuple(1, 1), start, 10);
    return new Flow(
        id,
        flow.tuple(),
        start,
        start + 10,
        1,
        flow.tokens(),
        flow.origin(),
        flow.start(),
        reason,
        new FlowPart(parent, number));
  }

  @Test
  void sharedTablesAreCountedOnce() {
    LabelTable table = table(List.of(row(1, tuple(1, 1), EPOCH, 1, "A")));
    JoinAudit audit =
        JoinAudit.of(
            Descriptions.siteC(),
            List.of(table, table),
            TimeOffset.ZERO,
            List.of("one", "two"),
            List.of(flow(0, tuple(1, 1), EPOCH, 0)));
    assertThat(audit.rowsByFile()).hasSize(1);
    assertThat(audit.rowsByLabel()).containsExactly(Map.entry("A", new JoinAudit.RowUse(1, 0)));
  }

  @Test
  void repeatedContradictedAndOverlappedRowsAreTold() {
    FlowTuple tuple = tuple(1, 1);
    DuplicateReport report =
        DuplicateReport.of(
            List.of(
                table(
                    List.of(
                        row(2, tuple, EPOCH, SECOND, "A"),
                        row(3, SyntheticLabels.reversed(tuple), EPOCH, SECOND, "A"),
                        row(4, tuple, EPOCH, SECOND, "B"),
                        lasting(5, tuple, EPOCH + 10L * SECOND, 5L * SECOND, "A"),
                        lasting(6, tuple, EPOCH + 12L * SECOND, 1, "A"),
                        lasting(7, tuple, EPOCH + 14L * SECOND, 1, "B"),
                        lasting(8, tuple, EPOCH + 15L * SECOND, 1, "B"),
                        row(9, tuple(1, 2), EPOCH, SECOND, "B")))));
    assertThat(report.repeated()).isEqualTo(1);
    assertThat(report.contradicted()).isEqualTo(3);
    assertThat(report.overlapped()).isEqualTo(1);
    assertThat(report.examples())
        .containsExactly(
            "rows.csv:3 repeats an earlier row",
            "rows.csv:2 says A and rows.csv:4 says B of one 5-tuple and time",
            "rows.csv:7 (B) begins while rows.csv:5 (A) lasts");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void overlapsAreThoseThatComparingAllPairsFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      rows.add(
          lasting(
              i,
              tuple(1, random.nextInt(3)),
              EPOCH + random.nextInt(60),
              random.nextInt(12),
              "label " + random.nextInt(3)));
    }
    long expected =
        rows.stream()
            .filter(later ->
                rows.stream()
                    .anyMatch(earlier ->
                        earlier.tuple().equals(later.tuple())
                            && !earlier.label().equals(later.label())
                            && earlier.startMicros() < later.startMicros()
                            && earlier.startMicros()
                                    + Math.max(1, earlier.durationMicros().orElse(0))
                                > later.startMicros()))
            .count();
    assertThat(DuplicateReport.of(List.of(table(rows))).overlapped()).isEqualTo(expected);
  }

  private static LabelRow lasting(
      long line, FlowTuple tuple, long start, long duration, String label) {
    return new LabelRow(line, tuple, start, 1, OptionalLong.of(duration), label);
  }

  private static JoinAudit audit(List<LabelTable> tables, List<Flow> flows) {
    return JoinAudit.of(Descriptions.siteC(), tables, TimeOffset.ZERO, List.of("c"), flows);
  }
}
