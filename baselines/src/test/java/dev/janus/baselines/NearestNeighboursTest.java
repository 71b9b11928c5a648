package dev.janus.baselines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.ml.distance.EuclideanDistance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NearestNeighboursTest {
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void theDistanceIsThatOfSortingAll(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] neighbours = TestFlows.normal(300, 20, random);
    neighbours[1] = neighbours[0];
    neighbours[2] = neighbours[0];
    for (double[] vector : TestFlows.normal(50, 20, random)) {
      double[] all =
          Arrays.stream(neighbours)
              .mapToDouble(neighbour -> new EuclideanDistance().compute(vector, neighbour))
              .sorted()
              .toArray();
      assertThat(NearestNeighbours.distance(vector, neighbours)).isCloseTo(all[4], within(1e-12));
    }
  }

  @Test
  void theFifthNearestCountsAlsoAmongEqualOnes() {
    double[][] neighbours = {{0}, {0}, {3}, {-1}, {2}, {7}};
    assertThat(NearestNeighbours.distance(new double[] {0}, neighbours)).isEqualTo(3);
    assertThat(NearestNeighbours.distance(new double[] {7}, neighbours)).isEqualTo(7);
    assertThat(NearestNeighbours.distance(new double[] {1}, new double[][] {{0}, {4}}))
        .isEqualTo(3);
  }

  @Test
  void flowsAreComparedAsTheNetworkGetsThem() {
    FlowBatch benign = TestFlows.benign(60, 31);
    FlowBatch others = TestFlows.benign(10, 32);
    TrainingRows training = new TrainingRows(benign, TestFlows.allRows(benign));
    FlowVectors.Form form = FlowVectors.Form.standardized(training.normalization());
    double[] scores =
        new NearestNeighbours().fit(benign, TestFlows.allRows(benign), 0).score(others);
    for (int flow = 0; flow < 10; flow++) {
      double[] vector = form.of(others, flow, flow);
      assertThat(Arrays.stream(vector).max().orElseThrow()).isLessThanOrEqualTo(8);
      assertThat(scores[flow])
          .isEqualTo(NearestNeighbours.distance(vector, training.vectors(form)));
    }
  }
}
