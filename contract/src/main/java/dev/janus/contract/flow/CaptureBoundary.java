package dev.janus.contract.flow;

/** What the end of a capture file means for the flows that are open there. */
public enum CaptureBoundary {
  /** They end: each file is a capture of its own. */
  ENDS_FLOWS,
  /** They go on: the files are consecutive pieces of one capture. */
  KEEPS_FLOWS
}
