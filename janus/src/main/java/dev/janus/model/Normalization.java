package dev.janus.model;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;

/**
 * From raw packet tokens and flow features to network inputs (method, section 4). The statistics
 * are those of the benign training flows and belong to the model: they are never refitted where the
 * model is applied. Immutable and thread-safe.
 */
public final class Normalization {
  private static final int CONTINUOUS = JanusNetwork.CONTINUOUS;
  private static final int BITS = JanusNetwork.BITS;
  private static final int FEATURES = FlowFeature.COUNT;

  private static final double SMALLEST_STD = 1e-3;
  private static final double LARGEST_Z = 8;
  private static final int[] CONTINUOUS_CHANNELS = {
    PacketChannel.SIZE.index(), PacketChannel.IAT.index(), PacketChannel.WINDOW.index()
  };
  private static final int FIRST_BIT = PacketChannel.DIRECTION.index();

  private final double[] packetMean;
  private final double[] packetStd;
  private final double[] featureMean;
  private final double[] featureStd;

  /**
   * Takes fitted statistics; the arrays are copied.
   *
   * @param packetMean means of log1p of size, IAT (microseconds) and window, {@code [3]}
   * @param packetStd their standard deviations, {@code [3]}, at least 1e-3
   * @param featureMean means of the flow features, {@code [20]}
   * @param featureStd their standard deviations, {@code [20]}, at least 1e-3
   * @throws ModelException when a length is wrong, a value is not finite or a deviation too small
   */
  public Normalization(
      double[] packetMean, double[] packetStd, double[] featureMean, double[] featureStd) {
    this.packetMean = checked("packet mean", packetMean, CONTINUOUS, -Double.MAX_VALUE);
    this.packetStd = checked("packet deviation", packetStd, CONTINUOUS, SMALLEST_STD);
    this.featureMean = checked("feature mean", featureMean, FEATURES, -Double.MAX_VALUE);
    this.featureStd = checked("feature deviation", featureStd, FEATURES, SMALLEST_STD);
  }

  private static double[] checked(String what, double[] values, int length, double smallest) {
    if (values.length != length) {
      throw new ModelException(
          "normalisation: " + what + " has " + values.length + " values instead of " + length);
    }
    for (double value : values) {
      if (!(value >= smallest && value <= Double.MAX_VALUE)) {
        throw new ModelException("normalisation: " + what + " of " + value + " is out of range");
      }
    }
    return values.clone();
  }

  /**
   * Fits mean and population standard deviation (floor 1e-3) over the given flows and those of
   * their packets that the model reads. Sums are compensated float64 and run in the order of {@code
   * rows}.
   *
   * @param flows raw flows
   * @param rows rows of the benign training flows in {@code flows}, at least one
   * @param maxPackets T, packets of a flow that the model reads at most
   * @throws ModelException when there is no flow or a value is negative (tokens) or not finite
   */
  public static Normalization fit(FlowBatch flows, int[] rows, int maxPackets) {
    if (rows.length == 0) {
      throw new ModelException("normalisation: there is no benign training flow to fit on");
    }
    check(flows, rows);
    double[] packetMean = new double[CONTINUOUS];
    double[] packetStd = new double[CONTINUOUS];
    for (int c = 0; c < CONTINUOUS; c++) {
      packetMean[c] = packetMoment(flows, rows, maxPackets, c, 0, 1);
      double variance = packetMoment(flows, rows, maxPackets, c, packetMean[c], 2);
      packetStd[c] = Math.max(Math.sqrt(variance), SMALLEST_STD);
    }
    double[] featureMean = new double[FEATURES];
    double[] featureStd = new double[FEATURES];
    for (int k = 0; k < FEATURES; k++) {
      featureMean[k] = featureMoment(flows, rows, k, 0, 1);
      double variance = featureMoment(flows, rows, k, featureMean[k], 2);
      featureStd[k] = Math.max(Math.sqrt(variance), SMALLEST_STD);
    }
    return new Normalization(packetMean, packetStd, featureMean, featureStd);
  }

  /** Mean of {@code (log1p(x) - centre)^power} of a continuous channel, power 1 or 2. */
  private static double packetMoment(
      FlowBatch flows, int[] rows, int maxPackets, int channel, double centre, int power) {
    float[] tokens = flows.tokens();
    CompensatedSum sum = new CompensatedSum();
    long packets = 0;
    for (int row : rows) {
      int read = Math.min(flows.length(row), maxPackets);
      int end = flows.firstPacket(row) + read;
      for (int p = flows.firstPacket(row); p < end; p++) {
        int at = p * PacketSchema.CHANNELS + CONTINUOUS_CHANNELS[channel];
        double value = StrictMath.log1p(tokens[at]) - centre;
        sum.add(power == 1 ? value : value * value);
      }
      packets += read;
    }
    return sum.value() / packets;
  }

