package dev.janus.model;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

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
  private static final int ROWS_PER_PIECE = 4096;
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

  /** Statistics that change nothing: means 0, deviations 1. */
  public static Normalization none() {
    return new Normalization(
        new double[CONTINUOUS], ones(CONTINUOUS), new double[FEATURES], ones(FEATURES));
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
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
   * rows}; the flows are read twice, piece by piece.
   *
   * @param flows raw flows
   * @param rows rows of the benign training flows in {@code flows}, at least one
   * @param maxPackets T, packets of a flow that the model reads at most
   * @throws ModelException when there is no flow or a value is negative (tokens) or not finite
   */
  public static Normalization fit(FlowSource flows, int[] rows, int maxPackets) {
    if (rows.length == 0) {
      throw new ModelException("normalisation: there is no benign training flow to fit on");
    }
    Moments means = new Moments(new double[CONTINUOUS], new double[FEATURES], maxPackets);
    eachPiece(
        flows,
        rows,
        (batch, first) -> {
          check(batch, rows, first);
          means.addDifferences(batch);
        });
    Moments variances = new Moments(means.packets(), means.features(), maxPackets);
    eachPiece(flows, rows, (batch, first) -> variances.addSquares(batch));
    return new Normalization(
        means.packets(),
        deviations(variances.packets()),
        means.features(),
        deviations(variances.features()));
  }

  private static double[] deviations(double[] variances) {
    return Arrays.stream(variances).map(v -> Math.max(Math.sqrt(v), SMALLEST_STD)).toArray();
  }

  /** Takes some of the rows in turn. */
  private interface Piece {
    void accept(FlowBatch batch, int first);
  }

  private static void eachPiece(FlowSource flows, int[] rows, Piece piece) {
    FlowBatch batch = new FlowBatch();
    for (int first = 0; first < rows.length; first += ROWS_PER_PIECE) {
      batch.clear();
      flows.copy(rows, first, Math.min(rows.length, first + ROWS_PER_PIECE), batch);
      piece.accept(batch, first);
    }
  }

  /** Sums of {@code log1p(x) - centre} of the packets and {@code x - centre} of the features. */
  private static final class Moments {
    private final double[] packetCentre;
    private final double[] featureCentre;
    private final int maxPackets;
    private final CompensatedSum[] packetSums = sums(CONTINUOUS);
    private final CompensatedSum[] featureSums = sums(FEATURES);
    private long packets;
    private long flows;

    Moments(double[] packetCentre, double[] featureCentre, int maxPackets) {
      this.packetCentre = packetCentre;
      this.featureCentre = featureCentre;
      this.maxPackets = maxPackets;
    }

    private static CompensatedSum[] sums(int count) {
      CompensatedSum[] sums = new CompensatedSum[count];
      Arrays.setAll(sums, i -> new CompensatedSum());
      return sums;
    }

    void addDifferences(FlowBatch batch) {
      add(batch, x -> x);
    }

    void addSquares(FlowBatch batch) {
      add(batch, x -> x * x);
    }

    private void add(FlowBatch batch, DoubleUnaryOperator power) {
      for (int row = 0; row < batch.flows(); row++) {
        int read = Math.min(batch.length(row), maxPackets);
        int end = batch.firstPacket(row) + read;
        for (int p = batch.firstPacket(row); p < end; p++) {
          for (int c = 0; c < CONTINUOUS; c++) {
            float token = batch.tokens()[p * PacketSchema.CHANNELS + CONTINUOUS_CHANNELS[c]];
            packetSums[c].add(power.applyAsDouble(StrictMath.log1p(token) - packetCentre[c]));
          }
        }
        packets += read;
        for (int k = 0; k < FEATURES; k++) {
          double feature = batch.features()[row * FEATURES + k];
          featureSums[k].add(power.applyAsDouble(feature - featureCentre[k]));
        }
      }
      flows += batch.flows();
    }

    double[] packets() {
      return Arrays.stream(packetSums).mapToDouble(sum -> sum.value() / packets).toArray();
    }

    double[] features() {
      return Arrays.stream(featureSums).mapToDouble(sum -> sum.value() / flows).toArray();
    }
  }

  private static void check(FlowBatch flows, int[] rows, int first) {
    for (int row = 0; row < flows.flows(); row++) {
      for (int i = 0; i < flows.length(row); i++) {
        int token = (flows.firstPacket(row) + i) * PacketSchema.CHANNELS;
        for (int channel : CONTINUOUS_CHANNELS) {
          float value = flows.tokens()[token + channel];
          if (!(value >= 0 && value <= Float.MAX_VALUE)) {
            String name = PacketChannel.values()[channel].label();
            throw new ModelException(
                "flow row " + rows[first + row] + ", packet " + i + ": " + name + " is " + value);
          }
        }
      }
      for (int k = 0; k < FEATURES; k++) {
        double value = flows.features()[row * FEATURES + k];
        if (!Double.isFinite(value)) {
          String name = FlowFeature.values()[k].column();
          throw new ModelException(
              "flow row " + rows[first + row] + ": feature " + name + " is " + value);
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
      features[flowRow * FEATURES + k] = feature(k, raw[flow * FEATURES + k]);
    }
  }

  /**
   * One flow feature as the network gets it: standardised and clipped to [-8, 8].
   *
   * @param k which feature, 0..19
   * @param value its raw value; a NaN stays a NaN
   */
  public float feature(int k, double value) {
    return clipped((value - featureMean[k]) / featureStd[k]);
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
