package dev.janus.cli.explain;

import dev.janus.contract.artifact.FlowRecord;
import dev.janus.explain.BitPart;
import dev.janus.explain.ChannelPart;
import dev.janus.explain.Evidence;
import dev.janus.explain.FeaturePart;
import dev.janus.explain.FlowExplanation;
import dev.janus.explain.MeasurePart;
import dev.janus.explain.PacketPart;
import dev.janus.explain.ScorePart;
import dev.janus.score.VerdictName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An explained flow as JSON, with every part. */
public final class ExplanationJson {
  private ExplanationJson() {}

  /** One object. */
  public static Map<String, Object> of(ExplainedFlow explained) {
    FlowExplanation explanation = explained.explanation();
    Map<String, Object> json = flow(explained.flow());
    json.put("packets_read", explanation.packets().size());
    json.put(VerdictName.FUSED.label(), explanation.fused());
    json.put(VerdictName.FUSED.pValueLabel(), explanation.fusedPValue());
    json.put("measures", explanation.measures().stream().map(ExplanationJson::measure).toList());
    json.put("leading_measure", explanation.leading().measure().label());
    json.put("d2", explanation.d2());
    json.put("p_value", explanation.pValue());
    json.put(VerdictName.HIDDEN.label(), explanation.hidden());
    json.put(VerdictName.HIDDEN.pValueLabel(), explanation.hiddenPValue());
    json.put("scores", explanation.scores().stream().map(ExplanationJson::score).toList());
    json.put("packet_parts", explanation.packets().stream().map(ExplanationJson::packet).toList());
    json.put(
        "feature_parts", explanation.features().stream().map(ExplanationJson::feature).toList());
    json.put("fused_evidence", evidence(explained.shown(explained.fusedEvidence())));
    json.put("evidence", evidence(explained.shown(explained.evidence())));
    json.put("hidden_evidence", evidence(explained.shown(explained.hiddenEvidence())));
    return json;
  }

  private static Map<String, Object> flow(FlowRecord flow) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("flow_id", flow.flowId());
    json.put("label", flow.label());
    json.put("src_ip", flow.tuple().initiator().toString());
    json.put("src_port", flow.tuple().initiatorPort());
    json.put("dst_ip", flow.tuple().responder().toString());
    json.put("dst_port", flow.tuple().responderPort());
    json.put("protocol", flow.tuple().protocol());
    json.put("start_us", flow.startMicros());
    json.put("end_us", flow.endMicros());
    json.put("capture", flow.capture());
    json.put("packets", flow.packets());
    return json;
  }

  private static Map<String, Object> score(ScorePart score) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", score.name().label());
    json.put("value", score.value());
    json.put("benign_mean", score.benignMean());
    json.put("reference_mean", score.referenceMean());
    json.put("d2", score.d2());
    json.put("oas", score.oas());
    json.put("z", score.z());
    return json;
  }

  private static Map<String, Object> measure(MeasurePart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", part.measure().label());
    json.put("value", part.value());
    json.put("surprise", part.surprise());
    return json;
  }

  private static Map<String, Object> packet(PacketPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("packet", part.number());
    json.put("sender", part.packet().sender().label());
    json.put("size_bytes", part.packet().sizeBytes());
    json.put("iat_us", part.packet().iatMicros());
    json.put("flags", part.packet().flags().stream().map(flag -> flag.label()).toList());
    json.put("window_bytes", part.packet().window());
    json.put(VerdictName.HIDDEN.label(), part.hidden());
    json.put("at_place", part.atPlace());
    json.put("channels", part.channels().stream().map(ExplanationJson::channel).toList());
    json.put("bits", part.bits().stream().map(ExplanationJson::bit).toList());
    return json;
  }

  private static Map<String, Object> channel(ChannelPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", part.channel().label());
    json.put("latent", part.latent());
    json.put("terminal_packet_squared", part.terminalPacket());
    json.put("terminal_norm_squared", part.terminalNorm());
    json.put("d2", part.d2());
    return json;
  }

  private static Map<String, Object> bit(BitPart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("channel", part.channel().label());
    json.put("bit", part.set() ? 1 : 0);
    json.put("probability", part.probability());
    json.put("disc_nll", part.discNll());
    json.put("d2", part.d2());
    return json;
  }

  private static Map<String, Object> feature(FeaturePart part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("feature", part.feature().column());
    json.put("value", part.value());
    json.put("benign_mean", part.benignMean());
    json.put("latent", part.latent());
    json.put("terminal_flow_squared", part.terminalFlow());
    json.put("terminal_norm_squared", part.terminalNorm());
    json.put("d2", part.d2());
    json.put("features", part.distance());
    return json;
  }

  private static List<Map<String, Object>> evidence(List<Evidence> lines) {
    return lines.stream().map(ExplanationJson::evidence).toList();
  }

  private static Map<String, Object> evidence(Evidence evidence) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("part", evidence.part());
    json.put("text", evidence.text());
    return json;
  }
}