  /** Mean of {@code (x - centre)^power} of a flow feature, power 1 or 2. */
  private static double featureMoment(
      FlowBatch flows, int[] rows, int feature, double centre, int power) {
    double[] features = flows.features();
    CompensatedSum sum = new CompensatedSum();
    for (int row : rows) {
      double value = features[row * FEATURES + feature] - centre;
      sum.add(power == 1 ? value : value * value);
    }
    return sum.value() / rows.length;
  }

  private static void check(FlowBatch flows, int[] rows) {
    for (int row : rows) {
      for (int i = 0; i < flows.length(row); i++) {
        int token = (flows.firstPacket(row) + i) * PacketSchema.CHANNELS;
        for (int channel : CONTINUOUS_CHANNELS) {
          float value = flows.tokens()[token + channel];
          if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            String name = PacketChannel.values()[channel].label();
            throw new ModelException(
                "flow row " + row + ", packet " + i + ": " + name + " is " + value);
          }
        }
      }
      for (int k = 0; k < FEATURES; k++) {
        double value = flows.features()[row * FEATURES + k];
        if (!Double.isFinite(value)) {
          String name = FlowFeature.values()[k].column();
          throw new ModelException("flow row " + row + ": feature " + name + " is " + value);
        }
      }
    }
  }

  /**
   * Writes the network inputs of one flow. Allocates nothing. Continuous values and features are
   * standardised and clipped to [-8, 8]; bits become -1 and +1. A NaN stays a NaN.
   *
   * @param flows raw flows
   * @param flow row of the flow in {@code flows}
   * @param packets leading packets to write, 1 to {@code flows.length(flow)}
   * @param continuous target {@code [*, 3]}: size, IAT, window
   * @param bits target {@code [*, 6]}: direction, SYN, ACK, FIN, RST, PSH
   * @param packetRow row of the first packet in {@code continuous} and {@code bits}
   * @param features target {@code [*, 20]}
   * @param flowRow row of the flow in {@code features}
   */
  public void apply(
      FlowBatch flows,
      int flow,
      int packets,
      float[] continuous,
      float[] bits,
      int packetRow,
      float[] features,
      int flowRow) {
    float[] tokens = flows.tokens();
    int token = flows.firstPacket(flow) * PacketSchema.CHANNELS;
    int c = packetRow * CONTINUOUS;
    int b = packetRow * BITS;
    for (int p = 0; p < packets; p++) {
      for (int k = 0; k < CONTINUOUS; k++) {
        double value = StrictMath.log1p(tokens[token + CONTINUOUS_CHANNELS[k]]);
        continuous[c++] = clipped((value - packetMean[k]) / packetStd[k]);
      }
      for (int k = 0; k < BITS; k++) {
        bits[b++] = 2 * tokens[token + FIRST_BIT + k] - 1;
      }
      token += PacketSchema.CHANNELS;
    }
    double[] raw = flows.features();
    for (int k = 0; k < FEATURES; k++) {
      double value = raw[flow * FEATURES + k];
      features[flowRow * FEATURES + k] = clipped((value - featureMean[k]) / featureStd[k]);
    }
  }

  private static float clipped(double z) {
    return (float) Math.max(-LARGEST_Z, Math.min(LARGEST_Z, z));
  }

  /** Means of log1p of size, IAT and window, {@code [3]}; a copy. */
  public double[] packetMean() {
    return packetMean.clone();
  }

  /** Standard deviations of log1p of size, IAT and window, {@code [3]}; a copy. */
  public double[] packetStd() {
    return packetStd.clone();
  }

  /** Means of the flow features, {@code [20]}; a copy. */
  public double[] featureMean() {
    return featureMean.clone();
  }

  /** Standard deviations of the flow features, {@code [20]}; a copy. */
  public double[] featureStd() {
    return featureStd.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalization that
        && Arrays.equals(packetMean, that.packetMean)
        && Arrays.equals(packetStd, that.packetStd)
        && Arrays.equals(featureMean, that.featureMean)
        && Arrays.equals(featureStd, that.featureStd);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(packetMean) * 31 + Arrays.hashCode(featureMean);
  }
}
