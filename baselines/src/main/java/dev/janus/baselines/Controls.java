package dev.janus.baselines;

import java.util.List;
import java.util.Optional;

/**
 * The cheap controls: what a rule of one line or a classical method reaches on the same flows. A
 * detector that does no better has learnt nothing worth its cost.
 */
public final class Controls {
  private static final List<Detector> ALL =
      List.of(
          new RangeRule(),
          new PacketCountControl(),
          new DurationControl(),
          new IsolationForest(),
          new PrincipalComponents(),
          new MahalanobisControl(),
          new NearestNeighbours(),
          new MixtureControl());

  private Controls() {}

  /** Every control, the simplest first. */
  public static List<Detector> all() {
    return ALL;
  }

  /** Their names, in the same order. */
  public static List<String> names() {
    return ALL.stream().map(Detector::name).toList();
  }

  /** The control of that name, if there is one. */
  public static Optional<Detector> named(String name) {
    return ALL.stream().filter(detector -> detector.name().equals(name)).findFirst();
  }
}
