package dev.janus.eval;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowFeatures;
import dev.janus.contract.flow.FlowSource;
import dev.janus.contract.packet.PacketSchema;
import dev.janus.score.RowChoice;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Finds the first prefix of flows at which a verdict fires. A prefix is the flow cut behind its
 * first k stored packets, with the 20 features that follow from those packets alone. Flows of a
 * class go side by side, one packet after the other; one that has fired is done. Not thread-safe.
 */
public final class PrefixScoring {
  private final FlowSource flows;
  private final Distances distances;
  private final double threshold;
  private final int mostPerClass;
  private final Listener listener;

  /** What a verdict is made by: a distance of each flow of a batch, in batch order. */
  public interface Distances {
    double[] of(FlowBatch flows);
  }

  /** Hears how far it is. */
  public interface Listener {
    /**
     * Prefixes of a class are about to be scored; what is thrown ends the work.
     *
     * @param label the class
     * @param packets packets of the prefixes
     * @param pending flows that have not fired before
     */
    void scoring(String label, int packets, int pending);
  }

  /**
   * Prepares.
   *
   * @param flows raw flows
   * @param distances what the verdict is made by
   * @param threshold it fires when a distance is above this
   * @param mostPerClass alarms, and flows that are none, measured of a class at most; at least 1
   * @param listener called before every batch
   */
  public PrefixScoring(
      FlowSource flows,
      Distances distances,
      double threshold,
      int mostPerClass,
      Listener listener) {
    if (mostPerClass < 1) {
      throw new IllegalArgumentException("at least 1 flow of a class, not " + mostPerClass);
    }
    this.flows = flows;
    this.distances = distances;
    this.threshold = threshold;
    this.mostPerClass = mostPerClass;
    this.listener = listener;
  }

  /**
   * Measures a class.
   *
   * @param rows its flows, at least one
   * @param whole distance of each flow with all its packets, {@code [rows.length]}
   */
  public DetectionDelay.ClassDelay measure(String label, int[] rows, double[] whole) {
    int[] alarms = rowsOf(rows, whole, true);
    int[] measured = RowChoice.spread(alarms, mostPerClass);
    int[] first = firstFiring(label, measured);
    for (int k = 0; k < first.length; k++) {
      if (first[k] == 0) {
        first[k] = flows.length(measured[k]);
      }
    }
    Arrays.sort(first);
    int[] silent = RowChoice.spread(rowsOf(rows, whole, false), mostPerClass);
    long fired = Arrays.stream(firstFiring(label, silent)).filter(packets -> packets > 0).count();
    return new DetectionDelay.ClassDelay(
        label,
        rows.length,
        alarms.length,
        first.length,
        reached(first, 0.5),
        reached(first, 0.9),
        silent.length,
        (int) fired);
  }

  private int[] rowsOf(int[] rows, double[] whole, boolean alarms) {
    return IntStream.range(0, rows.length)
        .filter(k -> (whole[k] > threshold) == alarms)
        .map(k -> rows[k])
        .toArray();
  }

  /** The smallest number of packets that at least this share of the flows needed at most. */
  private static OptionalInt reached(int[] sorted, double share) {
    return sorted.length == 0
        ? OptionalInt.empty()
        : OptionalInt.of(sorted[(int) Math.ceil(share * sorted.length) - 1]);
  }

  /** Packets of each flow's first prefix that fires; 0 where only the whole flow is left. */
  private int[] firstFiring(String label, int[] rows) {
    FlowBatch whole = new FlowBatch();
    flows.copy(rows, 0, rows.length, whole);
    FlowBatch prefixes = new FlowBatch();
    float[] tokens = new float[PacketSchema.MAX_PACKETS * PacketSchema.CHANNELS];
    double[] features = new double[FlowFeature.COUNT];
    int[] first = new int[rows.length];
    for (int k = 1; k < PacketSchema.MAX_PACKETS; k++) {
      int packets = k;
      int[] pending =
          IntStream.range(0, rows.length)
              .filter(f -> first[f] == 0 && whole.length(f) > packets)
              .toArray();
      if (pending.length == 0) {
        break;
      }
      listener.scoring(label, packets, pending.length);
      prefixes.clear();
      for (int f : pending) {
        int from = whole.firstPacket(f);
        FlowFeatures.compute(whole.tokens(), from, packets, features, 0);
        System.arraycopy(
            whole.tokens(),
            from * PacketSchema.CHANNELS,
            tokens,
            0,
            packets * PacketSchema.CHANNELS);
        prefixes.add(tokens, packets, features);
      }
      double[] seen = distances.of(prefixes);
      for (int p = 0; p < pending.length; p++) {
        if (seen[p] > threshold) {
          first[pending[p]] = packets;
        }
      }
    }
    return first;
  }
}
