package dev.janus.bench.table;

import java.util.Optional;

/**
 * What a row has to reach.
 *
 * @param side which number of the row the limit is for
 * @param limit the limit; without meaning for {@link Side#NONE}
 */
public record Bar(Side side, double limit) {
  /** Nothing to reach: the row informs. */
  public static final Bar NONE = new Bar(Side.NONE, 0);

  /** Which number a bar is for. */
  public enum Side {
    NONE,
    RATIO_AT_LEAST,
    OURS_AT_LEAST,
    OURS_AT_MOST
  }

  /** The ratio is to be this or more. */
  public static Bar ratioAtLeast(double limit) {
    return new Bar(Side.RATIO_AT_LEAST, limit);
  }

  /** Our number is to be this or more. */
  public static Bar oursAtLeast(double limit) {
    return new Bar(Side.OURS_AT_LEAST, limit);
  }

  /** Our number is to be this or less. */
  public static Bar oursAtMost(double limit) {
    return new Bar(Side.OURS_AT_MOST, limit);
  }

  /** Whether the row reaches it; empty without a bar or without the number. */
  Optional<Boolean> met(Row row) {
    return switch (side) {
      case NONE -> Optional.empty();
      case RATIO_AT_LEAST -> row.ratio().stream().mapToObj(x -> x >= limit).findFirst();
      case OURS_AT_LEAST -> row.ours().stream().mapToObj(x -> x >= limit).findFirst();
      case OURS_AT_MOST -> row.ours().stream().mapToObj(x -> x <= limit).findFirst();
    };
  }
}
