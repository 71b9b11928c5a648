package dev.janus.cli.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Variations of one configuration, as read from a YAML file.
 *
 * @param file the file itself
 * @param base configuration that is varied
 * @param seeds seeds that each variant is trained with; empty for that of the base
 * @param common {@code key.path=value} overrides of the base itself and of every variant
 * @param variants what is varied, in file order; without the base
 */
public record AblationGrid(
    Path file, Path base, List<Long> seeds, List<String> common, List<Variant> variants) {
  /** Name of the configuration that nothing is changed in. */
  public static final String BASE = "base";

  public AblationGrid {
    seeds = List.copyOf(seeds);
    common = List.copyOf(common);
    variants = List.copyOf(variants);
  }

  /**
   * One variant.
   *
   * @param name letters, digits, and {@code . _ = , + -}
   * @param overrides {@code key.path=value}
   * @param place where it stands, {@code file:line:column}
   */
  public record Variant(String name, List<String> overrides, String place) {
    public Variant {
      overrides = List.copyOf(overrides);
    }
  }
}
