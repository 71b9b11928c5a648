package dev.janus.contract.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Collects flows until there are enough for handing them to another thread to be cheap. Not
 * thread-safe.
 */
final class FlowBatcher {
  private static final int FLOWS_TOGETHER = 256;

  private final Consumer<List<LabelledFlow>> receiver;
  private List<LabelledFlow> batch = new ArrayList<>(FLOWS_TOGETHER);

  /**
   * @param receiver takes lists that nobody changes any more
   */
  FlowBatcher(Consumer<List<LabelledFlow>> receiver) {
    this.receiver = receiver;
  }

  void add(LabelledFlow flow) {
    batch.add(flow);
    if (batch.size() == FLOWS_TOGETHER) {
      flush();
    }
  }

  /** Hands on what is there. */
  void flush() {
    List<LabelledFlow> together = batch;
    batch = new ArrayList<>(FLOWS_TOGETHER);
    receiver.accept(together);
  }
}
