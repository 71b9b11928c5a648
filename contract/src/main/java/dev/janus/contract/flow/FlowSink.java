package dev.janus.contract.flow;

/** Takes finished flows, in the order in which they end (not in {@code flowId} order). */
@FunctionalInterface
public interface FlowSink {
  void accept(Flow flow);
}
