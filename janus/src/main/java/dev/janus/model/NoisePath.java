package dev.janus.model;

import dev.janus.contract.flow.FlowFeature;

/**
 * The path between noise (t = 0) and data (t = 1) that training walks at random and scoring on a
 * fixed grid (method, sections 6.4 and 6.5). All randomness comes in as arguments.
 *
 * @param sigma width of the continuous path
 */
public record NoisePath(double sigma) {
  /**
   * Continuous channels of {@code n} packets: {@code x_t = (1 - t) x0 + t x1 + sigma eps}, written
   * into the first three of the nine inputs of each packet.
   *
   * @param source x0, {@code [n, 3]}
   * @param data x1, {@code [n, 3]}
   * @param spread eps, {@code [n, 3]}
   * @param inputs {@code [n, 9]}
   */
  public void packets(
      int n,
      double t,
      float[] source,
      int sourceOffset,
      float[] data,
      int dataOffset,
      float[] spread,
      int spreadOffset,
      float[] inputs,
      int inputsOffset) {
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < JanusNetwork.CONTINUOUS; c++) {
        int k = p * JanusNetwork.CONTINUOUS + c;
        inputs[inputsOffset + p * JanusNetwork.PACKET_INPUTS + c] =
            at(t, source[sourceOffset + k], data[dataOffset + k], spread[spreadOffset + k]);
      }
    }
  }

  /** The same for the features of one flow, {@code [20]} each. */
  public void features(
      double t,
      float[] source,
      int sourceOffset,
      float[] data,
      int dataOffset,
      float[] spread,
      int spreadOffset,
      float[] inputs,
      int inputsOffset) {
    for (int k = 0; k < FlowFeature.COUNT; k++) {
      inputs[inputsOffset + k] =
          at(t, source[sourceOffset + k], data[dataOffset + k], spread[spreadOffset + k]);
    }
  }

  private float at(double t, float source, float data, float spread) {
    return (float) ((1 - t) * source + t * data + sigma * spread);
  }

  /**
   * Bits of {@code n} packets under the uniform source: a bit keeps its value with probability t,
   * else it becomes a fair coin. Written into the last six of the nine inputs of each packet.
   *
   * @param bits true bits, {@code [n, 6]} of +-1
   * @param keep uniforms: kept if below t, {@code [n, 6]}
   * @param coin uniforms: +1 if below one half, else -1, {@code [n, 6]}
   * @param inputs {@code [n, 9]}
   */
  public static void bits(
      int n,
      double t,
      float[] bits,
      int bitsOffset,
      float[] keep,
      int keepOffset,
      float[] coin,
      int coinOffset,
      float[] inputs,
      int inputsOffset) {
    for (int p = 0; p < n; p++) {
      for (int c = 0; c < JanusNetwork.BITS; c++) {
        int k = p * JanusNetwork.BITS + c;
        float value = keep[keepOffset + k] < t ? bits[bitsOffset + k] : toss(coin[coinOffset + k]);
        inputs[inputsOffset + p * JanusNetwork.PACKET_INPUTS + JanusNetwork.CONTINUOUS + c] = value;
      }
    }
  }

  private static float toss(float coin) {
    return coin < 0.5f ? 1f : -1f;
  }
}
