package dev.janus.cli.report;

import dev.janus.cli.results.EvaluatedFlows;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.RunFolder;
import dev.janus.cli.results.RunGroup;
import dev.janus.cli.results.RunMetrics;
import dev.janus.cli.results.RunNotes;
import dev.janus.cli.results.TrainingCurves;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.Evaluation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A report of runs, built from top to bottom. Scores and flows of one run are held at a time. Not
 * thread-safe.
 */
public final class RunReport {
  private static final String TITLE = "JANUS report";

  private final List<RunFolder> runs;
  private final Function<RunFolder, EvaluatedFlows> flows;
  private final List<ReportBlock> blocks = new ArrayList<>();

  /**
   * Starts a report with the tables of all runs.
   *
   * @param runs at least one
   * @param data folder of the flows of all of them; empty for those that they name
   */
  public RunReport(List<RunFolder> runs, Optional<Path> data) {
    this(runs, new FlowFolders(data));
  }

  /** Starts a report on runs that evaluated flows which are at hand. */
  public RunReport(List<RunFolder> runs, EvaluatedFlows flows) {
    this(runs, run -> flows);
  }

  private RunReport(List<RunFolder> runs, Function<RunFolder, EvaluatedFlows> flows) {
    this.runs = List.copyOf(runs);
    this.flows = flows;
    List<RunGroup> groups = RunGroup.of(runs);
    heading("Headline figures");
    words(headlineWords());
    blocks.add(new ReportBlock.Table(RunTables.headline(groups)));
    if (groups.size() > 1) {
      heading("Configurations compared");
      words(
          "The runs differ in these settings; figures are means over seeds, ± their standard"
              + " deviation.");
      blocks.add(new ReportBlock.Table(RunTables.ablation(groups)));
    }
    if (runs.size() > 1) {
      Map<String, String> names = new LinkedHashMap<>();
      for (int i = 0; i < runs.size(); i++) {
        names.put(id(i), runs.get(i).name());
      }
      blocks.add(new ReportBlock.Contents(names));
    }
  }

  private String headlineWords() {
    String ends =
        runs.stream()
            .mapToDouble(run -> run.metrics().stated().partialFpr())
            .filter(Double::isFinite)
            .distinct()
            .mapToObj(RunTables::percent)
            .collect(Collectors.joining(" or "));
    String rate = RunTables.percent(Evaluation.RATES.getFirst());
    String share = Evaluation.PREVALENCES.getLast();
    return "AUROC, partial AUROC%s and true-positive rates (TPR) are means over the attack classes; pooled AUROC and AUPRC count every attack flow alike. TPR@%s is the share of attack flows found while at most %s of the benign flows are false alarms. AUPRC at %s is what it would be if one flow in %s were an attack."
        .formatted(
            ends.isEmpty() ? "" : " (false-positive rates up to " + ends + ")",
            rate,
            rate,
            RunTables.percent(share),
            TextTable.count(Math.round(1 / Double.parseDouble(share))));
  }

  /** Adds what there is to say of one run, by its place in the list. */
  public void add(int index) {
    RunFolder folder = runs.get(index);
    EvaluatedRun run = EvaluatedRun.read(folder);
    RunFigures figures = new RunFigures(run);
    RunNotes notes = RunNotes.read(folder);
    blocks.add(new ReportBlock.Heading(2, "Run " + run.name(), id(index)));
    if (!notes.splitCaution().isEmpty()) {
      words("Caution: " + notes.splitCaution() + ".");
    }
    section("Attack classes");
    blocks.add(new ReportBlock.Table(RunTables.classes(run.metrics())));
    section("Detection and false alarms");
    words(
        "The axis of false alarms is logarithmic: an operator lives at its left end. In the shaded part the %,d tested benign flows cannot tell one rate from another; precision is dotted where no benign flow is an alarm, so that it may be lower."
            .formatted(run.metrics().benign()));
    blocks.add(figures.detection());
    words("The ROC curve of each class, with its AUROC:");
    blocks.add(figures.detectionByClass());
    notes
        .delay()
        .ifPresent(delay -> {
          section("Detection delay");
          words(DelayTables.words(delay));
          blocks.add(new ReportBlock.Table(DelayTables.classes(delay)));
        });
    section("Scores by class");
    words(
        "Shares of the flows of each kind; a score higher than those of benign flows is an alarm.");
    blocks.add(figures.histograms());
    words("Each class beside all benign flows, with its number of flows:");
    blocks.add(figures.histogramsByClass());
    operation(run, figures);
    training(folder);
    alarms(run, flows.apply(folder).of(run.scores()), notes);
    if (!run.metrics().singles().isEmpty()) {
      section("Each score alone");
      blocks.add(new ReportBlock.Table(RunTables.scores(run)));
      RunTables.router(run)
          .ifPresent(router -> {
            section("Which score finds which class");
            words(
                "AUROC of each score on each class alone; the best of a class is marked, and what"
                    + " equals it as shown. To pick a score by it is to have seen the attacks.");
            blocks.add(router);
          });
    }
    section("Configuration");
    blocks.add(new ReportBlock.Entries(run.metrics().config()));
    section("Provenance");
    blocks.add(new ReportBlock.Entries(provenance(folder.path(), run)));
  }

