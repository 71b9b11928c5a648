package dev.janus.bench.step;

import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.ModelConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cost of a training step per token, over sizes of the batch and of its flows; one thread. */
public final class ScalingGroup implements Group {
  private static final int[] BATCHES = {32, 64, 128, 256, 512, 1024};
  private static final int[] LENGTHS = {4, 8, 16, 32, 64};
  private static final int[] QUICK_BATCHES = {32, 128, 1024};
  private static final int[] QUICK_LENGTHS = {4, 16, 64};
  private static final int FLOWS = 128;
  private static final double WARM_UP_SECONDS = 0.5;
  private static final double NANOS_PER_MICRO = 1e3;

  @Override
  public String name() {
    return "scaling";
  }

  @Override
  public String summary() {
    return "microseconds per token of a training step, over batch sizes and flow lengths";
  }

  @Override
  public void run(Measurement measurement) {
    microsPerToken(measurement, FlowLengths.dense(FLOWS, FlowLengths.LONGEST + 1));
    List<Double> byBatch = new ArrayList<>();
    for (int flows : measurement.quick() ? QUICK_BATCHES : BATCHES) {
      int[] lengths = FlowLengths.ragged(flows);
      byBatch.add(add(measurement, "training step per token, ragged, B " + flows, lengths));
    }
    List<Double> byLength = new ArrayList<>();
    for (int tokens : measurement.quick() ? QUICK_LENGTHS : LENGTHS) {
      int[] lengths = FlowLengths.dense(FLOWS, tokens);
      byLength.add(add(measurement, "training step per token, B 128, flows of " + tokens, lengths));
    }
    measurement.add(spread("cost per token over batch sizes, most / least", byBatch));
    measurement.add(spread("cost per token over flow lengths, most / least", byLength));
  }

  private static double add(Measurement measurement, String name, int[] lengths) {
    measurement.progress(name);
    double micros = microsPerToken(measurement, lengths);
    measurement.add(Row.alone(name, "us", micros, Bar.NONE));
    return micros;
  }

  private static double microsPerToken(Measurement measurement, int[] lengths) {
    StepBatch batch = StepBatch.of(lengths, ModelConfig.defaults().dModel());
    RareKernels.compile(KernelSelection.best());
    try (NetworkStep step = new NetworkStep(batch, KernelSelection.best(), 1)) {
      Contender work = Contender.of("step", step::train);
      Duel.warmUp(work, WARM_UP_SECONDS);
      double nanos = Duel.alone(work, measurement.effort().operator());
      return nanos / NANOS_PER_MICRO / batch.tokens();
    }
  }

  private static Row spread(String name, List<Double> micros) {
    return Row.alone(name, "ratio", Collections.max(micros) / Collections.min(micros), Bar.NONE);
  }
}
