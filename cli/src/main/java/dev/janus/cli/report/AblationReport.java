package dev.janus.cli.report;

import dev.janus.cli.results.RunFolder;
import dev.janus.cli.results.RunGroup;
import dev.janus.cli.results.RunMetrics;
import dev.janus.cli.terminal.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One table of a grid of ablations.
 *
 * @param grid file of the grid
 * @param base configuration that is varied
 * @param data folder of the data set
 * @param common overrides of the base itself
 * @param variants the base first
 * @param repeated variants that come to the same configuration as another, with its name
 * @param failed cells that could not be trained or evaluated, with the reason
 */
public record AblationReport(
    Path grid,
    Path base,
    Path data,
    List<String> common,
    List<Variant> variants,
    Map<String, String> repeated,
    Map<String, String> failed) {
  private static final String SEPARATOR = ", ";

  public AblationReport {
    common = List.copyOf(common);
    variants = List.copyOf(variants);
    repeated = Collections.unmodifiableMap(new TreeMap<>(repeated));
    failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
  }

  /**
   * One variant.
   *
   * @param changes {@code key=value} in which it differs from the base
   * @param runs its evaluations, one per seed; none where all failed
   * @param seeds seeds that were asked for
   */
  public record Variant(String name, List<String> changes, List<RunFolder> runs, int seeds) {
    public Variant {
      changes = List.copyOf(changes);
      runs = List.copyOf(runs);
    }

    private Optional<RunGroup> group() {
      return runs.isEmpty() ? Optional.empty() : Optional.of(RunGroup.ofAlike(runs));
    }
  }

  private Optional<RunGroup> baseGroup() {
    return variants.getFirst().group();
  }

  /** Means over the seeds, and what the first headline figure is above that of the base. */
  private TextTable table() {
    List<RunTables.Headline> headlines = RunTables.headlines();
    RunTables.Headline first = headlines.getFirst();
    List<String> head = new ArrayList<>(List.of("variant", "changed", "seeds", first.column()));
    head.add("above base");
    headlines.stream().skip(1).forEach(headline -> head.add(headline.column()));
    TextTable table = new TextTable(head);
    for (Variant variant : variants) {
      List<String> row = new ArrayList<>();
      row.add(variant.name());
      row.add(String.join(SEPARATOR, variant.changes()));
      row.add(seeds(variant));
      for (RunTables.Headline headline : headlines) {
        row.add(
            variant
                .group()
                .map(group -> RunTables.spread(group.spread(headline.figure())))
                .orElse("-"));
        if (headline.equals(first)) {
          row.add(above(variant, first).map(AblationReport::signed).orElse("-"));
        }
      }
      table.row(row);
    }
    return table;
  }

  /**
   * Macro AUROC of the other scores, each on its own: a verdict that joins several may hide what a
   * variant does to one.
   */
  private TextTable scores() {
    Set<String> names = new LinkedHashSet<>();
    variants.forEach(
        variant -> variant.runs().forEach(run -> names.addAll(run.metrics().singles().keySet())));
    List<String> head = new ArrayList<>(List.of("variant"));
    head.addAll(names);
    TextTable table = new TextTable(head);
    for (Variant variant : variants) {
      List<String> row = new ArrayList<>(List.of(variant.name()));
      for (String name : names) {
        row.add(score(variant, name).map(RunTables::spread).orElse("-"));
      }
      table.row(row);
    }
    return table;
  }

  /** Macro AUROC of a score; empty where the variant does not compute it. */
  private static Optional<RunGroup.Spread> score(Variant variant, String name) {
    return variant
        .group()
        .filter(group ->
            group.runs().stream().allMatch(run -> run.metrics().singles().containsKey(name)))
        .map(group -> group.spread(metrics -> macroAuroc(metrics, name)));
  }

  private static double macroAuroc(RunMetrics metrics, String name) {
    RunMetrics.ScoreFigures figures = metrics.singles().get(name);
    return figures == null ? Double.NaN : figures.macroAuroc();
  }

  private static String seeds(Variant variant) {
    int done = variant.runs().size();
    return done == variant.seeds()
        ? Integer.toString(done)
        : "%d of %d".formatted(done, variant.seeds());
  }

  private Optional<RunGroup.Spread> above(Variant variant, RunTables.Headline headline) {
    if (variant.equals(variants.getFirst())) {
      return Optional.empty();
    }
    return baseGroup()
        .flatMap(base -> variant.group().flatMap(group -> group.above(base, headline.figure())));
  }

  private static String signed(RunGroup.Spread spread) {
    return (spread.mean() >= 0 ? "+" : "") + RunTables.spread(spread);
  }

  /** The table as lines of text, with what is not in it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(table().lines());
    notes().forEach(lines::add);
    return lines;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    repeated.forEach(
        (name, other) -> notes.add("%s is the same configuration as %s.".formatted(name, other)));
    failed.forEach((cell, reason) -> notes.add("%s failed: %s".formatted(cell, reason)));
    return notes;
  }

  /**
   * The table as Markdown.
   *
   * @param build version and commit that made it
   */
  public String markdown(String build) {
    List<ReportBlock> blocks = new ArrayList<>();
    blocks.add(
        new ReportBlock.Words(
            "Variants of %s on %s, as %s names them. Figures are means over seeds, ± their standard deviation; 'above base' is the mean of the differences from the base seed by seed, of the first figure."
                .formatted(base, data, grid)));
    if (!common.isEmpty()) {
      blocks.add(
          new ReportBlock.Words("Changed in all, the base too: " + String.join(SEPARATOR, common)));
    }
    blocks.add(new ReportBlock.Table(table()));
    blocks.add(new ReportBlock.Heading(2, "Macro AUROC of each score alone", ""));
    blocks.add(new ReportBlock.Table(scores()));
    notes().forEach(note -> blocks.add(new ReportBlock.Words(note)));
    blocks.add(new ReportBlock.Words("Made by janus " + build + "."));
    return MarkdownDocument.of("JANUS ablation", blocks);
  }

  /**
   * Every cell and every variant with mean, deviation, worst, and difference from the base.
   *
   * @param build version and commit that made it
   */
  public Map<String, Object> json(String build) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("grid", grid.toString());
    json.put("base", base.toString());
    json.put("data", data.toString());
    json.put("set", common);
    json.put("variants", variants.stream().map(this::json).toList());
    json.put("repeated", repeated);
    json.put("failed", failed);
    json.put("build", build);
    return json;
  }

  private Map<String, Object> json(Variant variant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("variant", variant.name());
    json.put("changed", variant.changes());
    json.put("seeds", variant.seeds());
    json.put("runs", variant.runs().stream().map(RunSummaries::json).toList());
    variant
        .group()
        .ifPresent(group -> {
          for (RunTables.Headline headline : RunTables.headlines()) {
            Map<String, Object> figure = RunSummaries.spread(group.spread(headline.figure()));
            above(variant, headline)
                .ifPresent(difference -> {
                  Map<String, Object> above = new LinkedHashMap<>();
                  above.put("mean", difference.mean());
                  above.put("standard_deviation", difference.deviation());
                  figure.put("above_base", above);
                });
            json.put(headline.key(), figure);
          }
          Map<String, Object> scores = new LinkedHashMap<>();
          for (String name : variant.runs().getFirst().metrics().singles().keySet()) {
            score(variant, name).ifPresent(spread -> scores.put(name, RunSummaries.spread(spread)));
          }
          json.put("macro_auroc_of_scores", scores);
        });
    return json;
  }
}
