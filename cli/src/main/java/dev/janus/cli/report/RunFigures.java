package dev.janus.cli.report;

import dev.janus.cli.results.CalibrationCurve;
import dev.janus.cli.results.EvaluatedRun;
import dev.janus.cli.results.RocCurve;
import dev.janus.cli.results.RunMetrics;
import dev.janus.cli.results.RunScores;
import dev.janus.cli.results.TrainingCurves;
import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The pictures of a run. */
final class RunFigures {
  /** Line colours that can be told apart in light and dark. */
  private static final List<String> COLOURS = List.of("s1", "s2", "s3", "s4", "s5", "s6");

  /** Rates below this are shown only when there are flows enough to measure them. */
  private static final double SMALLEST_RATE = 1e-4;

  private static final int BINS = 60;
  private static final int SMALL_BINS = 36;
  private static final String SHARE = "share of the flows of each kind";

  private final EvaluatedRun run;
  private final RunScores scores;
  private final List<String> distances;

  RunFigures(EvaluatedRun run) {
    this.run = run;
    this.scores = run.scores();
    SequencedSet<String> names = new LinkedHashSet<>();
    names.add(run.verdict());
    scores.distances().stream()
        .filter(name -> scores.pValues(name).isPresent())
        .forEach(names::add);
    this.distances = names.stream().limit(COLOURS.size()).toList();
  }

  /**
   * Detection of all attacks over the rate of false alarms, and precision where attacks are rare.
   */
  ReportBlock detection() {
    List<ReportBlock.Figure> figures = new ArrayList<>();
    Map<String, RocCurve> curves = new LinkedHashMap<>();
    distances.forEach(name -> curves.put(name, run.pooled(name)));
    figures.add(
        new ReportBlock.Figure(
            "All attacks: ROC", distanceKeys(), roc(Chart.Size.LARGE, "all attacks", curves)));
    figures.add(
        new ReportBlock.Figure(
            "All attacks: precision of " + run.verdict() + " if this share of flows were attacks",
            prevalenceKeys(),
            precision(run.pooled(run.verdict()))));
    return new ReportBlock.Figures(Chart.Size.LARGE, List.of(), figures);
  }

  /** The same curve for each class, small. */
  ReportBlock detectionByClass() {
    List<ReportBlock.Figure> figures = new ArrayList<>();
    for (RunMetrics.ClassFigures figuresOfClass : run.metrics().classes()) {
      String label = figuresOfClass.label();
      Map<String, RocCurve> curves = new LinkedHashMap<>();
      distances.forEach(name -> curves.put(name, run.ofClass(name, label)));
      figures.add(
          new ReportBlock.Figure(
              label + " " + TextTable.number(figuresOfClass.auroc(), 3),
              roc(Chart.Size.SMALL, label, curves)));
    }
    return new ReportBlock.Figures(Chart.Size.SMALL, distanceKeys(), figures);
  }

  private List<ReportBlock.Key> distanceKeys() {
    List<ReportBlock.Key> keys = new ArrayList<>();
    for (int i = 0; i < distances.size(); i++) {
      keys.add(new ReportBlock.Key(COLOURS.get(i), distances.get(i)));
    }
    return keys;
  }

  private static String roc(Chart.Size size, String what, Map<String, RocCurve> curves) {
    int benign = curves.values().iterator().next().benign();
    double low = Math.min(SMALLEST_RATE, Math.pow(10, Math.floor(Math.log10(1.0 / benign))));
    Chart chart =
        new Chart(
            size,
            "ROC curve of " + what,
            Axis.logarithmic(low, 1),
            "false-positive rate",
            Axis.linear(0, 1),
            "true-positive rate");
    chart.stripe("unsure", low, 1.0 / benign);
    int colour = curves.size();
    for (RocCurve curve : curves.values().stream().toList().reversed()) {
      chart.line(COLOURS.get(--colour), curve.points(), curve::fpr, curve::tpr);
    }
    return chart.svg();
  }

  private static String precision(RocCurve curve) {
    Chart chart =
        new Chart(
            Chart.Size.LARGE,
            "precision over recall",
            Axis.linear(0, 1),
            "recall",
            Axis.logarithmic(SMALLEST_RATE, 1),
            "precision");
    int unresolved = 0;
    while (curve.falseAlarms(unresolved) == 0) {
      unresolved++;
    }
    int from = unresolved;
    for (int i = 0; i < Evaluation.PREVALENCES.size(); i++) {
      double share = Double.parseDouble(Evaluation.PREVALENCES.get(i));
      String colour = COLOURS.get(i);
      chart.line(
          colour,
          curve.points() - from,
          point -> curve.tpr(from + point),
          point -> curve.precision(from + point, share));
      chart.line(colour + " dotted", from + 1, curve::tpr, point -> curve.precision(point, share));
    }
    return chart.svg();
  }

  private List<ReportBlock.Key> prevalenceKeys() {
    List<ReportBlock.Key> keys = new ArrayList<>();
    for (int i = 0; i < Evaluation.PREVALENCES.size(); i++) {
      String share = Evaluation.PREVALENCES.get(i);
      double area = run.metrics().auprcAtPrevalence().getOrDefault(share, Double.NaN);
      keys.add(
          new ReportBlock.Key(
              COLOURS.get(i), RunTables.percent(share) + ", AUPRC " + TextTable.number(area, 4)));
    }
    return keys;
  }