  private void operation(EvaluatedRun run, RunFigures figures) {
    if (!run.metrics().operatingPoints().isEmpty()) {
      section("Operating points");
      double flowsPerDay = run.metrics().flowsPerDay();
      words(
          "A flow is an alarm when its %s is above a quantile of benign validation flows%s."
              .formatted(
                  run.verdict(),
                  Double.isNaN(flowsPerDay)
                      ? ""
                      : "; false alarms a day are told for "
                          + TextTable.count(Math.round(flowsPerDay))
                          + " benign flows"));
      blocks.add(new ReportBlock.Table(RunTables.operatingPoints(run)));
    }
    List<ReportBlock> pictures = figures.calibration();
    if (!run.metrics().calibrations().isEmpty() || !pictures.isEmpty()) {
      section("Calibration");
    }
    if (!run.metrics().calibrations().isEmpty()) {
      double confidence = run.metrics().stated().certificateConfidence();
      words(
          "A threshold is certified when at most the stated share of benign flows lies above it%s, as long as they are like the calibration flows."
              .formatted(
                  Double.isNaN(confidence)
                      ? ""
                      : ", with " + RunTables.percent(confidence) + " confidence"));
      blocks.add(new ReportBlock.Table(RunTables.calibration(run.metrics())));
      RunTables.drift(run.metrics()).forEach(this::words);
    }
    if (!pictures.isEmpty()) {
      words(
          "The share of tested benign flows whose p-value is at most the rate promised. Above the"
              + " band a calibration promises too much, below it is too cautious. The band takes"
              + " flows for independent.");
      blocks.addAll(pictures);
    }
  }

  /** A log that is not there or damaged is no reason to do without the rest. */
  private void training(RunFolder run) {
    section("Training");
    RunMetrics.Provenance from = run.metrics().provenance();
    String model = from.model();
    if (from.control()) {
      words("A control; it took %s s to fit.".formatted(TextTable.number(from.fitSeconds(), 1)));
      return;
    }
    if (model.isEmpty()) {
      words("The metrics do not name the model, so the training's curves are not shown.");
      return;
    }
    Path log = run.located(Path.of(model).resolveSibling(TrainingCurves.FILE));
    if (!Files.isRegularFile(log)) {
      words("The training's log, '" + log + "', is not there, so its curves are not shown.");
      return;
    }
    try {
      TrainingCurves curves = TrainingCurves.read(log);
      if (curves.losses().isEmpty()) {
        words("The training's log, '" + log + "', holds no step.");
      } else {
        blocks.add(RunFigures.training(curves));
      }
    } catch (CliException e) {
      words("The training's curves are not shown: " + e.getMessage() + ".");
    }
  }

  private void alarms(EvaluatedRun run, EvaluatedFlows evaluated, RunNotes notes) {
    section("Top alarms");
    String how =
        evaluated instanceof EvaluatedFlows.Absent absent
            ? "Their packets are not shown: " + absent.reason() + "; name it with --data."
            : "Bars upwards are packets of the initiator, downwards those of the responder.";
    words("Tested flows with the highest %s. %s".formatted(run.verdict(), how));
    blocks.add(AlarmGallery.of(run, evaluated, notes.evidence()));
  }

  /** Reads the flows of a run; of runs of one data set, which stand together, only once. */
  private static final class FlowFolders implements Function<RunFolder, EvaluatedFlows> {
    private final Optional<Path> data;
    private Path folder = Path.of("");
    private Optional<EvaluatedFlows> open = Optional.empty();

    private FlowFolders(Optional<Path> data) {
      this.data = data;
    }

    @Override
    public EvaluatedFlows apply(RunFolder run) {
      Path wanted = data.orElseGet(() -> run.located(Path.of(run.metrics().provenance().data())));
      if (open.isEmpty() || !folder.equals(wanted)) {
        open = Optional.empty(); // before the next ones are read: two need twice the memory
        open = Optional.of(EvaluatedFlows.read(wanted));
        folder = wanted;
      }
      return open.get();
    }
  }

  private static Map<String, String> provenance(Path folder, EvaluatedRun run) {
    RunMetrics.Provenance from = run.metrics().provenance();
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put("Results", folder.toString());
    entries.put(from.control() ? "Control" : "Model", from.model());
    entries.put("Data", from.data());
    entries.put("Seed", from.seed());
    entries.put("Verdict by", run.verdict() + (from.control() ? ", " + from.description() : ""));
    entries.put("Flows tested", TextTable.count(run.metrics().benign() + run.metrics().attack()));
    run.metrics()
        .validation()
        .ifPresent(flows -> entries.put("Flows that calibrate", TextTable.count(flows)));
    if (!Double.isNaN(from.flowsPerSecond())) {
      entries.put("Scoring", TextTable.number(from.flowsPerSecond(), 0) + " flows/s");
    }
    entries.put("Evaluated by", from.build());
    entries.values().removeIf(String::isEmpty);
    return entries;
  }

  /**
   * The report as a page that needs nothing but itself.
   *
   * @param build version and commit that made it
   */
  public String html(String build) {
    return HtmlDocument.of(TITLE, finished(build));
  }

  /** The words and tables of the report as Markdown. */
  public String markdown(String build) {
    return MarkdownDocument.of(TITLE, finished(build));
  }

  private List<ReportBlock> finished(String build) {
    List<ReportBlock> finished = new ArrayList<>(blocks);
    finished.add(new ReportBlock.Words("Made by janus " + build + "."));
    return finished;
  }

  private void heading(String text) {
    blocks.add(new ReportBlock.Heading(2, text, ""));
  }

  private void section(String text) {
    blocks.add(new ReportBlock.Heading(3, text, ""));
  }

  private void words(String text) {
    blocks.add(new ReportBlock.Words(text));
  }

  private static String id(int index) {
    return "run-" + (index + 1);
  }
}
