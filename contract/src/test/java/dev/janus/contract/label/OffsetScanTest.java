package dev.janus.contract.label;

import static dev.janus.contract.label.SyntheticLabels.flow;
import static dev.janus.contract.label.SyntheticLabels.row;
import static dev.janus.contract.label.SyntheticLabels.table;
import static dev.janus.contract.label.SyntheticLabels.tuple;
import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffsetScanTest {
  private static final int SECOND = 1_000_000;
  private static final long EPOCH = 1_700_000_000L * SECOND;

  @ParameterizedTest
  @CsvSource({
    "+03:00,1000000,1000000",
    "-03:30,1000000,1000000",
    "+25:45,1000000,1000000",
    "+03:00,60000000,1000000",
    "-00:00:07,1000000,0",
    "+05:45:30,1000000,0",
    "+03:00,1,1000",
    "-01:00:02.123456,1,0",
    "+00:00,1,1000",
  })
  void theOffsetIsFoundFromUnlabelledMatches(String written, int resolution, long tolerance) {
    TimeOffset offset = TimeOffset.parse(written);
    SplittableRandom random = new SplittableRandom(7);
    List<Flow> flows = new ArrayList<>();
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      long start = EPOCH + random.nextLong(8 * 3_600L * SECOND);
      flows.add(flow(i, tuple(i % 7, i % 400), start, 0));
      long stamp = Math.floorDiv(start - offset.micros(), resolution) * resolution;
      rows.add(row(i, tuple(i % 7, i % 400), stamp, resolution, "A"));
    }
    OffsetAdvice advice = scan(flows, rows, tolerance, TimeOffset.ZERO);
    assertThat(advice.best()).isEqualTo(offset);
    assertThat(advice.bestHitRate()).isGreaterThan(0.99);
    assertThat(advice.recommended()).isEqualTo(offset.micros() != 0);
    assertThat(advice.halfDay()).isEmpty();
    if (advice.recommended()) {
      assertThat(advice.text()).contains("--time-offset=" + offset);
    }
  }

  @Test
  void aTwelveHourClockIsRecognised() {
    SplittableRandom random = new SplittableRandom(8);
    List<Flow> flows = new ArrayList<>();
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      long sinceNine = random.nextLong(8 * 3_600L * SECOND);
      flows.add(flow(i, tuple(1, i), EPOCH + sinceNine, 0));
      // From one o'clock on the clock has gone back by twelve hours.
      long shown = sinceNine < 4 * 3_600L * SECOND ? sinceNine : sinceNine - 12 * 3_600L * SECOND;
      rows.add(row(i, tuple(1, i), Math.floorDiv(EPOCH + shown, SECOND) * SECOND, SECOND, "A"));
    }
    OffsetAdvice advice = scan(flows, rows, SECOND, TimeOffset.ZERO);
    assertThat(advice.halfDay()).isPresent();
    assertThat(advice.text()).contains("cic12h");
  }

  @Test
  void nothingIsRecommendedWhereNothingFits() {
    List<Flow> flows = new ArrayList<>();
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      flows.add(flow(i, tuple(1, i), EPOCH, 0));
      rows.add(row(i, tuple(2, i), EPOCH, SECOND, "A"));
    }
    OffsetAdvice advice = scan(flows, rows, SECOND, TimeOffset.ZERO);
    assertThat(advice.recommended()).isFalse();
    assertThat(advice.text()).contains("columns, addresses and dates");
    assertThat(scan(List.of(), List.of(), SECOND, TimeOffset.ZERO).recommended()).isFalse();
  }

  @Test
  void manyFlowsAreSampledEvenly() {
    List<Flow> flows = new ArrayList<>();
    List<LabelRow> rows = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      long start = EPOCH + i * 1_000L;
      flows.add(flow(i, tuple(i >> 12, i & 4095), start, 0));
      rows.add(row(i, tuple(i >> 12, i & 4095), start - 3_600L * SECOND, 1, "A"));
    }
    OffsetAdvice advice = scan(flows, rows, 1_000, TimeOffset.ZERO);
    assertThat(advice.sampled()).isBetween(10_000, 20_000);
    assertThat(advice.best()).hasToString("+01:00");
    assertThat(advice.bestHitRate()).isEqualTo(1);
  }

  private static OffsetAdvice scan(
      List<Flow> flows, List<LabelRow> rows, long tolerance, TimeOffset present) {
    DatasetDescription c = Descriptions.siteC();
    DatasetDescription description =
        Descriptions.of(c.csv().layout().charset(), c.csv().timestamps(), tolerance);
    return OffsetScan.run(description, List.of(table(rows)), present, flows);
  }
}
