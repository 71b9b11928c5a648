package dev.janus.bench.step;

import dev.janus.bench.duel.Statistics;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.ModelConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The trainer's whole step beside the network's part of it, alternating. */
public final class TrainerGroup implements Group {
  private static final int THREADS = 2;
  private static final int WARM_UP_STEPS = 15;
  private static final int QUICK_STEPS = 15;
  private static final int FULL_STEPS = 45;
  private static final double NANOS_PER_MILLI = 1e6;

  @Override
  public String name() {
    return "trainer";
  }

  @Override
  public String summary() {
    return "the trainer's step with sampling, noise and Sinkhorn beside the bare network step";
  }

  /** It has no peer and no bar. */
  @Override
  public boolean isInQuickMode() {
    return false;
  }

  @Override
  public void run(Measurement measurement) throws IOException {
    int steps = WARM_UP_STEPS + (measurement.quick() ? QUICK_STEPS : FULL_STEPS);
    StepBatch batch = StepBatch.of(FlowLengths.ragged(128), ModelConfig.defaults().dModel());
    List<Double> whole = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    try (NetworkStep network = new NetworkStep(batch, KernelSelection.best(), THREADS)) {
      long[] start = {System.nanoTime()};
      TrainerRun.train(
          steps,
          THREADS,
          done -> {
            long middle = System.nanoTime();
            network.train();
            long end = System.nanoTime();
            if (done > WARM_UP_STEPS) {
              whole.add((middle - start[0]) / NANOS_PER_MILLI);
              bare.add((end - middle) / NANOS_PER_MILLI);
              shares.add((double) (end - middle) / (middle - start[0]));
            }
            start[0] = System.nanoTime();
          });
    }
    measurement.add(
        Row.against(
            "network step alone",
            "trainer step, B 128, ragged, two threads",
            "ms",
            Statistics.median(whole),
            Statistics.median(bare),
            Statistics.median(shares),
            Bar.NONE));
  }
}
