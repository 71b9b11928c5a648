package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.contract.flow.FlowBatch;
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
  void flowsAreThinnedEvenly() {
    FlowBatch flows = TestFlows.benign(10, 92);
    TrainingRows training = new TrainingRows(flows, TestFlows.allRows(flows));
    assertThat(training.thinned(4).rows()).containsExactly(0, 2, 5, 7);
    assertThat(training.thinned(10)).isSameAs(training);
  }
}
