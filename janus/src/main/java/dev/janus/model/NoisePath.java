package dev.janus.model;

import dev.janus.contract.flow.FlowFeature;
import java.util.Arrays;

/**
 * The path between noise (t = 0) and data (t = 1) that training walks at random and scoring on a
 * fixed grid (method, sections 6.4 and 6.5). All randomness comes in as arguments.
 *
 * @param sigma width of the continuous path
 * @param source what becomes of bits
 */
public record NoisePath(double sigma, DiscreteSource source) {
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
    channels(
        n,
        JanusNetwork.CONTINUOUS,
        t,
        source,
        sourceOffset,
        data,
        dataOffset,
        spread,
        spreadOffset,
        inputs,
        inputsOffset);
  }

  /**
   * The same for bits that are taken as continuous, {@code [n, 6]} each, written into the last six
   * of the nine inputs of each packet.
   */
  public void continuousBits(
      int n,
      double t,
      float[] source,
      int sourceOffset,
      float[] bits,
      int bitsOffset,
      float[] spread,
      int spreadOffset,
      float[] inputs,
      int inputsOffset) {
    channels(
        n,
        JanusNetwork.BITS,
        t,
        source,
        sourceOffset,
        bits,
        bitsOffset,
        spread,
        spreadOffset,
        inputs,
        inputsOffset + JanusNetwork.CONTINUOUS);
  }

  private void channels(
      int n,
      int columns,
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
      for (int c = 0; c < columns; c++) {
        int k = p * columns + c;
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
   * Bits of {@code n} packets: a bit keeps its value with probability t, else it becomes what the
   * source makes of it. Written into the last six of the nine inputs of each packet.
   *
   * @param bits true bits, {@code [n, 6]} of +-1
   * @param keep uniforms: kept if below t, {@code [n, 6]}
   * @param coin uniforms: +1 if below one half, else -1, {@code [n, 6]}; the masked source reads
   *     none
   * @param inputs {@code [n, 9]}
   */
  public void bits(
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
        float value =
            keep[keepOffset + k] < t ? bits[bitsOffset + k] : source.replaced(coin[coinOffset + k]);
        inputs[inputsOffset + p * JanusNetwork.PACKET_INPUTS + JanusNetwork.CONTINUOUS + c] = value;
      }
    }
  }

  /** Zeros in place of the continuous channels of {@code n} packets. */
  public static void blankPackets(int n, float[] inputs, int inputsOffset) {
    for (int p = 0; p < n; p++) {
      int from = inputsOffset + p * JanusNetwork.PACKET_INPUTS;
      Arrays.fill(inputs, from, from + JanusNetwork.CONTINUOUS, 0f);
    }
  }

  /** Zeros in place of the bits of {@code n} packets. */
  public static void blankBits(int n, float[] inputs, int inputsOffset) {
    for (int p = 0; p < n; p++) {
      int from = inputsOffset + p * JanusNetwork.PACKET_INPUTS + JanusNetwork.CONTINUOUS;
      Arrays.fill(inputs, from, from + JanusNetwork.BITS, 0f);
    }
  }
}
