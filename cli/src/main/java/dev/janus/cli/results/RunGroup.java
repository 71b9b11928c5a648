package dev.janus.cli.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Runs of one method and configuration on the same data, judged by the same verdict with the same
 * fit, which differ in the seed only.
 *
 * @param settings what they have in common: the method, the configuration without seed and threads,
 *     the data, and of a model the verdict and whose benign flows it is fitted on
 * @param runs at least one
 */
public record RunGroup(Map<String, String> settings, List<RunFolder> runs) {
  private static final Set<String> FREE = Set.of("seed", "threads");
  private static final String DATA = "data";
  private static final String METHOD = "method";
  private static final String VERDICT = "verdict";
  private static final String FITTED_ON = "fitted_on";
  private static final String MODEL = "janus";

  public RunGroup {
    settings = Map.copyOf(settings);
    runs = List.copyOf(runs);
  }

  /** Mean, sample standard deviation (NaN of one run) and smallest value of a figure. */
  public record Spread(double mean, double deviation, double worst) {
    static Spread of(double[] values) {
      double sum = 0;
      double worst = Double.POSITIVE_INFINITY;
      for (double value : values) {
        sum += value;
        worst = Math.min(worst, value);
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Spread(mean, Math.sqrt(squares / (values.length - 1)), worst);
    }
  }

  /** The groups in the order of their first runs. */
  public static List<RunGroup> of(List<RunFolder> runs) {
    Map<Map<String, String>, List<RunFolder>> groups = new LinkedHashMap<>();
    for (RunFolder run : runs) {
      groups.computeIfAbsent(settings(run), settings -> new ArrayList<>()).add(run);
    }
    return groups.entrySet().stream()
        .map(group -> new RunGroup(group.getKey(), group.getValue()))
        .toList();
  }

  /**
   * A group of runs that are known to differ in the seed only, however they write the folder of
   * their data.
   *
   * @param runs at least one
   */
  public static RunGroup ofAlike(List<RunFolder> runs) {
    return new RunGroup(settings(runs.getFirst()), runs);
  }

  private static Map<String, String> settings(RunFolder run) {
    Map<String, String> settings = new LinkedHashMap<>(run.metrics().config());
    settings.keySet().removeAll(FREE);
    RunMetrics.Provenance from = run.metrics().provenance();
    if (from.control()) {
      settings.put(METHOD, from.model());
    } else {
      settings.put(METHOD, MODEL);
      settings.put(VERDICT, from.score());
      settings.put(FITTED_ON, from.fittedOn());
    }
    settings.put(DATA, Path.of(from.data()).normalize().toString());
    return settings;
  }

  /**
   * Settings in which groups differ: the method first, then the configuration, whose benign flows
   * were fitted on, the verdict, the data last. A control has one score and one fit, so that it
   * differs from a model in neither.
   */
  public static List<String> differences(List<RunGroup> groups) {
    Set<String> keys = new LinkedHashSet<>(List.of(METHOD));
    for (RunGroup group : groups) {
      keys.addAll(group.runs().getFirst().metrics().config().keySet());
    }
    keys.removeAll(FREE);
    keys.addAll(List.of(FITTED_ON, VERDICT, DATA));
    Set<String> ofModels = Set.of(FITTED_ON, VERDICT);
    return keys.stream()
        .filter(key ->
            groups.stream()
                    .filter(group -> !ofModels.contains(key) || group.settings.containsKey(key))
                    .map(group -> group.setting(key))
                    .distinct()
                    .count()
                > 1)
        .toList();
  }

  /** A setting; "" where a group does not have it. */
  public String setting(String key) {
    return Objects.requireNonNullElse(settings.get(key), "");
  }

  /** The runs that count: of those with the same seed the first. */
  public List<RunFolder> distinct() {
    Set<String> seeds = new HashSet<>();
    return runs.stream()
        .filter(run -> {
          String seed = run.metrics().provenance().seed();
          return seed.isEmpty() || seeds.add(seed);
        })
        .toList();
  }

  /** How a figure differs between the seeds. */
  public Spread spread(ToDoubleFunction<RunMetrics> figure) {
    return Spread.of(
        distinct().stream().mapToDouble(run -> figure.applyAsDouble(run.metrics())).toArray());
  }

  /**
   * How much higher a figure is than in another group, seed by seed: what the seeds do to both
   * alike is no part of it.
   *
   * @return empty where they have no seed in common
   */
  public Optional<Spread> above(RunGroup other, ToDoubleFunction<RunMetrics> figure) {
    Map<String, Double> others = new HashMap<>();
    other.distinct().forEach(run -> others.put(seed(run), figure.applyAsDouble(run.metrics())));
    double[] differences =
        distinct().stream()
            .filter(run -> others.containsKey(seed(run)))
            .mapToDouble(
                run -> figure.applyAsDouble(run.metrics()) - others.getOrDefault(seed(run), 0.0))
            .toArray();
    return differences.length == 0 ? Optional.empty() : Optional.of(Spread.of(differences));
  }

  private static String seed(RunFolder run) {
    return run.metrics().provenance().seed();
  }
}
