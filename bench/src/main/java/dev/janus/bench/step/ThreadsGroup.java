package dev.janus.bench.step;

import dev.janus.bench.duel.Clock;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.ModelConfig;

/** The same step on two threads and on one. */
public final class ThreadsGroup implements Group {
  private static final int FLOWS = 128;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final Bar BAR = Bar.ratioAtLeast(1.85);

  @Override
  public String name() {
    return "threads";
  }

  @Override
  public String summary() {
    return "training step and forward pass on two threads against one";
  }

  @Override
  public void run(Measurement measurement) {
    int[] dense = FlowLengths.dense(FLOWS, FlowLengths.LONGEST + 1);
    int[] ragged = FlowLengths.ragged(FLOWS);
    compare(measurement, "training step, B 128, T 65 dense", dense, NetworkStep::train, BAR);
    if (!measurement.quick()) {
      compare(measurement, "training step, B 128, ragged", ragged, NetworkStep::train, Bar.NONE);
      compare(measurement, "forward, B 128, T 65 dense", dense, NetworkStep::forward, Bar.NONE);
    }
  }

  /** What is done with a step. */
  private interface Work {
    void run(NetworkStep step);
  }

  private static void compare(
      Measurement measurement, String name, int[] lengths, Work work, Bar bar) {
    measurement.progress(name);
    StepBatch batch = StepBatch.of(lengths, ModelConfig.defaults().dModel());
    RareKernels.compile(KernelSelection.best());
    try (NetworkStep two = new NetworkStep(batch, KernelSelection.best(), 2);
        NetworkStep one = new NetworkStep(batch, KernelSelection.best(), 1)) {
      DuelResult result =
          Duel.between(
              Contender.of("two threads", () -> work.run(two)),
              Contender.of("one thread", () -> work.run(one)),
              measurement.effort().step().with(Clock.WALL));
      measurement.add(
          Row.against(
              "one thread",
              name + ", two threads",
              "ms",
              result.oursNanos() / NANOS_PER_MILLI,
              result.peerNanos() / NANOS_PER_MILLI,
              result.ratio(),
              bar));
    }
  }
}
