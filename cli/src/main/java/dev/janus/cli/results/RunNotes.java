package dev.janus.cli.results;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code metrics.json} tells beside the figures that every run has.
 *
 * @param splitCaution what the way in which flows were split hides, "" if nothing
 * @param delay how early verdicts fire, if that was measured
 * @param evidence what the verdict on some flows is made of, a line each, by flow
 */
public record RunNotes(
    String splitCaution, Optional<DelayFigures> delay, Map<Integer, List<String>> evidence) {
  public RunNotes {
    evidence = Map.copyOf(evidence);
  }

  /** Key of the caution. */
  public static final String SPLIT_CAUTION = "split_caution";

  /** Key of the evidence. */
  public static final String ALARM_EVIDENCE = "alarm_evidence";

  private static final String FLOW_ID = "flow_id";
  private static final String LINES = "lines";

  /** Key of the delay. */
  public static final String DETECTION_DELAY = "detection_delay";

  /**
   * Reads the notes of a run.
   *
   * @throws dev.janus.cli.terminal.CliException when a note is damaged; names the key
   */
  public static RunNotes read(RunFolder run) {
    Path file = run.path().resolve(EvaluatedRun.METRICS_FILE);
    JsonPart json = JsonPart.read(file);
    return new RunNotes(
        json.text(SPLIT_CAUTION),
        json.find(DETECTION_DELAY).map(DelayFigures::read),
        evidence(json));
  }

  /** Evidence as it lies in the file. */
  public static List<Map<String, Object>> json(Map<Integer, List<String>> evidence) {
    List<Map<String, Object>> json = new ArrayList<>();
    evidence.forEach((flow, lines) -> {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put(FLOW_ID, flow);
      entry.put(LINES, lines);
      json.add(entry);
    });
    return json;
  }

  private static Map<Integer, List<String>> evidence(JsonPart json) {
    Map<Integer, List<String>> evidence = new LinkedHashMap<>();
    for (JsonPart flow : json.find(ALARM_EVIDENCE).map(JsonPart::items).orElse(List.of())) {
      evidence.put(
          (int) Math.round(flow.at(FLOW_ID).number()),
          flow.at(LINES).items().stream().map(line -> String.valueOf(line.value())).toList());
    }
    return evidence;
  }
}
