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
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("run", run.name());
      json.put("folder", run.path().toString());
      json.put("seed", number(run.metrics().provenance().seed()));
      json.put("n_benign", run.metrics().benign());
      json.put("n_attack", run.metrics().attack());
      RunTables.headlines()
          .forEach(
              headline -> json.put(headline.key(), headline.figure().applyAsDouble(run.metrics())));
      each.add(json);
    }
    List<RunGroup> groups = RunGroup.of(runs);
    List<String> differences = RunGroup.differences(groups);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", each);
    json.put(
        "configurations", groups.stream().map(group -> configuration(group, differences)).toList());
    return json;
  }

  private static Map<String, Object> configuration(RunGroup group, List<String> differences) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("runs", group.runs().stream().map(RunFolder::name).toList());
    Map<String, Object> settings = new LinkedHashMap<>();
    differences.forEach(key -> settings.put(key, group.setting(key)));
    json.put("settings", settings);
    for (RunTables.Headline headline : RunTables.headlines()) {
      RunGroup.Spread spread = group.spread(headline.figure());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("mean", spread.mean());
      values.put("standard_deviation", spread.deviation());
      values.put("worst", spread.worst());
      json.put(headline.key(), values);
    }
    return json;
  }

  /** A seed is a number, as in the metrics; one that is not told stays "". */
  private static Object number(String seed) {
    return seed.matches("-?\\d+") ? new BigInteger(seed) : seed;
  }
}
