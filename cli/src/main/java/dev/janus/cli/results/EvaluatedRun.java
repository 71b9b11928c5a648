package dev.janus.cli.results;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.eval.Ranking;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One evaluation, read back: figures and the scores behind them, which have been found to belong
 * together.
 *
 * @param name what the run is called in a report
 * @param metrics figures of {@code metrics.json}
 * @param scores scores of {@code phase1_scores.npz}, or of a control's {@code scores.npz}
 * @param verdict name of the score that verdicts are made by
 */
public record EvaluatedRun(String name, RunMetrics metrics, RunScores scores, String verdict) {
  /** Name of the file of figures, of models and controls. */
  public static final String METRICS_FILE = "metrics.json";

  /** Name of the file of a model's scores. */
  public static final String SCORES_FILE = "phase1_scores.npz";

  /** Name of the file of a control's scores. */
  public static final String CONTROL_SCORES_FILE = "scores.npz";

  /** The same figures from the same scores give the same bits but for the order of a sum. */
  private static final double ROUNDING = 1e-9;

  /**
   * Reads a run.
   *
   * @throws CliException when a file is missing or damaged, or the two are of different evaluations
   */
  public static EvaluatedRun read(RunFolder folder) {
    RunMetrics metrics = folder.metrics();
    String name = metrics.provenance().control() ? CONTROL_SCORES_FILE : SCORES_FILE;
    Path file = folder.path().resolve(name);
    RunScores scores = ScoresReader.read(file, metrics.benignLabels(), metrics.notComputed());
    checkCounts(file, metrics, scores);
    checkClasses(file, metrics, scores);
    String verdict =
        verdict(metrics, scores)
            .orElseThrow(() ->
                new CliException(
                    ExitCode.DATA,
                    ("%s: pooled_auroc is %s, which is that of no score in %s; the two are not of"
                            + " one evaluation, evaluate again")
                        .formatted(
                            folder.path().resolve(METRICS_FILE),
                            metrics.verdict().pooledAuroc(),
                            name)));
    return new EvaluatedRun(folder.name(), metrics, scores, verdict);
  }

  private static void checkCounts(Path file, RunMetrics metrics, RunScores scores) {
    int benign = scores.testedBenign().length;
    int attack = scores.testedAttack().length;
    if (benign != metrics.benign() || attack != metrics.attack() || benign == 0 || attack == 0) {
      throw new CliException(
          ExitCode.DATA,
          "%s: %,d benign and %,d attack flows are tested, but %s says %,d and %,d; evaluate again"
              .formatted(file, benign, attack, METRICS_FILE, metrics.benign(), metrics.attack()));
    }
  }

  private static void checkClasses(Path file, RunMetrics metrics, RunScores scores) {
    Map<String, Long> counted = new TreeMap<>();
    scores.testedAttacks().forEach((label, rows) -> counted.put(label, (long) rows.length));
    Map<String, Long> stated = new TreeMap<>();
    metrics.classes().forEach(figures -> stated.put(figures.label(), figures.flows()));
    if (!stated.equals(counted)) {
      throw new CliException(
          ExitCode.DATA,
          "%s: the tested attacks are %s, but %s says %s; evaluate again"
              .formatted(file, counted, METRICS_FILE, stated));
    }
  }

  /** The score that is said to be, or else the one whose figures are those of the file's top. */
  private static Optional<String> verdict(RunMetrics metrics, RunScores scores) {
    String stated = metrics.provenance().score();
    return scores.names().stream()
        .sorted((a, b) -> Boolean.compare(b.equals(stated), a.equals(stated)))
        .filter(name -> agrees(metrics, scores, name))
        .findFirst();
  }

  private static boolean agrees(RunMetrics metrics, RunScores scores, String name) {
    double[] benign = scores.values(name, scores.testedBenign());
    double[] attack = scores.values(name, scores.testedAttack());
    Ranking ranking = Ranking.of(benign, attack);
    return near(ranking.auroc(), metrics.verdict().pooledAuroc())
        && (Double.isNaN(metrics.auprc()) || near(ranking.averagePrecision(), metrics.auprc()));
  }

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= ROUNDING;
  }

  /**
   * Why another run did not evaluate the same flows in the same way; empty if it did. Flows are the
   * same when as many stand in the same order with the same labels and uses.
   */
  public Optional<String> difference(EvaluatedRun other) {
    RunScores theirs = other.scores;
    if (scores.flows() != theirs.flows()) {
      return Optional.of(
          "%,d flows were scored in the first and %,d in the second"
              .formatted(scores.flows(), theirs.flows()));
    }
    for (int flow = 0; flow < scores.flows(); flow++) {
      if (!scores.label(flow).equals(theirs.label(flow))) {
        return Optional.of(
            "flow %d is labelled '%s' in the first and '%s' in the second"
                .formatted(flow, scores.label(flow), theirs.label(flow)));
      }
      if (!scores.use(flow).equals(theirs.use(flow))) {
        return Optional.of(
            "the split says '%s' of flow %d in the first and '%s' in the second"
                .formatted(scores.use(flow), flow, theirs.use(flow)));
      }
      if (scores.benign(flow) != theirs.benign(flow)) {
        return Optional.of(
            "the label '%s' counts as benign in one of them only".formatted(scores.label(flow)));
      }
    }
    return Optional.empty();
  }

  /** ROC curve of a score: all attacks together. */
  public RocCurve pooled(String score) {
    return RocCurve.of(
        scores.values(score, scores.testedBenign()), scores.values(score, scores.testedAttack()));
  }

  /** ROC curve of a score: the attacks of one class. */
  public RocCurve ofClass(String score, String label) {
    int[] rows = Optional.ofNullable(scores.testedAttacks().get(label)).orElseThrow();
    return RocCurve.of(scores.values(score, scores.testedBenign()), scores.values(score, rows));
  }

  /** Tested flows of each attack class. */
  public Map<String, int[]> attacks() {
    return scores.testedAttacks();
  }
}
