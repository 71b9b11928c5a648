package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.model.JanusNetwork;
import java.util.Arrays;

/**
 * Cost of giving noise i to data flow j (method, section 6.2): the mean squared difference over the
 * elements that are valid in j, that is its 20 features and the 3 channels of its own packets, as
 * far as they take part in the model.
 *
 * <p>Noise lies transposed, one array per element with the noise flows side by side. Then the inner
 * loop runs over noise flows, the compiler vectorises it, and every cost is one sum in element
 * order whatever the vector width. Rows may be computed by several threads at once.
 */
final class MaskedCost {
  private static final int FEATURES = FlowFeature.COUNT;
  private static final int CHANNELS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;

  /** Data: of each flow its features and then its packets, one flow behind the other. */
  private final double[] data;

  private final int[] starts;

  /**
   * Noise by element, {@code [features + channels maxPackets][flows]}, in the order of {@link
   * #data}.
   */
  private final double[][] noise;

  private final int maxFlows;
  private final int maxPackets;

  /** Features of a flow that count: 20, or none. */
  private final int features;

  /** Channels of a packet that count: 3, all 9, or none. */
  private final int channels;

  private int flows;

  /** A cost over features and packets. */
  MaskedCost(int maxFlows, int maxPackets) {
    this(maxFlows, maxPackets, FEATURES, CHANNELS);
  }

  /**
   * @param features 20 where the features count, else 0
   * @param channels 3 or 9 where the packets count, else 0
   */
  MaskedCost(int maxFlows, int maxPackets, int features, int channels) {
    this.maxFlows = maxFlows;
    this.maxPackets = maxPackets;
    this.features = features;
    this.channels = channels;
    int elements = features + channels * maxPackets;
    data = new double[maxFlows * elements];
    starts = new int[maxFlows + 1];
    noise = new double[elements][maxFlows];
  }

  /** Number of flows of the loaded batch. */
  int flows() {
    return flows;
  }

  /**
   * Takes a batch; shapes as in {@link SinkhornCoupling#load}, bits like the continuous channels
   * but {@code [*, 6]}; they are read only where all 9 channels count. Everything is widened to
   * float64 here, once.
   */
  void load(
      Ragged packets,
      float[] dataContinuous,
      float[] dataBits,
      float[] dataFeatures,
      float[] noiseContinuous,
      float[] noiseBits,
      int noisePackets,
      float[] noiseFeatures) {
    begin(packets, noisePackets);
    int continuous = Math.min(channels, CHANNELS);
    int bits = channels - continuous;
    for (int j = 0; j < flows; j++) {
      int at = starts[j];
      for (int k = 0; k < features; k++) {
        data[at++] = dataFeatures[j * FEATURES + k];
      }
      for (int p = packets.start(j); p < packets.start(j + 1); p++) {
        for (int c = 0; c < continuous; c++) {
          data[at++] = dataContinuous[p * CHANNELS + c];
        }
        for (int c = 0; c < bits; c++) {
          data[at++] = dataBits[p * BITS + c];
        }
      }
    }
    for (int k = 0; k < features; k++) {
      widen(noiseFeatures, k, FEATURES, noise[k]);
    }
    int longest = longest(packets);
    for (int p = 0; p < longest; p++) {
      int at = features + p * channels;
      for (int c = 0; c < continuous; c++) {
        widen(noiseContinuous, p * CHANNELS + c, CHANNELS * noisePackets, noise[at + c]);
      }
      for (int c = 0; c < bits; c++) {
        widen(noiseBits, p * BITS + c, BITS * noisePackets, noise[at + continuous + c]);
      }
    }
  }

  private void widen(float[] source, int column, int stride, double[] target) {
    for (int i = 0; i < flows; i++) {
      target[i] = source[i * stride + column];
    }
  }

  private void begin(Ragged packets, int noisePackets) {
    if (packets.count() < 1 || packets.count() > maxFlows) {
      throw new IllegalArgumentException(
          packets.count() + " flows in a coupling made for 1 to " + maxFlows);
    }
    int longest = longest(packets);
    if (longest > Math.min(noisePackets, maxPackets)) {
      throw new IllegalArgumentException(
          "a flow has " + longest + " packets, the noise " + Math.min(noisePackets, maxPackets));
    }
    flows = packets.count();
    for (int j = 0; j < flows; j++) {
      starts[j + 1] = starts[j] + features + channels * packets.rows(j);
    }
  }

  private static int longest(Ragged packets) {
    int longest = 0;
    for (int j = 0; j < packets.count(); j++) {
      longest = Math.max(longest, packets.rows(j));
    }
    return longest;
  }

  /** Fills rows {@code [from, to)} of {@code cost[j][i]}. */
  void rows(int from, int to, double[][] cost) {
    for (int j = from; j < to; j++) {
      row(j, cost[j]);
    }
  }

  private void row(int j, double[] cost) {
    Arrays.fill(cost, 0, flows, 0);
    int elements = starts[j + 1] - starts[j];
    int e = 0;
    for (; e + 4 <= elements; e += 4) {
      addSquares(flows, data, starts[j] + e, noise, e, cost);
    }
    for (; e < elements; e++) {
      double value = data[starts[j] + e];
      double[] others = noise[e];
      for (int i = 0; i < flows; i++) {
        double difference = value - others[i];
        cost[i] += difference * difference;
      }
    }
    for (int i = 0; i < flows; i++) {
      cost[i] /= elements;
    }
  }

  /** Adds four elements at a time, in element order, so that a sum is read and written once. */
  private static void addSquares(
      int flows, double[] data, int at, double[][] noise, int e, double[] cost) {
    double a = data[at];
    double b = data[at + 1];
    double c = data[at + 2];
    double d = data[at + 3];
    double[] noiseA = noise[e];
    double[] noiseB = noise[e + 1];
    double[] noiseC = noise[e + 2];
    double[] noiseD = noise[e + 3];
    for (int i = 0; i < flows; i++) {
      double toA = a - noiseA[i];
      double toB = b - noiseB[i];
      double toC = c - noiseC[i];
      double toD = d - noiseD[i];
      cost[i] = cost[i] + toA * toA + toB * toB + toC * toC + toD * toD;
    }
  }
}
