package dev.janus.bench.step;

import com.sun.management.ThreadMXBean;
import dev.janus.bench.duel.Statistics;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.score.ScoreName;
import dev.janus.score.Scorer;
import dev.janus.score.ScoringConfig;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Bytes allocated by all threads per warm step: what the collector has to clean up. */
public final class AllocationGroup implements Group {
  private static final int THREADS = 2;
  private static final int FLOWS = 128;
  private static final int WARM_UP_STEPS = 40;
  private static final int STEPS = 15;
  private static final double SIGMA = 0.1;
  private static final Bar BAR = Bar.oursAtMost(64 * 1024);
  private static final String UNIT = "bytes";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Override
  public String name() {
    return "allocation";
  }

  @Override
  public String summary() {
    return "bytes allocated per warm training step and scored batch, all threads";
  }

  @Override
  public void run(Measurement measurement) throws IOException {
    measurement.add(
        Row.alone("allocated per training step, network alone, ragged", UNIT, networkStep(), BAR));
    measurement.progress("trainer");
    measurement.add(Row.alone("allocated per trainer step, ragged", UNIT, trainerStep(), BAR));
    measurement.progress("scorer");
    measurement.add(Row.alone("allocated per scored batch of 128", UNIT, scoredBatch(), BAR));
  }

  private double networkStep() {
    StepBatch batch = StepBatch.of(FlowLengths.ragged(FLOWS), ModelConfig.defaults().dModel());
    try (NetworkStep step = new NetworkStep(batch, KernelSelection.best(), THREADS)) {
      return perRun(step::train);
    }
  }

  private double scoredBatch() {
    ModelConfig model = ModelConfig.defaults();
    NormalizedFlows flows = SyntheticFlows.of(FlowLengths.ragged(FLOWS));
    double[] scores = new double[FLOWS * ScoreName.COUNT];
    try (ThreadTeam team = ThreadTeam.ofSize(THREADS)) {
      Scorer scorer =
          new Scorer(
              model,
              new JanusNetwork(model).initialWeights(FlowLengths.SEED),
              ScoringConfig.defaults(SIGMA),
              KernelSelection.best(),
              team);
      return perRun(() -> scorer.score(flows, scores));
    }
  }

  private double perRun(Runnable work) {
    for (int i = 0; i < WARM_UP_STEPS; i++) {
      work.run();
    }
    long[] readings = new long[STEPS + 1];
    readings[0] = threads.getTotalThreadAllocatedBytes();
    for (int i = 1; i <= STEPS; i++) {
      work.run();
      readings[i] = threads.getTotalThreadAllocatedBytes();
    }
    return medianOfDifferences(readings);
  }

  private double trainerStep() throws IOException {
    long[] readings = new long[STEPS + 1];
    TrainerRun.train(
        WARM_UP_STEPS + STEPS + 1,
        THREADS,
        done -> {
          if (done >= WARM_UP_STEPS) {
            readings[done - WARM_UP_STEPS] = threads.getTotalThreadAllocatedBytes();
          }
        });
    return medianOfDifferences(readings);
  }

  /** The median, since a buffer that grows for the longest batch so far is no cost of a step. */
  private static double medianOfDifferences(long[] readings) {
    List<Double> differences = new ArrayList<>();
    for (int i = 1; i < readings.length; i++) {
      differences.add((double) (readings[i] - readings[i - 1]));
    }
    return Statistics.median(differences);
  }
}
