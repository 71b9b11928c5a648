package dev.janus.cli;

import dev.janus.contract.label.LabelJoinReport;
import dev.janus.contract.label.OffsetAdvice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A join of flows with label rows as JSON, the same in every file that tells of one. */
final class LabelJoinJson {
  private LabelJoinJson() {}

  /** How well flows and rows fitted, in all and by capture. */
  static Map<String, Object> of(LabelJoinReport join) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time_offset", join.offset().toString());
    json.put("flows", join.flows());
    json.put("matched", join.matched());
    json.put("hit_rate", join.hitRate());
    json.put("rows", join.rows());
    json.put("unused_rows", join.unusedRows());
    json.put("ambiguous", join.ambiguous());
    json.put("shared", join.shared());
    List<Map<String, Object>> captures = new ArrayList<>();
    for (LabelJoinReport.CaptureHits hits : join.captures()) {
      Map<String, Object> capture = new LinkedHashMap<>();
      capture.put("capture", hits.capture());
      capture.put("flows", hits.flows());
      capture.put("matched", hits.matched());
      capture.put("hit_rate", hits.hitRate());
      captures.add(capture);
    }
    json.put("captures", captures);
    return json;
  }

  /** Which time offset would fit better. */
  static Map<String, Object> of(OffsetAdvice advice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("time_offset", advice.best().toString());
    json.put("hit_rate", advice.bestHitRate());
    json.put("present_hit_rate", advice.presentHitRate());
    return json;
  }
}
