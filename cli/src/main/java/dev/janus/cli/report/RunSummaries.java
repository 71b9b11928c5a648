package dev.janus.cli.report;

import dev.janus.cli.results.RunFolder;
import dev.janus.cli.results.RunGroup;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headline figures of runs, for the terminal and for scripts. */
public final class RunSummaries {
  private RunSummaries() {}

  /** The tables of all runs as lines of text. */
  public static List<String> lines(List<RunFolder> runs) {
    List<RunGroup> groups = RunGroup.of(runs);
    List<String> lines = new ArrayList<>(RunTables.headline(groups).lines());
    if (groups.size() > 1) {
      lines.add("");
      lines.addAll(RunTables.ablation(groups).lines());
    }
    return lines;
  }

  /** Every run, and every configuration with mean, deviation and worst over its seeds. */
  public static Map<String, Object> json(List<RunFolder> runs) {
    List<Map<String, Object>> each = new ArrayList<>();
    for (RunFolder run : runs) {
      each.add(json(run));
    }
    List<RunGroup> groups = RunGroup.of(runs);
    List<String> differences = RunGroup.differences(groups);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", each);
    json.put(
        "configurations", groups.stream().map(group -> configuration(group, differences)).toList());
    return json;
  }

  /** One run. */
  static Map<String, Object> json(RunFolder run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", run.name());
    json.put("folder", run.path().toString());
    json.put("seed", number(run.metrics().provenance().seed()));
    json.put("verdict", run.metrics().provenance().score());
    json.put("fitted_on", run.metrics().provenance().fittedOn());
    json.put("n_benign", run.metrics().benign());
    json.put("n_attack", run.metrics().attack());
    RunTables.headlines()
        .forEach(
            headline -> json.put(headline.key(), headline.figure().applyAsDouble(run.metrics())));
    return json;
  }

  private static Map<String, Object> configuration(RunGroup group, List<String> differences) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", group.runs().stream().map(RunFolder::name).toList());
    Map<String, Object> settings = new LinkedHashMap<>();
    differences.forEach(key -> settings.put(key, group.setting(key)));
    json.put("settings", settings);
    for (RunTables.Headline headline : RunTables.headlines()) {
      json.put(headline.key(), spread(group.spread(headline.figure())));
    }
    return json;
  }

  /** A new map that may be added to. */
  static Map<String, Object> spread(RunGroup.Spread spread) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mean", spread.mean());
    json.put("standard_deviation", spread.deviation());
    json.put("worst", spread.worst());
    return json;
  }

  /** A seed is a number, as in the metrics; one that is not told stays "". */
  private static Object number(String seed) {
    return seed.matches("-?\\d+") ? new BigInteger(seed) : seed;
  }
}
