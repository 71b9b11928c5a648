package dev.janus.contract.label;

import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives the later pieces of a conversation that was cut for its age the label of its first piece:
 * they begin where nothing begins, so no row and no window knows their start. Not thread-safe.
 */
public final class ConversationLabeler implements FlowLabeler {
  private final FlowLabeler labeler;

  /** Labels of first pieces that go on, by flow id. */
  private final Map<Long, String> open = new HashMap<>();

  /**
   * @param labeler asked for the first pieces
   */
  public ConversationLabeler(FlowLabeler labeler) {
    this.labeler = labeler;
  }

  @Override
  public String label(Flow flow) {
    String parent = flow.part().number() > 0 ? open.get(flow.part().parentId()) : null;
    if (parent != null) {
      if (flow.endReason() != EndReason.ACTIVE) {
        open.remove(flow.part().parentId());
      }
      return parent;
    }
    String label = labeler.label(flow);
    if (flow.endReason() == EndReason.ACTIVE) {
      open.put(flow.part().parentId(), label);
    }
    return label;
  }
}
