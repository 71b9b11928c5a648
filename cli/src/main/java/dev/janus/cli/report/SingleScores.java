package dev.janus.cli.report;

import dev.janus.score.Aggregator;
import dev.janus.score.BenignReference;
import dev.janus.score.FlowVerdicts;
import dev.janus.score.FusedMeasure;
import dev.janus.score.JanusModel;
import dev.janus.score.ScoreName;
import dev.janus.score.VerdictName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.IntToDoubleFunction;

/**
 * What stands beside the verdict in an evaluation: the other verdicts, each score that the model
 * computes, each measure and every aggregator of the ten scores, fitted on the model's reference
 * flows.
 */
final class SingleScores {
  private final SequencedMap<String, IntToDoubleFunction> columns = new LinkedHashMap<>();

  /**
   * Of flows that were scored.
   *
   * @param chosen name of the verdict, which is left out
   */
  SingleScores(FlowVerdicts flows, JanusModel model, String chosen) {
    for (VerdictName name : VerdictName.values()) {
      columns.put(name.label(), row -> flows.by(name).distances()[row]);
    }
    for (ScoreName score : ScoreName.computedBy(model.config())) {
      columns.put(score.label(), row -> flows.scores()[row * ScoreName.COUNT + score.ordinal()]);
    }
    for (FusedMeasure measure : FusedMeasure.values()) {
      columns.put(
          measure.label(), row -> flows.measures()[row * FusedMeasure.COUNT + measure.ordinal()]);
    }
    BenignReference reference = model.fused().reference();
    for (Aggregator aggregator : Aggregator.values()) {
      Aggregator.Fitted fitted = reference.fit(aggregator, model.config());
      columns.putIfAbsent(
          aggregator.label(),
          row -> fitted.of(flows.scores(), row * ScoreName.COUNT, flows.strata()[row]));
    }
    columns.remove(chosen);
  }

  /** Names in order. */
  List<String> names() {
    return new ArrayList<>(columns.keySet());
  }

  /** Values of the given flows, {@code [rows, names]}. */
  double[] table(int[] rows) {
    double[] table = new double[rows.length * columns.size()];
    int c = 0;
    for (IntToDoubleFunction column : columns.values()) {
      for (int k = 0; k < rows.length; k++) {
        table[k * columns.size() + c] = column.applyAsDouble(rows[k]);
      }
      c++;
    }
    return table;
  }
}
