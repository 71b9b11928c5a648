package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.janus.engine.Ragged;
import dev.janus.golden.Golden;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskedCostTest {
  /** The formula, word for word, in float64. */
  private static double direct(
      double[] data,
      int dataAt,
      double[] f,
      int fAt,
      double[] noise,
      int noiseAt,
      double[] nf,
      int nfAt,
      int n) {
    double sum = 0;
    for (int k = 0; k < 3 * n; k++) {
      double difference = data[dataAt + k] - noise[noiseAt + k];
      sum += difference * difference;
    }
    for (int k = 0; k < 20; k++) {
      double difference = f[fAt + k] - nf[nfAt + k];
      sum += difference * difference;
    }
    return sum / (3 * n + 20);
  }

  @Test
  void theFormulaOfThisTestAgreesWithTheReference() {
    Golden golden = Golden.npz("sinkhorn.npz");
    long[] lens = golden.longs("otc_len");
    int flows = lens.length;
    double[] cost = new double[flows * flows];
    for (int j = 0; j < flows; j++) {
      for (int i = 0; i < flows; i++) {
        cost[j * flows + i] =
            direct(
                golden.doubles("otc_x1c"),
                j * 18,
                golden.doubles("otc_x1f"),
                j * 20,
                golden.doubles("otc_x0c"),
                i * 18,
                golden.doubles("otc_x0f"),
                i * 20,
                (int) lens[j]);
      }
    }
    assertThat(Golden.error(cost, golden.doubles("otc_cost"))).isLessThan(1e-14);
  }

  @Test
  void theGoldenBatchRoundedToFloatsGivesTheGoldenCostToFloatPrecision() {
    Golden golden = Golden.npz("sinkhorn.npz");
    long[] lens = golden.longs("otc_len");
    CouplingBatch batch = new CouplingBatch(lens.length, 6);
    double[] x1c = golden.doubles("otc_x1c");
    int at = 0;
    for (int j = 0; j < lens.length; j++) {
      batch.packets.append((int) lens[j]);
      for (int k = 0; k < 3 * lens[j]; k++) {
        batch.continuous[at++] = (float) x1c[j * 18 + k];
      }
    }
    CouplingBatch.round(golden.doubles("otc_x1f"), batch.features);
    CouplingBatch.round(golden.doubles("otc_x0c"), batch.noiseContinuous);
    CouplingBatch.round(golden.doubles("otc_x0f"), batch.noiseFeatures);
    double[] flat = Arrays.stream(batch.cost()).flatMapToDouble(Arrays::stream).toArray();
    assertThat(Golden.error(flat, golden.doubles("otc_cost"))).isLessThan(1e-6);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everyCostAgreesWithTheFormula(long seed) {
    CouplingBatch batch = CouplingBatch.random(seed);
    double[][] cost = batch.cost();
    int flows = batch.packets.count();
    double[] data = CouplingBatch.widen(batch.continuous);
    double[] features = CouplingBatch.widen(batch.features);
    double[] noise = CouplingBatch.widen(batch.noiseContinuous);
    double[] noiseFeatures = CouplingBatch.widen(batch.noiseFeatures);
    for (int j = 0; j < flows; j++) {
      for (int i = 0; i < flows; i++) {
        double expected =
            direct(
                data,
                batch.packets.start(j) * 3,
                features,
                j * 20,
                noise,
                i * batch.noisePackets * 3,
                noiseFeatures,
                i * 20,
                batch.packets.rows(j));
        assertThat(cost[j][i]).isCloseTo(expected, within(1e-13 * expected));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 11, 12})
  void costsAreOverWhatTakesPartInTheModel(long seed) {
    CouplingBatch batch = CouplingBatch.random(seed);
    double[][] ofPackets = batch.cost(0, 3);
    double[][] ofFeatures = batch.cost(20, 0);
    double[][] ofAll = batch.cost(20, 9);
    for (int j = 0; j < batch.packets.count(); j++) {
      int n = batch.packets.rows(j);
      for (int i = 0; i < batch.packets.count(); i++) {
        double packets = 0;
        for (int k = 0; k < 3 * n; k++) {
          double difference =
              (double) batch.continuous[batch.packets.start(j) * 3 + k]
                  - batch.noiseContinuous[i * batch.noisePackets * 3 + k];
          packets += difference * difference / (3 * n);
        }
        double features = 0;
        for (int k = 0; k < 20; k++) {
          double difference = (double) batch.features[j * 20 + k] - batch.noiseFeatures[i * 20 + k];
          features += difference * difference / 20;
        }
        double bits = 0;
        for (int k = 0; k < 6 * n; k++) {
          double difference =
              (double) batch.bits[batch.packets.start(j) * 6 + k]
                  - batch.noiseBits[i * batch.noisePackets * 6 + k];
          bits += difference * difference / (6 * n);
        }
        double all = (3 * n * packets + 6 * n * bits + 20 * features) / (9 * n + 20);
        assertThat(ofAll[j][i]).isCloseTo(all, within(1e-12 * all));
        assertThat(ofPackets[j][i]).isCloseTo(packets, within(1e-12 * packets));
        assertThat(ofFeatures[j][i]).isCloseTo(features, within(1e-12 * features));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9})
  void noiseBeyondAFlowsLastPacketDoesNotChangeItsCosts(long seed) {
    CouplingBatch batch = CouplingBatch.random(seed);
    double[] before = batch.cost()[0].clone();
    int n = batch.packets.rows(0);
    for (int i = 0; i < batch.packets.count(); i++) {
      int noise = i * batch.noisePackets * 3;
      Arrays.fill(batch.noiseContinuous, noise + 3 * n, noise + 3 * batch.noisePackets, 1000f);
    }
    assertThat(batch.cost()[0]).containsExactly(before);
  }

  @Test
  void batchesThatDoNotFitAreRefused() {
    MaskedCost cost = new MaskedCost(2, 4);
    Ragged packets = new Ragged();
    float[] any = new float[1000];
    assertThatThrownBy(() -> cost.load(packets, any, any, any, any, any, 4, any))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 flows");
    packets.append(3);
    assertThatThrownBy(() -> cost.load(packets, any, any, any, any, any, 2, any))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a flow has 3 packets, the noise 2");
  }
}
