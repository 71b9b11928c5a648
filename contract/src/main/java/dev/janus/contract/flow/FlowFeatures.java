package dev.janus.contract.flow;

import dev.janus.contract.packet.PacketChannel;
import dev.janus.contract.packet.PacketSchema;

/**
 * The twenty features of a flow from its raw tokens, in float64 (method, section 3). Stateless,
 * allocates nothing, and gives the same bits on every JVM.
 */
public final class FlowFeatures {
  private static final double MICROS_PER_SECOND = 1e6;

  /** A product of windows up to this can be multiplied by any other float without overflow. */
  private static final double LARGEST_PRODUCT = 0x1p890;

  private FlowFeatures() {}

  /**
   * Writes the features of one flow to {@code features[at .. at + 19]} in {@link FlowFeature}
   * order.
   *
   * @param tokens raw tokens {@code [.., 9]}, row-major
   * @param firstRow row of the flow's first packet
   * @param n packets of the flow, at least 1
   * @param features where the result goes
   * @param at index of the first feature there
   */
  public static void compute(float[] tokens, int firstRow, int n, double[] features, int at) {
    if (n < 1) {
      throw new IllegalArgumentException("a flow has at least one packet, not " + n);
    }
    int from = firstRow * PacketSchema.CHANNELS;
    sizesAndTimes(tokens, from, n, features, at);
    gaps(tokens, from, n, features, at);
    windowAndFlags(tokens, from, n, features, at);
  }

  private static void sizesAndTimes(float[] tokens, int from, int n, double[] features, int at) {
    double bytes = 0;
    double reverseBytes = 0;
    double reversePackets = 0;
    double duration = 0;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0, row = from; i < n; i++, row += PacketSchema.CHANNELS) {
      double size = tokens[row + PacketChannel.SIZE.index()];
      double reverse = tokens[row + PacketChannel.DIRECTION.index()];
      bytes += size;
      reverseBytes += reverse * size;
      reversePackets += reverse;
      duration += tokens[row + PacketChannel.IAT.index()];
      smallest = Math.min(smallest, size);
      largest = Math.max(largest, size);
    }
    double mean = bytes / n;
    double squares = 0;
    for (int i = 0, row = from; i < n; i++, row += PacketSchema.CHANNELS) {
      double deviation = tokens[row + PacketChannel.SIZE.index()] - mean;
      squares += deviation * deviation;
    }
    double perSecond = MICROS_PER_SECOND / Math.max(duration, 1);
    features[at + FlowFeature.LOG_N.ordinal()] = StrictMath.log1p(n);
    features[at + FlowFeature.LOG_BYTES.ordinal()] = StrictMath.log1p(bytes);
    features[at + FlowFeature.LOG_DUR_US.ordinal()] = StrictMath.log1p(duration);
    features[at + FlowFeature.SIZE_MEAN.ordinal()] = mean;
    features[at + FlowFeature.SIZE_STD.ordinal()] = Math.sqrt(squares / n);
    features[at + FlowFeature.SIZE_MIN.ordinal()] = smallest;
    features[at + FlowFeature.SIZE_MAX.ordinal()] = largest;
    features[at + FlowFeature.REV_PKT_FRAC.ordinal()] = reversePackets / n;
    features[at + FlowFeature.REV_BYTE_FRAC.ordinal()] = reverseBytes / Math.max(bytes, 1);
    features[at + FlowFeature.LOG_PPS.ordinal()] = StrictMath.log1p(perSecond * (n - 1));
    features[at + FlowFeature.LOG_BPS.ordinal()] = n > 1 ? StrictMath.log1p(perSecond * bytes) : 0;
  }

  /** Mean and deviation of log1p(IAT) in one pass (Welford), as a logarithm is dear. */
  private static void gaps(float[] tokens, int from, int n, double[] features, int at) {
    double mean = 0;
    double squares = 0;
    double largest = 0;
    for (int i = 1; i < n; i++) {
      int row = from + i * PacketSchema.CHANNELS;
      double gap = StrictMath.log1p(tokens[row + PacketChannel.IAT.index()]);
      double deviation = gap - mean;
      mean += deviation / i;
      squares += deviation * (gap - mean);
      largest = Math.max(largest, gap);
    }
    features[at + FlowFeature.LOGIAT_MEAN.ordinal()] = mean;
    features[at + FlowFeature.LOGIAT_STD.ordinal()] = n > 1 ? Math.sqrt(squares / (n - 1)) : 0;
    features[at + FlowFeature.LOGIAT_MAX.ordinal()] = largest;
  }

  private static void windowAndFlags(float[] tokens, int from, int n, double[] features, int at) {
    double logWindows = 0;
    double windows = 1;
    double syn = 0;
    double ack = 0;
    double fin = 0;
    double rst = 0;
    double psh = 0;
    for (int i = 0, row = from; i < n; i++, row += PacketSchema.CHANNELS) {
      // The logarithm of a product is the sum of logarithms, and a logarithm is dear.
      windows *= 1 + (double) tokens[row + PacketChannel.WINDOW.index()];
      if (windows > LARGEST_PRODUCT) {
        logWindows += StrictMath.log(windows);
        windows = 1;
      }
      syn += tokens[row + PacketChannel.SYN.index()];
      ack += tokens[row + PacketChannel.ACK.index()];
      fin += tokens[row + PacketChannel.FIN.index()];
      rst += tokens[row + PacketChannel.RST.index()];
      psh += tokens[row + PacketChannel.PSH.index()];
    }
    features[at + FlowFeature.LOGWIN_MEAN.ordinal()] = (logWindows + StrictMath.log(windows)) / n;
    features[at + FlowFeature.SYN_FRAC.ordinal()] = syn / n;
    features[at + FlowFeature.ACK_FRAC.ordinal()] = ack / n;
    features[at + FlowFeature.FIN_FRAC.ordinal()] = fin / n;
    features[at + FlowFeature.RST_FRAC.ordinal()] = rst / n;
    features[at + FlowFeature.PSH_FRAC.ordinal()] = psh / n;
  }
}
