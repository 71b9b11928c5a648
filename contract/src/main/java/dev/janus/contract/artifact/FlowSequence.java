package dev.janus.contract.artifact;

import dev.janus.contract.flow.Flow;

/** All flows of an extraction in the order of their ids, which run from 0 without gaps. */
public interface FlowSequence extends Iterable<Flow> {
  /** Number of flows. */
  long size();
}
