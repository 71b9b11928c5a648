package dev.janus.model;

/** What becomes of a bit that the noise does not keep (method, sections 6.5 and 12.3). */
public enum DiscreteSource {
  /** A fair coin. The network is asked for every bit, since it cannot tell which were kept. */
  UNIFORM {
    @Override
    float replaced(float coin) {
      return coin < 0.5f ? 1f : -1f;
    }

    @Override
    public boolean asks(float keep, double t) {
      return true;
    }
  },
  /** Nothing, written as 0. The network is asked for such bits only: the others it sees. */
  MASKED {
    @Override
    float replaced(float coin) {
      return 0f;
    }

    @Override
    public boolean asks(float keep, double t) {
      return !(keep < t);
    }
  };

  /** What stands for a bit that is not kept. */
  abstract float replaced(float coin);

  /**
   * Whether the network's answer for a bit counts.
   *
   * @param keep the bit's uniform: it is kept if below t
   */
  public abstract boolean asks(float keep, double t);
}
