package dev.janus.cli;

import dev.janus.cli.report.DelayTables;
import dev.janus.cli.report.EvaluationResult;
import dev.janus.cli.report.EvaluationTables;
import dev.janus.cli.results.DelayFigures;
import dev.janus.cli.results.RunNotes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An evaluation with what is told beside its figures.
 *
 * @param result the figures
 * @param delay how early verdicts fire, if that was measured
 * @param evidence what the verdict on the flows that a report shows is made of, by flow
 */
record EvaluationOutcome(
    EvaluationResult result, Optional<DelayFigures> delay, Map<Integer, List<String>> evidence) {
  /** The content of {@code metrics.json}. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>(result.json());
    caution().ifPresent(caution -> json.put(RunNotes.SPLIT_CAUTION, caution));
    delay.ifPresent(figures -> json.put(RunNotes.DETECTION_DELAY, figures.json()));
    if (!evidence.isEmpty()) {
      json.put(RunNotes.ALARM_EVIDENCE, RunNotes.json(evidence));
    }
    return json;
  }

  /** The whole evaluation as lines of text. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(EvaluationTables.lines(result));
    delay.ifPresent(figures -> {
      lines.add("");
      lines.addAll(DelayTables.classes(figures).lines());
      lines.add(DelayTables.words(figures));
    });
    caution()
        .ifPresent(caution -> {
          lines.add("");
          lines.add(caution);
        });
    return lines;
  }

  private Optional<String> caution() {
    return result.scored().split().caution();
  }
}
