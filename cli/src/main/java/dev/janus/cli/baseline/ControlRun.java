package dev.janus.cli.baseline;

import dev.janus.baselines.BaselineException;
import dev.janus.baselines.Detector;
import dev.janus.baselines.FittedDetector;
import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigWriter;
import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.files.OutputFolder;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.terminal.Interruption;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.Progress;
import dev.janus.cli.terminal.Stopwatch;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.flow.FlowBatch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * From a data set to the results of controls.
 *
 * @param config run configuration: its split and seed count
 * @param data folder of the data set whose benign flows train and calibrate
 * @param target folder of another network's data set to evaluate on; empty for {@code data} itself
 * @param targetBenignLabels labels that count as benign there; empty for those of the configuration
 * @param out folder of the results
 * @param flowsPerDay benign traffic that false alarms are told for
 */
public record ControlRun(
    RunConfig config,
    Path data,
    Optional<Path> target,
    Set<String> targetBenignLabels,
    Path out,
    long flowsPerDay) {
  private static final String COMPARISON_FILE = "comparison.json";
  private static final int FLOWS_PER_PIECE = 1024;

  public ControlRun {
    targetBenignLabels = Set.copyOf(targetBenignLabels);
  }

  /** A data set and what its flows are used for. */
  private record Part(FlowDataset dataset, FlowSplit split) {}

  /** Evaluates one control; its files lie in the folder itself. */
  public ControlResult one(
      Detector detector, Terminal terminal, Interruption interruption, String build) {
    try (OutputFolder folder = prepared(out)) {
      Part training = training(terminal);
      Part tested = tested(training);
      ControlResult result = evaluated(detector, training, tested, terminal, interruption);
      write(folder, result, build);
      folder.complete();
      return result;
    }
  }

  /** Evaluates several controls; each has a folder of its name. */
  public List<ControlSummary> several(
      List<Detector> detectors, Terminal terminal, Interruption interruption, String build) {
    try (OutputFolder folder = prepared(out)) {
      Part training = training(terminal);
      Part tested = tested(training);
      List<ControlSummary> done = new ArrayList<>();
      for (Detector detector : detectors) {
        ControlResult result = evaluated(detector, training, tested, terminal, interruption);
        folder.complete();
        try (OutputFolder own = prepared(folder.resolve(detector.name()))) {
          write(own, result, build);
          own.complete();
        }
        done.add(result.summary());
        // After each, so that a run that is stopped leaves no comparison of an earlier one.
        folder.writeText(COMPARISON_FILE, Json.pretty(comparison(done, build)));
      }
      return done;
    }
  }

  private static OutputFolder prepared(Path folder) {
    return OutputFolder.prepare(folder, List.of(), OutputFolder.Existing.REPLACE);
  }

  private Part training(Terminal terminal) {
    InputFiles.requireData(data);
    target.ifPresent(InputFiles::requireData);
    FlowDataset dataset = FlowDataset.read(data);
    FlowSplit split = FlowSplit.of(dataset.metadata(), config);
    split.requireValidation("to calibrate a control");
    terminal.say(split.description());
    return new Part(dataset, split);
  }

  private Part tested(Part training) {
    if (target.isEmpty()) {
      return training;
    }
    FlowDataset dataset = FlowDataset.read(target.get());
    return new Part(dataset, FlowSplit.allTested(dataset.metadata(), recorded().benignLabels()));
  }

  /** The configuration that figures are recorded with: its benign labels are those tested. */
  private RunConfig recorded() {
    return target.isEmpty() || targetBenignLabels.isEmpty()
        ? config
        : config.withBenignLabels(targetBenignLabels);
  }

  private ControlResult evaluated(
      Detector detector, Part training, Part tested, Terminal terminal, Interruption interruption) {
    interruption.check();
    terminal.say("fitting " + detector.name());
    Stopwatch fitting = Stopwatch.started();
    FittedDetector fitted =
        detector.fit(
            training.dataset().flows(),
            training.split().rows(FlowSplit.Use.TRAIN),
            config.seed(),
            interruption::check);
    double fitSeconds = fitting.seconds();
    int[] validation = training.split().rows(FlowSplit.Use.VALIDATION);
    int[] all = IntStream.range(0, tested.dataset().size()).toArray();
    Stopwatch scoring = Stopwatch.started();
    double[] scores = scores(detector, fitted, tested.dataset(), all, terminal, interruption);
    ScoredControl scored =
        new ScoredControl(
            tested.dataset().metadata(), tested.split(), scores, all.length / scoring.seconds());
    ControlFigures figures =
        target.isEmpty()
            ? ControlFigures.withinNetwork(scored, scored.of(validation))
            : ControlFigures.acrossNetworks(
                scored,
                scores(detector, fitted, training.dataset(), validation, terminal, interruption));
    return new ControlResult(detector, scored, figures, fitSeconds);
  }

  private static double[] scores(
      Detector detector,
      FittedDetector fitted,
      FlowDataset dataset,
      int[] rows,
      Terminal terminal,
      Interruption interruption) {
    double[] scores = new double[rows.length];
    FlowBatch batch = new FlowBatch();
    try (Progress progress = terminal.progress()) {
      for (int from = 0; from < rows.length; from += FLOWS_PER_PIECE) {
        interruption.check();
        int to = Math.min(rows.length, from + FLOWS_PER_PIECE);
        batch.clear();
        dataset.flows().copy(rows, from, to, batch);
        double[] piece = score(fitted, batch, rows, from);
        System.arraycopy(piece, 0, scores, from, piece.length);
        progress.update(
            () -> "%s: %,d of %,d flows scored".formatted(detector.name(), to, rows.length));
      }
    }
    return scores;
  }

  /** A detector knows only the piece; an error names the flow by its row in the data set. */
  private static double[] score(FittedDetector fitted, FlowBatch piece, int[] rows, int from) {
    try {
      return fitted.score(piece);
    } catch (BaselineException e) {
      throw e.renumbered(row -> rows[from + row]);
    }
  }

  private void write(OutputFolder folder, ControlResult result, String build) {
    ControlArchive.write(folder.resolve(EvaluatedRun.CONTROL_SCORES_FILE), result);
    folder.writeText(RunConfigWriter.FILE, RunConfigWriter.yaml(recorded()));
    folder.writeText(EvaluatedRun.METRICS_FILE, Json.pretty(result.json(this, build)));
  }

  /** The content of {@code comparison.json}. */
  public Map<String, Object> comparison(List<ControlSummary> controls, String build) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("controls", controls.stream().map(ControlSummary::json).toList());
    json.putAll(origin());
    json.put("build", build);
    return json;
  }

  /** What figures are of; the keys that an evaluation of a model has. */
  Map<String, Object> origin() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("seed", config.seed());
    json.put("data", target.orElse(data).toString());
    json.put("train_data", data.toString());
    json.put("config", RunConfigWriter.tree(recorded()));
    return json;
  }
}
