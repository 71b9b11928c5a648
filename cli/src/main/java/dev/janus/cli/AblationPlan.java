package dev.janus.cli;

import dev.janus.cli.config.AblationGrid;
import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.dataset.DatasetFingerprint;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.MetadataFlows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a grid comes to: a training and an evaluation for every variant and seed, the base first.
 *
 * @param cells in the order they are run: all seeds of the base, then of the first variant
 * @param repeated variants that come to the same configuration as an earlier one, with its name;
 *     they are not run again
 */
record AblationPlan(List<AblationCell> cells, Map<String, String> repeated) {
  AblationPlan {
    cells = List.copyOf(cells);
    repeated = Collections.unmodifiableMap(new LinkedHashMap<>(repeated));
  }

  /**
   * Resolves every variant, so that a mistake shows before the first training.
   *
   * @param seeds seeds in place of the grid's; empty for those
   * @throws CliException when a variant is no configuration; names its place
   */
  static AblationPlan of(AblationGrid grid, List<Long> seeds, Path out) {
    List<AblationGrid.Variant> all = new ArrayList<>();
    all.add(new AblationGrid.Variant(AblationGrid.BASE, List.of(), grid.file().toString()));
    all.addAll(grid.variants());
    Map<RunConfig, String> seen = new LinkedHashMap<>();
    Map<String, String> repeated = new LinkedHashMap<>();
    List<AblationCell> cells = new ArrayList<>();
    for (AblationGrid.Variant variant : all) {
      RunConfig config = resolve(grid, variant, List.of());
      String earlier = seen.putIfAbsent(config.withAutomaticThreads(), variant.name());
      if (earlier != null) {
        repeated.put(variant.name(), earlier);
        continue;
      }
      for (long seed : seeds(grid, seeds, config)) {
        List<String> withSeed = List.of("seed=" + seed);
        List<String> overrides = new ArrayList<>(grid.common());
        overrides.addAll(variant.overrides());
        overrides.addAll(withSeed);
        cells.add(
            new AblationCell(
                variant.name(),
                seed,
                grid.base(),
                overrides,
                variant.overrides(),
                resolve(grid, variant, withSeed),
                out.resolve(variant.name()).resolve("seed" + seed)));
      }
    }
    return new AblationPlan(cells, repeated);
  }

  private static List<Long> seeds(AblationGrid grid, List<Long> asked, RunConfig config) {
    List<Long> seeds = asked.isEmpty() ? grid.seeds() : asked;
    return seeds.isEmpty() ? List.of(config.seed()) : seeds.stream().distinct().toList();
  }

  private static RunConfig resolve(
      AblationGrid grid, AblationGrid.Variant variant, List<String> more) {
    List<String> overrides = new ArrayList<>(grid.common());
    overrides.addAll(variant.overrides());
    try {
      RunConfig ignored = RunConfigReader.read(grid.base(), overrides);
    } catch (CliException e) {
      throw e.exitCode() == ExitCode.USAGE
          ? new CliException(
              ExitCode.DATA,
              variant.place() + ": " + String.valueOf(e.getMessage()).replaceFirst("^--set ", ""),
              e)
          : e;
    }
    overrides.addAll(more);
    return RunConfigReader.read(grid.base(), overrides);
  }

  /**
   * Fails when a cell was made with another configuration or from another data set. Nothing is read
   * where there are no cells yet.
   *
   * @param data folder of the data set
   * @throws CliException with {@link ExitCode#CANNOT_CREATE}; names the file
   */
  void requireOwn(Path data) {
    cells.forEach(AblationCell::requireOwnConfiguration);
    List<AblationCell> modelled = cells.stream().filter(AblationCell::hasModel).toList();
    if (!modelled.isEmpty()) {
      String fingerprint =
          DatasetFingerprint.of(MetadataFlows.read(InputFiles.requireData(data)).metadata());
      modelled.forEach(cell -> cell.requireOwnData(data, fingerprint));
    }
  }

  /** Cells of one variant. */
  List<AblationCell> of(String variant) {
    return cells.stream().filter(cell -> cell.variant().equals(variant)).toList();
  }

  /** Names of the variants that are run, the base first. */
  List<String> variants() {
    return cells.stream().map(AblationCell::variant).distinct().toList();
  }
}
