package dev.janus.bench.machine;

import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.Plan;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;

/**
 * Each hot kernel beside the least time this core could take for it: by its arithmetic at the FMA
 * rate, or by its bytes at the bandwidth of the nearest memory level that holds them.
 */
public final class RooflineGroup implements Group {
  private static final double WARM_UP_SECONDS = 0.2;
  private static final double NANOS_PER_MICRO = 1e3;

  @Override
  public String name() {
    return "roofline";
  }

  @Override
  public String summary() {
    return "every hot kernel beside the least time this core could take for it";
  }

  /** It has no peer and no bar. */
  @Override
  public boolean isInQuickMode() {
    return false;
  }

  @Override
  public void run(Measurement measurement) {
    Plan plan = measurement.effort().operator();
    MachineLimits limits = MachineLimits.measure(plan);
    for (OperatorCase operator : OperatorCases.of(KernelSelection.best())) {
      measurement.progress(operator.contender().name());
      Duel.warmUp(operator.contender(), WARM_UP_SECONDS);
      measurement.add(row(operator, Duel.alone(operator.contender(), plan), limits));
    }
  }

  private static Row row(OperatorCase operator, double nanos, MachineLimits limits) {
    MemoryLevel level = MemoryLevel.holding(operator.workingSet());
    double compute = limits.computeNanos(operator.operations());
    double memory = limits.memoryNanos(operator.bytes(), level);
    double bound = Math.max(compute, memory);
    String boundName = compute >= memory ? "bound: arithmetic" : "bound: " + level + " bandwidth";
    return Row.against(
        boundName,
        operator.contender().name(),
        "us",
        nanos / NANOS_PER_MICRO,
        bound / NANOS_PER_MICRO,
        bound / nanos,
        Bar.NONE);
  }
}
