package dev.janus.bench.table;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One line of the table.
 *
 * @param name what was measured, at which size
 * @param unit unit of ours and peer
 * @param ours our number; empty when there is none
 * @param peer the peer's number; empty without a peer or when it could not run
 * @param peerName library and version; why it did not run where it did not; empty without a peer
 * @param ratio how many times faster than the peer ours is: above 1 ours is faster; empty without a
 *     peer
 * @param bar what is to be reached
 */
public record Row(
    String name,
    String unit,
    OptionalDouble ours,
    OptionalDouble peer,
    String peerName,
    OptionalDouble ratio,
    Bar bar) {

  /** A row with a peer. */
  public static Row against(
      String peerName, String name, String unit, double ours, double peer, double ratio, Bar bar) {
    return new Row(
        name,
        unit,
        OptionalDouble.of(ours),
        OptionalDouble.of(peer),
        peerName,
        OptionalDouble.of(ratio),
        bar);
  }

  /** A row that has a ratio only, for example a mean over shapes. */
  public static Row ratio(String peerName, String name, double ratio, Bar bar) {
    return new Row(
        name,
        "ratio",
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        peerName,
        OptionalDouble.of(ratio),
        bar);
  }

  /** A row without a peer. */
  public static Row alone(String name, String unit, double ours, Bar bar) {
    return new Row(
        name,
        unit,
        OptionalDouble.of(ours),
        OptionalDouble.empty(),
        "",
        OptionalDouble.empty(),
        bar);
  }

  /** A row whose peer could not run here, and why. */
  public static Row withoutPeer(String peerName, String name, String unit, String why, Bar bar) {
    return new Row(
        name,
        unit,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        peerName + " not run: " + why,
        OptionalDouble.empty(),
        bar);
  }

  /** Whether the bar is reached; empty where there is none or the number is missing. */
  public Optional<Boolean> met() {
    return bar.met(this);
  }
}
