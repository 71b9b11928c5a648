package dev.janus.cli.baseline;

import dev.janus.cli.report.EvaluationJson;
import dev.janus.eval.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One control among others: its figures without the scores behind them.
 *
 * @param control its name
 * @param report the figures; of the control's score
 * @param fitSeconds how long it took to fit
 * @param flowsPerSecond how fast scoring went
 */
public record ControlSummary(
    String control, EvaluationReport report, double fitSeconds, double flowsPerSecond) {
  /** Its line in {@code comparison.json}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("control", control);
    json.putAll(EvaluationJson.json(report.verdict()));
    json.put("fit_seconds", fitSeconds);
    json.put("flows_per_second", flowsPerSecond);
    return json;
  }
}
