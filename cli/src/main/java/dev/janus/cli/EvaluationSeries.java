package dev.janus.cli;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.report.RunReport;
import dev.janus.cli.report.RunSummaries;
import dev.janus.cli.results.EvaluatedFlows;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.contract.artifact.FlowDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Evaluates several models on one data set, which is read once. Each has a folder of its name with
 * the files that it alone would have; beside them lie a summary and a page of all.
 *
 * @param models model files or folders, at least two
 * @param data folder of the data set
 * @param out folder of the results
 * @param settings how they are evaluated
 */
record EvaluationSeries(List<Path> models, Path data, Path out, EvaluationSettings settings) {
  static final String SUMMARY_FILE = "summary.json";

  EvaluationSeries {
    models = List.copyOf(models);
  }

  /** A model with its place. */
  private record Entry(ModelSource source, RunConfig config, EvaluationJob job, String name) {}

  /** Does the work; the runs in the order of the models. */
  List<RunFolder> run(CommandContext context) {
    List<Entry> entries = entries();
    InputFiles.requireData(data);
    requireOwn(entries);
    try (OutputFolder folder = prepared(out)) {
      FlowDataset dataset = FlowDataset.read(data);
      List<RunFolder> runs = List.of();
      for (int i = 0; i < entries.size(); i++) {
        context.interruption().check();
        Entry entry = entries.get(i);
        context.terminal().say("model %d of %d: %s".formatted(i + 1, entries.size(), entry.name()));
        try (OutputFolder own = prepared(entry.job().out())) {
          EvaluationOutcome outcome =
              entry.job().evaluate(context, entry.source(), entry.config(), dataset);
          if (i == 0) {
            removeSummaries();
          }
          entry.job().write(context, outcome, dataset, own);
          own.complete();
        }
        folder.complete();
        runs = RunFolder.find(entries.subList(0, i + 1).stream().map(e -> e.job().out()).toList());
        // After each, so that a series that is stopped says what there is of it.
        folder.writeText(SUMMARY_FILE, Json.pretty(summary(context, runs)));
      }
      writePage(context, folder, runs, dataset);
      return runs;
    }
  }

  /**
   * Fails where there are results that are not of this series: they would be taken for some of it.
   */
  private void requireOwn(List<Entry> entries) {
    if (Files.exists(out.resolve(EvaluationJob.METRICS_FILE))) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          "%s: holds the results of one model; choose another --out for several".formatted(out));
    }
    if (!Files.isDirectory(out)) {
      return;
    }
    Set<String> own = entries.stream().map(Entry::name).collect(Collectors.toSet());
    try (Stream<Path> inside = Files.list(out)) {
      Optional<Path> other =
          inside
              .filter(path -> Files.exists(path.resolve(EvaluationJob.METRICS_FILE)))
              .filter(path -> !own.contains(String.valueOf(path.getFileName())))
              .min(Comparator.naturalOrder());
      if (other.isPresent()) {
        throw new CliException(
            ExitCode.CANNOT_CREATE,
            "%s: holds the results of a model that is not among those given; choose another --out, or remove it"
                .formatted(other.get()));
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE, out + ": cannot be listed (" + InputFiles.reason(e) + ")", e);
    }
  }

  /** A series that is finished does not fail for a page. */
  private static void writePage(
      CommandContext context, OutputFolder folder, List<RunFolder> runs, FlowDataset dataset) {
    try {
      folder.writeText(EvaluationJob.REPORT_FILE, page(context, runs, dataset));
    } catch (RuntimeException e) {
      if (ErrorReport.code(e) == ExitCode.INTERRUPTED) {
        throw e;
      }
      ErrorReport.warn("no " + EvaluationJob.REPORT_FILE, e, context.terminal());
    }
  }

  /** Every model is found and whole before the first one is scored. */
  private List<Entry> entries() {
    List<ModelSource> sources = models.stream().map(ModelSource::load).toList();
    List<String> names = ModelNames.of(sources.stream().map(ModelSource::file).toList());
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      EvaluationJob job =
          new EvaluationJob(models.get(i), data, out.resolve(names.get(i)), settings);
      entries.add(new Entry(sources.get(i), job.config(sources.get(i)), job, names.get(i)));
    }
    return entries;
  }

  private static OutputFolder prepared(Path folder) {
    return OutputFolder.prepare(folder, List.of(), OutputFolder.Existing.REPLACE);
  }

  /**
   * What an earlier series left would no longer be true of the folders. A page that cannot be
   * removed cannot be written either, which is told in the end.
   */
  private void removeSummaries() {
    Path summary = out.resolve(SUMMARY_FILE);
    Path page = out.resolve(EvaluationJob.REPORT_FILE);
    try {
      Files.deleteIfExists(summary);
      if (!Files.isDirectory(page)) {
        Files.deleteIfExists(page);
      }
    } catch (IOException e) {
      throw new CliException(
          ExitCode.CANNOT_CREATE,
          summary + ": cannot be removed (" + InputFiles.reason(e) + ")",
          e);
    }
  }

  /** The content of {@code summary.json}. */
  Map<String, Object> summary(CommandContext context, List<RunFolder> runs) {
    Map<String, Object> json = new LinkedHashMap<>(RunSummaries.json(runs));
    json.put("data", data.toString());
    json.put("build", context.build().toString());
    return json;
  }

  private static String page(CommandContext context, List<RunFolder> runs, FlowDataset dataset) {
    RunReport report = new RunReport(runs, new EvaluatedFlows.Present(dataset));
    for (int i = 0; i < runs.size(); i++) {
      context.interruption().check();
      report.add(i);
    }
    return report.html(context.build().toString());
  }
}
