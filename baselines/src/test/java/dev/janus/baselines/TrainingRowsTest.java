package dev.janus.baselines;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TrainingRowsTest {
  @Test
  void moreFlowsThanThePieceAreReadInOrder() {
    FlowBatch flows = TestFlows.benign(9000, 91);
    int[] rows = {8999, 4, 5000, 5000};
    double[][] vectors = new TrainingRows(flows, rows).vectors(FlowVectors.Form.raw());
    for (int k = 0; k < rows.length; k++) {
      assertThat(vectors[k]).isEqualTo(TestFlows.vector(flows, rows[k]));
    }
    double[][] all =
        new TrainingRows(flows, TestFlows.allRows(flows)).vectors(FlowVectors.Form.raw());
    assertThat(all).hasDimensions(9000, 20);
    assertThat(all[8192]).isEqualTo(TestFlows.vector(flows, 8192));
  }

  @Test
  void aFlowIsNamedByItsRowInTheDataSetWhateverPieceItIsReadIn() {
    FlowBatch flows = TestFlows.with(TestFlows.benign(9000, 93), 8000, FlowFeature.LOG_PPS, NaN);
    int[] rows = IntStream.range(1000, 9000).toArray();
    assertThatThrownBy(() -> new TrainingRows(flows, rows).vectors(FlowVectors.Form.raw()))
        .isInstanceOf(BaselineException.class)
        .hasMessageStartingWith("flow row 8000: feature log_pps is NaN");
  }

  @Test
  void whoGaveAPieceCanNameTheFlowOfTheWhole() {
    FlowBatch piece = TestFlows.with(TestFlows.benign(5, 94), 3, FlowFeature.LOG_PPS, NaN);
    FittedDetector sum =
        FlowVectors.detector(FlowVectors.Form.raw(), vector -> Arrays.stream(vector).sum());
    assertThatThrownBy(() -> sum.score(piece))
        .isInstanceOfSatisfying(
            BaselineException.class,
            e ->
                assertThat(e.renumbered(row -> 4096 + 2 * row))
                    .hasMessage(
                        "flow row 4102: feature log_pps is NaN; a finite number is needed"));
    BaselineException none = new BaselineException("about no flow");
    assertThat(none.renumbered(row -> 7)).hasMessage("about no flow");
  }

  @Test
  void flowsAreThinnedEvenly() {
    FlowBatch flows = TestFlows.benign(10, 92);
    TrainingRows training = new TrainingRows(flows, TestFlows.allRows(flows));
    assertThat(training.thinned(4).rows()).containsExactly(0, 2, 5, 7);
    assertThat(training.thinned(10)).isSameAs(training);
  }
}
