package dev.janus.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.golden.Golden;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalizationTest {
  private static final int T = 64;
  private final Golden golden = Golden.npz("features.npz");

  @Test
  void fitAgreesWithTheReference() {
    Normalization fitted = Normalization.fit(goldenFlows(), rows(36), 64);
    assertThat(Golden.error(fitted.packetMean(), golden.doubles("cont_mean"))).isLessThan(1e-13);
    assertThat(Golden.error(fitted.packetStd(), golden.doubles("cont_std"))).isLessThan(1e-13);
    assertThat(Golden.error(fitted.featureMean(), golden.doubles("flow_mean"))).isLessThan(1e-13);
    assertThat(Golden.error(fitted.featureStd(), golden.doubles("flow_std"))).isLessThan(1e-13);
  }

  @Test
  void applyAgreesWithTheReferenceToAFloatRounding() {
    FlowBatch flows = goldenFlows();
    Normalization fitted = Normalization.fit(flows, rows(36), 64);
    float[] c = new float[flows.packets() * 3];
    float[] b = new float[flows.packets() * 6];
    float[] f = new float[flows.flows() * 20];
    float[] expectedC = golden.floats("C");
    float[] expectedB = golden.floats("B");
    float[] expectedF = golden.floats("f");
    for (int flow = 0; flow < flows.flows(); flow++) {
      int row = flows.firstPacket(flow);
      int n = flows.length(flow);
      fitted.apply(flows, flow, n, c, b, row, f, flow);
      for (int k = 0; k < 3 * n; k++) {
        assertThat(c[row * 3 + k]).isCloseTo(expectedC[flow * T * 3 + k], within(1e-6f));
      }
      assertThat(Arrays.copyOfRange(b, row * 6, (row + n) * 6))
          .containsExactly(Arrays.copyOfRange(expectedB, flow * T * 6, (flow * T + n) * 6));
    }
    for (int k = 0; k < f.length; k++) {
      assertThat(f[k]).isCloseTo(expectedF[k], within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void trainingFlowsComeOutCentredWithUnitDeviation(long seed) {
    FlowBatch flows = randomFlows(seed, 300);
    int[] rows = IntStream.range(0, 300).filter(i -> i % 3 != 0).toArray();
    Normalization fitted = Normalization.fit(flows, rows, 64);
    double[] sum = new double[3];
    double[] squares = new double[3];
    int packets = 0;
    float[] c = new float[T * 3];
    float[] b = new float[T * 6];
    float[] f = new float[20];
    for (int row : rows) {
      fitted.apply(flows, row, flows.length(row), c, b, 0, f, 0);
      for (int p = 0; p < flows.length(row); p++) {
        for (int k = 0; k < 3; k++) {
          sum[k] += c[p * 3 + k];
          squares[k] += c[p * 3 + k] * (double) c[p * 3 + k];
        }
      }
      packets += flows.length(row);
    }
    for (int k = 0; k < 3; k++) {
      assertThat(sum[k] / packets).isCloseTo(0, within(1e-6));
      assertThat(squares[k] / packets).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void fitDoesNotDependOnFlowsThatAreNotSelected(long seed) {
    FlowBatch all = randomFlows(seed, 50);
    FlowBatch some = new FlowBatch();
    int[] rows = {49, 7, 12, 30};
    for (int row : rows) {
      float[] tokens =
          Arrays.copyOfRange(
              all.tokens(), all.firstPacket(row) * 9, (all.firstPacket(row + 1)) * 9);
      double[] features = Arrays.copyOfRange(all.features(), row * 20, row * 20 + 20);
      some.add(tokens, all.length(row), features);
    }
    assertThat(Normalization.fit(all, rows, 64)).isEqualTo(Normalization.fit(some, rows(4), 64));
  }

  @Test
  void constantColumnsGetTheSmallestDeviationAndAbsurdValuesAreClipped() {
    FlowBatch flows = new FlowBatch();
    flows.add(new float[9], 1, new double[20]);
    double[] far = new double[20];
    Arrays.fill(far, -1e300);
    flows.add(new float[] {3e38f, 1, 1, 0, 1, 0, 1, 0, 1}, 1, far);
    Normalization fitted = Normalization.fit(flows, new int[] {0}, 64);
    assertThat(fitted.packetStd()).containsOnly(1e-3);
    assertThat(fitted.featureStd()).containsOnly(1e-3);
    float[] c = new float[3];
    float[] b = new float[6];
    float[] f = new float[20];
    fitted.apply(flows, 1, 1, c, b, 0, f, 0);
    assertThat(c).containsOnly(8);
    assertThat(b).containsExactly(1, -1, 1, -1, 1, -1);
    assertThat(f).containsOnly(-8);
  }

  @Test
  void prefixOfAFlowGivesTheSamePacketInputs() {
    FlowBatch flows = goldenFlows();
    Normalization fitted = Normalization.fit(flows, rows(36), 64);
    float[] whole = new float[T * 3];
    float[] prefix = new float[T * 3];
    float[] b = new float[T * 6];
    float[] f = new float[20];
    fitted.apply(flows, 0, flows.length(0), whole, b, 0, f, 0);
    fitted.apply(flows, 0, 5, prefix, b, 0, f, 0);
    assertThat(Arrays.copyOf(prefix, 15)).containsExactly(Arrays.copyOf(whole, 15));
    assertThat(prefix[15]).isZero();
  }

  @Test
  void badValuesAreNamedWithTheirPlace() {
    FlowBatch flows = new FlowBatch();
    flows.add(new float[18], 2, new double[20]);
    float[] tokens = new float[18];
    tokens[9 + 1] = Float.NaN;
    flows.add(tokens, 2, new double[20]);
    double[] features = new double[20];
    features[2] = Double.POSITIVE_INFINITY;
    flows.add(new float[9], 1, features);
    assertThatThrownBy(() -> Normalization.fit(flows, new int[] {0, 1}, 64))
        .isInstanceOf(ModelException.class)
        .hasMessage("flow row 1, packet 1: iat is NaN");
    assertThatThrownBy(() -> Normalization.fit(flows, new int[] {0, 2}, 64))
        .isInstanceOf(ModelException.class)
        .hasMessage("flow row 2: feature log_dur_us is Infinity");
    assertThatThrownBy(() -> Normalization.fit(flows, new int[0], 64))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("no benign training flow");
    assertThatThrownBy(
            () -> new Normalization(new double[3], new double[3], new double[20], new double[20]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("packet deviation of 0.0 is out of range");
  }

  private FlowBatch goldenFlows() {
    float[] tokens = golden.floats("tokens");
    int[] lens = golden.ints("lens");
    double[] features = golden.doubles("flow_features");
    FlowBatch flows = new FlowBatch();
    for (int i = 0; i < lens.length; i++) {
      float[] own = Arrays.copyOfRange(tokens, i * T * 9, (i * T + lens[i]) * 9);
      flows.add(own, lens[i], Arrays.copyOfRange(features, i * 20, i * 20 + 20));
    }
    return flows;
  }

  private static FlowBatch randomFlows(long seed, int count) {
    Random random = new Random(seed);
    FlowBatch flows = new FlowBatch();
    for (int i = 0; i < count; i++) {
      int n = 1 + random.nextInt(T);
      float[] tokens = new float[n * 9];
      for (int p = 0; p < n; p++) {
        tokens[p * 9] = 40 + random.nextInt(1460);
        tokens[p * 9 + 1] = p == 0 ? 0 : (float) Math.rint(Math.exp(17 * random.nextDouble()));
        for (int k = 2; k < 8; k++) {
          tokens[p * 9 + k] = random.nextInt(2);
        }
        tokens[p * 9 + 8] = (float) Math.rint(Math.exp(11 * random.nextDouble()));
      }
      flows.add(tokens, n, random.doubles(20, -5, 5).toArray());
    }
    return flows;
  }

  private static int[] rows(int count) {
    return IntStream.range(0, count).toArray();
  }
}
