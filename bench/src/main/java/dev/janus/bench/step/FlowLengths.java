package dev.janus.bench.step;

import dev.janus.engine.random.SplitMix64;
import java.util.Arrays;

/** Packets per flow of synthetic batches. A flow has one token more than packets. */
public final class FlowLengths {
  /** Packets of the longest flow the network reads. */
  public static final int LONGEST = 64;

  /** Seed of all synthetic data. */
  static final long SEED = 20_240_601;

  private static final double REAL_LOG_MEAN = 2;

  private FlowLengths() {}

  /** All flows of the same length: {@code tokens} tokens each, 2..65. */
  public static int[] dense(int flows, int tokens) {
    int[] packets = new int[flows];
    Arrays.fill(packets, tokens - 1);
    return packets;
  }

  /**
   * Close to what captures show: {@code 1 + (int) min(64, max(2, exp(2 + N(0,1))))} tokens a flow.
   * The normals are no draw but the distribution's own quantiles, shuffled: flow k of n has the
   * {@code (k + 0.5) / n} one, so batches of every size have the same mean, 12.3 tokens, which a
   * draw of a hundred flows misses by a fifth.
   */
  public static int[] ragged(int flows) {
    int[] packets = new int[flows];
    for (int k = 0; k < flows; k++) {
      double length = StrictMath.exp(REAL_LOG_MEAN + normalQuantile((k + 0.5) / flows));
      packets[k] = (int) Math.clamp(length, 2, LONGEST);
    }
    shuffle(packets);
    return packets;
  }

  /**
   * The z below which a share {@code p} of the normal distribution lies, within 4.5e-4 (Abramowitz
   * and Stegun, 26.2.23).
   */
  private static double normalQuantile(double p) {
    double t = StrictMath.sqrt(-2 * StrictMath.log(Math.min(p, 1 - p)));
    double above = 2.515517 + t * (0.802853 + t * 0.010328);
    double below = 1 + t * (1.432788 + t * (0.189269 + t * 0.001308));
    double distance = t - above / below;
    return p < 0.5 ? -distance : distance;
  }

  private static void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = (int) Long.remainderUnsigned(SplitMix64.at(SEED, i), i + 1L);
      int swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }
}
