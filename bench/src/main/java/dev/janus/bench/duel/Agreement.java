package dev.janus.bench.duel;

/** Proof that two contenders compute the same thing: a peer that does not is no peer. */
public final class Agreement {
  private Agreement() {}

  /**
   * Compares results before anything is timed.
   *
   * @param tolerance largest difference allowed, relative to the root mean square of ours
   * @throws IllegalStateException when they differ by more or one of them is not finite; names the
   *     first place
   */
  public static void require(String what, float[] ours, float[] peer, double tolerance) {
    if (ours.length != peer.length) {
      throw new IllegalStateException(
          "%s: ours has %d numbers, the peer %d".formatted(what, ours.length, peer.length));
    }
    double squares = 0;
    for (float value : ours) {
      squares += (double) value * value;
    }
    double allowed = tolerance * Math.sqrt(squares / Math.max(1, ours.length));
    for (int i = 0; i < ours.length; i++) {
      if (!(Math.abs((double) ours[i] - peer[i]) <= allowed)) {
        throw new IllegalStateException(
            "%s: number %d is %s in ours and %s in the peer, more than %.2g apart"
                .formatted(what, i, ours[i], peer[i], allowed));
      }
    }
  }
}
