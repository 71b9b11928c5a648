package dev.janus.bench.product;

import dev.janus.bench.duel.Clock;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.Plan;
import dev.janus.bench.duel.Statistics;
import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.NetworkStep;
import dev.janus.bench.step.StepBatch;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;

/** Main class of a JVM of any kind: says how fast the kernels are that this JVM chooses. */
final class ScalarProbe {
  private static final Plan PLAN = new Plan(Clock.THREAD_CPU, 0.15, 2, 0, 0.15, 3, 99);
  private static final int FLOWS = 32;

  private ScalarProbe() {}

  /** Prints one line: name of the kernels, GF/s of the product, milliseconds of a step. */
  public static void main(String[] args) {
    Kernels kernels = KernelSelection.best();
    List<Double> gflops = new ArrayList<>();
    for (Shape shape : Shape.model(520)) {
      EngineProduct product = new EngineProduct(kernels, Problem.of(Operation.FORWARD, shape));
      gflops.add(shape.flops() / Duel.alone(product, PLAN));
    }
    StepBatch batch = StepBatch.of(FlowLengths.ragged(FLOWS), ModelConfig.defaults().dModel());
    try (NetworkStep step = new NetworkStep(batch, kernels, 1)) {
      Contender work = Contender.of("step", step::train);
      Duel.warmUp(work, 0.5);
      System.out.println(
          ProbeResult.line(
              kernels.name(), Statistics.geometricMean(gflops), Duel.alone(work, PLAN) / 1e6));
    }
  }
}
