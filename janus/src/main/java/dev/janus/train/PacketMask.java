package dev.janus.train;

import dev.janus.engine.random.CounterRandom;

/** Which packets of a flow {@link MaskedPrediction} masks. */
final class PacketMask {
  private PacketMask() {}

  /**
   * Packets to mask of {@code packets}: their share, rounded to the nearest number (a half
   * upwards), but one packet at least stays visible. A flow of one packet is never masked.
   */
  static int count(int packets, double ratio) {
    return (int) Math.min(packets - 1L, Math.round(ratio * packets));
  }

  /**
   * Writes which packets are masked, every set of {@code masked} packets being equally likely
   * (selection sampling; Knuth, The Art of Computer Programming, 3.4.2, algorithm S).
   *
   * @param key key of the random stream; the result is a function of it and the counts
   * @param out one element per packet, from {@code offset} on
   */
  static void draw(long key, int packets, int masked, boolean[] out, int offset) {
    int open = masked;
    for (int p = 0; p < packets; p++) {
      boolean chosen = CounterRandom.boundedAt(key, p, packets - p) < open;
      out[offset + p] = chosen;
      open -= chosen ? 1 : 0;
    }
  }
}
