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
   * Close to what captures show: {@code min(64, max(2, round(exp(2 + N(0,1)))))} packets, 11.8
   * tokens a flow in the mean.
   */
  public static int[] ragged(int flows) {
    return logNormal(flows, REAL_LOG_MEAN);
  }

  /** The same spread around another mean: {@code min(64, max(2, round(exp(logMean + N(0,1)))))}. */
  static int[] logNormal(int flows, double logMean) {
    float[] normals = new float[flows];
    SplitMix64.fillNormals(SEED, normals, 0, flows);
    int[] packets = new int[flows];
    for (int f = 0; f < flows; f++) {
      packets[f] = (int) Math.clamp(Math.round(Math.exp(logMean + normals[f])), 2, LONGEST);
    }
    return packets;
  }
}
