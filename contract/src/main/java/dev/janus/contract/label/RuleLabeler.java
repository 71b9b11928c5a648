package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.packet.PacketChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Labels flows by rules and counts what each rule did. A flow that is first seen with the answer to
 * its beginning, a SYN with ACK, is looked at from the end that asked. Not thread-safe.
 */
public final class RuleLabeler implements FlowLabeler {
  private final RuleSet set;
  private final LabelRules labels;
  private final FlowFacts facts = new FlowFacts();
  private final long[] fitted;
  private final long[] decided;

  /** Flows by the number of the overwritten rule times the number of rules plus the later one. */
  private final Map<Integer, Long> overwritten = new HashMap<>();

  private long flows;
  private long firstMicros = Long.MAX_VALUE;
  private long lastMicros = Long.MIN_VALUE;
  private long untouched;
  private long estimated;

  public RuleLabeler(RuleSet set, LabelRules labels) {
    this.set = set;
    this.labels = labels;
    this.fitted = new long[set.rules().size()];
    this.decided = new long[set.rules().size()];
  }

  /** The label of the last rule that fits, or benign. */
  @Override
  public String label(Flow flow) {
    flows++;
    firstMicros = Math.min(firstMicros, flow.startMicros());
    lastMicros = Math.max(lastMicros, flow.startMicros());
    int last = -1;
    String label = LabelRules.BENIGN;
    boolean read = false;
    boolean estimate = false;
    boolean turned = beginsWithAnswer(flow);
    FlowTuple tuple = turned ? reversed(flow.tuple()) : flow.tuple();
    for (int i = 0; i < set.rules().size(); i++) {
      WindowRule rule = set.rules().get(i);
      if (!rule.covers(flow.startMicros()) || !rule.selects(tuple)) {
        continue;
      }
      if (!read) {
        facts.read(flow, turned ? 1 : 0);
        read = true;
      }
      estimate |= rule.asksForEstimates() && facts.estimated();
      if (!rule.allows(facts)) {
        continue;
      }
      fitted[i]++;
      String next = labels.normalise(rule.label(facts));
      if (last >= 0 && !next.equals(label)) {
        overwritten.merge(last * set.rules().size() + i, 1L, Long::sum);
      }
      last = i;
      label = next;
    }
    estimated += estimate ? 1 : 0;
    if (last < 0) {
      untouched++;
    } else {
      decided[last]++;
    }
    return label;
  }

  /** Whether the initiator of the flow is the one that answered. */
  private static boolean beginsWithAnswer(Flow flow) {
    return flow.start() == FlowStart.SYN_ACK && flow.tokens()[PacketChannel.DIRECTION.index()] == 0;
  }

  private static FlowTuple reversed(FlowTuple tuple) {
    return new FlowTuple(
        tuple.responder(),
        tuple.responderPort(),
        tuple.initiator(),
        tuple.initiatorPort(),
        tuple.protocol());
  }

  /** What was counted up to now. */
  public RuleReport report() {
    List<RuleReport.RuleHits> hits = new ArrayList<>();
    for (int i = 0; i < fitted.length; i++) {
      hits.add(new RuleReport.RuleHits(i + 1, set.rules().get(i).label(), fitted[i], decided[i]));
    }
    List<RuleReport.Overlap> overlaps = new ArrayList<>();
    overwritten.forEach((pair, count) ->
        overlaps.add(
            new RuleReport.Overlap(pair / fitted.length + 1, pair % fitted.length + 1, count)));
    overlaps.sort(
        Comparator.comparingInt(RuleReport.Overlap::earlier)
            .thenComparingInt(RuleReport.Overlap::later));
    return new RuleReport(
        set.source(),
        set.sha256(),
        flows,
        untouched,
        estimated,
        hits,
        window(),
        flows == 0 ? Optional.empty() : Optional.of(new RuleReport.Span(firstMicros, lastMicros)),
        overlaps);
  }

  private RuleReport.Span window() {
    return new RuleReport.Span(
        set.rules().stream().mapToLong(WindowRule::fromMicros).min().orElseThrow(),
        set.rules().stream().mapToLong(WindowRule::toMicros).max().orElseThrow());
  }
}
