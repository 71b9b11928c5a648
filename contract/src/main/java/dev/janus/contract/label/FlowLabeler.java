package dev.janus.contract.label;

import dev.janus.contract.flow.Flow;

/** Gives flows their labels. Asked once for each flow, in the order of flow ids. */
@FunctionalInterface
public interface FlowLabeler {
  /** Label of a flow; never blank. */
  String label(Flow flow);
}
