package dev.janus.bench.torch;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Clock;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.duel.Plan;
import dev.janus.bench.step.NetworkStep;
import dev.janus.bench.step.RareKernels;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import java.util.List;

/** Training steps of one batch, ours against libtorch. */
final class StepComparison {
  private static final String UNIT = "ms";

  /** Largest difference of a gradient, relative to the root mean square of all gradients. */
  private static final double TOLERANCE = 2e-3;

  private final Measurement measurement;
  private final StepBatch batch;
  private final TorchSetting setting;
  private final Kernels kernels = KernelSelection.best();
  private final JanusNetwork network = new JanusNetwork(ModelConfig.defaults());

  StepComparison(Measurement measurement, StepBatch batch, TorchSetting setting) {
    this.measurement = measurement;
    this.batch = batch;
    this.setting = setting;
  }

  /**
   * Compares gradients, then times whole steps.
   *
   * @param plainBar what is to be reached against plain libtorch
   */
  void train(String name, int threads, List<Batches.Cut> cuts, Bar plainBar) throws Exception {
    Bar bar = setting.bar(plainBar);
    String rowName = name + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
    measurement.progress(rowName);
    measurement.withPeer(
        new Measurement.MissingPeer(setting.peerName(), rowName, UNIT, bar),
        () -> measurement.add(row(rowName, threads, cuts, bar)));
  }

  private Row row(String rowName, int threads, List<Batches.Cut> cuts, Bar bar) {
    TorchRuntime.setThreads(threads);
    List<PaddedBatch> parts =
        cuts.stream().map(cut -> PaddedBatch.of(batch, cut.flows(), cut.tokens())).toList();
    try (NetworkStep ours = new NetworkStep(batch, kernels, threads)) {
      float[] weights = ours.weights().clone();
      Agreement.require(
          "gradients of " + rowName,
          ours.gradients(),
          training(weights, GeluForm.TANH, parts).gradients(),
          TOLERANCE);
      RareKernels.compile(kernels);
      DuelResult result =
          Duel.between(
              Contender.of(kernels.name(), ours::train),
              training(weights, GeluForm.ERF, parts),
              plan(threads));
      return Row.against(
          setting.peerName(),
          rowName,
          UNIT,
          result.oursNanos() / 1e6,
          result.peerNanos() / 1e6,
          result.ratio(),
          bar);
    }
  }

  private TorchTraining training(float[] weights, GeluForm gelu, List<PaddedBatch> parts) {
    TorchParameters parameters = new TorchParameters(network, weights);
    TorchNetwork peer =
        new TorchNetwork(network.config(), parameters, new EagerLinears(parameters, gelu));
    return new TorchTraining(peer, parameters, new FusedAdamW(parameters), parts);
  }

  private Plan plan(int threads) {
    Clock clock = threads == 1 ? Clock.THREAD_CPU : Clock.WALL;
    return setting.plan(measurement.effort().step()).with(clock);
  }
}
