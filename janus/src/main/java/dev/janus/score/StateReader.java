package dev.janus.score;

/** Takes what the network holds of flows, see {@link HiddenState}. */
@FunctionalInterface
interface StateReader {
  /**
   * Takes the states of one flow's packets. Called once for each flow, by several threads at once.
   *
   * @param flow number of the flow among those scored
   * @param states holds {@code [packets, d]} from {@code offset} on; changes after the call
   * @param offset position of the first packet's first number
   * @param packets at least 1
   * @param room d numbers that nobody else uses meanwhile
   */
  void read(int flow, float[] states, int offset, int packets, double[] room);
}
