package dev.janus.cli;

import dev.janus.cli.dataset.FlowSplit;
import dev.janus.cli.explain.AlarmEvidence;
import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.ScoredDataset;
import dev.janus.cli.results.Alarm;
import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.explain.FlowExplainer;
import dev.janus.score.ChosenVerdict;
import dev.janus.score.JanusModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Explains the few flows that a report shows, so that it needs no model for them. */
final class AlarmExplanation {
  private final CommandContext context;
  private final JanusModel model;
  private final ThreadTeam team;

  AlarmExplanation(CommandContext context, JanusModel model, ThreadTeam team) {
    this.context = context;
    this.model = model;
    this.team = team;
  }

  /**
   * What the verdict on each of these flows is made of, by flow; empty where verdict or model
   * cannot be taken apart.
   */
  Map<Integer, List<String>> of(FlowSource flows, EvaluationResult result) {
    if (!(result.verdict().chosen() instanceof ChosenVerdict.Stored stored)
        || model.config().hasContinuousBits()) {
      return Map.of();
    }
    Map<Integer, List<String>> evidence = new LinkedHashMap<>();
    FlowExplainer explainer = new FlowExplainer(model, team);
    FlowBatch batch = new FlowBatch();
    for (Alarm alarm : alarms(result)) {
      context.interruption().check();
      batch.clear();
      flows.copy(new int[] {alarm.flow()}, 0, 1, batch);
      evidence.put(alarm.flow(), AlarmEvidence.lines(explainer.explain(batch, 0), stored.name()));
    }
    return evidence;
  }

  private static List<Alarm> alarms(EvaluationResult result) {
    ScoredDataset scored = result.scored();
    return Alarm.top(
        scored.split().rows(FlowSplit.Use.TEST),
        scored.tested(true),
        scored.testedAttacks(),
        result.judged().distances());
  }
}
