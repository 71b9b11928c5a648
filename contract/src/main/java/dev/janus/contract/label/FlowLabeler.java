package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;

/** Gives flows their labels. Asked once for each flow, in the order of flow ids. */
@FunctionalInterface
public interface FlowLabeler {
  /** Label of a flow; never blank. */
  String label(Flow flow);

  /** Gives every flow the same label. */
  static FlowLabeler always(String label) {
    return flow -> label;
  }
}