  /** Distances of benign and attack flows. */
  ReportBlock histograms() {
    List<ReportBlock.Figure> figures = new ArrayList<>();
    for (String name : distances) {
      double[] benign = scores.values(name, scores.testedBenign());
      double[] attack = scores.values(name, scores.testedAttack());
      figures.add(
          new ReportBlock.Figure(
              "All attacks: " + name,
              histogram(
                  Chart.Size.LARGE, name, Axis.holding(benign, attack), benign, attack, BINS)));
    }
    return new ReportBlock.Figures(Chart.Size.LARGE, kindKeys(), figures);
  }

  /** The verdict's distance of each class beside that of the benign flows. */
  ReportBlock histogramsByClass() {
    List<ReportBlock.Figure> figures = new ArrayList<>();
    Map<String, int[]> attacks = run.attacks();
    double[] benign = scores.values(run.verdict(), scores.testedBenign());
    Axis axis = Axis.holding(scores.values(run.verdict(), scores.tested()));
    attacks.forEach((label, rows) ->
        figures.add(
            new ReportBlock.Figure(
                label + ", " + TextTable.count(rows.length),
                histogram(
                    Chart.Size.SMALL,
                    run.verdict() + " of " + label,
                    axis,
                    benign,
                    scores.values(run.verdict(), rows),
                    SMALL_BINS))));
    return new ReportBlock.Figures(Chart.Size.SMALL, kindKeys(), figures);
  }

  private static List<ReportBlock.Key> kindKeys() {
    return List.of(
        new ReportBlock.Key("benign", "benign"), new ReportBlock.Key("attack", "attack"));
  }

  private static String histogram(
      Chart.Size size, String what, Axis axis, double[] benign, double[] attack, int bins) {
    double[] low = shares(axis, benign, bins);
    double[] high = shares(axis, attack, bins);
    double most = Math.max(Arrays.stream(low).max().orElse(1), Arrays.stream(high).max().orElse(1));
    return new Chart(size, "distribution of " + what, axis, what, Axis.linear(0, most), SHARE)
        .bars("benign", low)
        .bars("attack", high)
        .svg();
  }

  /** Share of the values in each bin; what lies beyond an end of the axis is in the bin there. */
  static double[] shares(Axis axis, double[] values, int bins) {
    double[] shares = new double[bins];
    for (double value : values) {
      shares[Math.clamp((int) (axis.place(value) * bins), 0, bins - 1)] += 1.0 / values.length;
    }
    return shares;
  }

  /**
   * What p-values promise and what the tested benign flows make of it; without p-values nothing.
   */
  List<ReportBlock> calibration() {
    List<ReportBlock.Figure> figures = new ArrayList<>();
    long calibrating = run.metrics().validation().orElse(0);
    for (String name : distances) {
      scores
          .pValues(name)
          .filter(all -> calibrating > 0)
          .ifPresent(all ->
              figures.add(
                  new ReportBlock.Figure(
                      "p-values of " + name,
                      calibration(
                          name,
                          CalibrationCurve.of(
                              Arrays.stream(scores.testedBenign())
                                  .mapToDouble(flow -> all[flow])
                                  .toArray(),
                              calibrating)))));
    }
    return figures.isEmpty()
        ? List.of()
        : List.of(
            new ReportBlock.Figures(
                Chart.Size.LARGE,
                List.of(
                    new ReportBlock.Key("s1", "measured"),
                    new ReportBlock.Key("even", "as promised"),
                    new ReportBlock.Key(
                        "band",
                        RunTables.percent(CalibrationCurve.CONFIDENCE) + " of cases if it holds")),
                figures));
  }

  private static String calibration(String name, CalibrationCurve curve) {
    List<CalibrationCurve.Point> points = curve.points();
    double low = Math.pow(10, Math.floor(Math.log10(points.getFirst().promised())));
    Axis axis = Axis.logarithmic(low, 1);
    return new Chart(
            Chart.Size.LARGE,
            "false-positive rate promised and measured, " + name,
            axis,
            "false-positive rate promised (p-value)",
            axis,
            "measured")
        .band(
            "band",
            points.size(),
            i -> points.get(i).promised(),
            i -> points.get(i).lower(),
            i -> points.get(i).upper())
        .line("even", 2, i -> i == 0 ? low : 1, i -> i == 0 ? low : 1)
        .line("s1", points.size(), i -> points.get(i).promised(), i -> points.get(i).measured())
        .svg();
  }

  /** Losses over the steps of the training. */
  static ReportBlock training(TrainingCurves curves) {
    List<List<Double>> losses = List.copyOf(curves.losses().values());
    double[][] values =
        losses.stream()
            .map(loss -> loss.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new);
    double last = curves.steps().getLast() + (curves.stepsPerPoint() - 1) / 2.0;
    Chart chart =
        new Chart(
            Chart.Size.LARGE,
            "losses of the training",
            Axis.linear(0, Math.max(1, last)),
            "step",
            Axis.holding(values),
            "loss");
    List<ReportBlock.Key> keys = new ArrayList<>();
    List<String> names = List.copyOf(curves.losses().keySet());
    for (int i = 0; i < losses.size(); i++) {
      String colour = COLOURS.get(i % COLOURS.size());
      double[] loss = values[i];
      chart.line(colour, loss.length, point -> curves.steps().get(point), point -> loss[point]);
      keys.add(new ReportBlock.Key(colour, names.get(i).replace('_', ' ')));
    }
    String caption =
        curves.stepsPerPoint() == 1
            ? "Losses"
            : "Losses, means of " + curves.stepsPerPoint() + " steps";
    return new ReportBlock.Figures(
        Chart.Size.LARGE, keys, List.of(new ReportBlock.Figure(caption, chart.svg())));
  }
}
