package dev.janus.cli;

import dev.janus.cli.report.BenignName;
import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.ScoredDataset;
import dev.janus.cli.results.DelayFigures;
import dev.janus.cli.terminal.Progress;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.eval.DetectionDelay;
import dev.janus.eval.OperatingPoint;
import dev.janus.eval.PrefixScoring;
import dev.janus.score.FittedVerdict;
import dev.janus.score.FlowScorer;
import dev.janus.score.JanusModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Measures how early the verdicts of an evaluation fire, so that progress shows and Ctrl-C works.
 */
final class DelayMeasurement {
  private final CommandContext context;
  private final FlowScorer scorer;

  DelayMeasurement(CommandContext context, JanusModel model, ThreadTeam team) {
    this.context = context;
    this.scorer = new FlowScorer(model, team);
  }

  /**
   * Measures the tested flows at the evaluation's highest threshold, P99.
   *
   * @param mostPerClass alarms, and flows that are none, measured of a class at most
   */
  DelayFigures measure(FlowSource flows, EvaluationResult result, int mostPerClass) {
    OperatingPoint point = result.report().operatingPoints().getLast();
    FittedVerdict verdict = result.verdict();
    double[] distances = result.judged().distances();
    List<DetectionDelay.ClassDelay> delays = new ArrayList<>();
    try (Progress progress = context.terminal().progress()) {
      PrefixScoring scoring =
          new PrefixScoring(
              flows,
              batch -> verdict.distances(scorer.score(batch)),
              point.threshold(),
              mostPerClass,
              (label, packets, pending) -> {
                context.interruption().check();
                progress.update(() ->
                    "detection delay: %s, first %d packets, %,d flows"
                        .formatted(label, packets, pending));
              });
      for (Tested tested : tested(result.scored())) {
        int[] rows = tested.rows();
        delays.add(
            scoring.measure(
                tested.label(),
                rows,
                Arrays.stream(rows).mapToDouble(r -> distances[r]).toArray()));
      }
    }
    return DelayFigures.of(
        new DetectionDelay(point.thresholdFrom(), point.threshold(), mostPerClass, delays));
  }

  /** Tested flows of a class. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Tested(String label, int[] rows) {}

  /**
   * The benign flows first, then each attack class. Attacks may be called as benign flows usually
   * are; the benign ones have another name then.
   */
  private static List<Tested> tested(ScoredDataset scored) {
    Map<String, int[]> attacks = scored.testedAttacks();
    List<Tested> classes = new ArrayList<>();
    classes.add(new Tested(BenignName.beside(attacks.keySet()), scored.tested(true)));
    attacks.forEach((label, rows) -> classes.add(new Tested(label, rows)));
    return classes;
  }
}
