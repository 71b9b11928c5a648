package dev.janus.bench.torch;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Clock;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.onnx.OnnxForward;
import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.NetworkStep;
import dev.janus.bench.step.RareKernels;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.step.StepOutput;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forward pass against libtorch, and in the plain setting ONNX Runtime too: the faster one is
 * the one to beat.
 */
public final class ForwardGroup extends TorchSettingGroup {
  private static final int FLOWS = 128;
  private static final int THREADS = 2;
  private static final String ROW = "forward, B 128, T 65, 2 threads";
  private static final String UNIT = "ms";
  private static final double TOLERANCE = 1e-3;
  private static final Bar BAR = Bar.ratioAtLeast(1.6);

  public ForwardGroup(TorchSetting setting) {
    super("forward", setting);
  }

  @Override
  public String summary() {
    return setting.described("forward pass, 128 flows of 65 tokens, against libtorch")
        + (setting == TorchSetting.PLAIN ? " and ONNX Runtime" : "");
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    ModelConfig config = ModelConfig.defaults();
    StepBatch batch =
        StepBatch.of(FlowLengths.dense(FLOWS, Batches.LONGEST_TOKENS), config.dModel());
    Kernels kernels = KernelSelection.best();
    Map<String, DuelResult> results = new LinkedHashMap<>();
    try (NetworkStep ours = new NetworkStep(batch, kernels, THREADS)) {
      Contender forward = Contender.of(kernels.name(), ours::forward);
      RareKernels.compile(kernels);
      measurement.withPeer(
          missing(setting.peerName()),
          () -> {
            TorchRuntime.setThreads(THREADS);
            compare(ours.forward(), torch(config, ours.weights(), batch, GeluForm.TANH).outputs());
            TorchForward peer = torch(config, ours.weights(), batch, GeluForm.ERF);
            results.put(setting.peerName(), duel(measurement, forward, peer));
          });
      if (setting == TorchSetting.PLAIN) {
        measurement.withPeer(
            missing(OnnxForward.NAME),
            () -> {
              try (OnnxForward peer = new OnnxForward(config, ours.weights(), batch, THREADS)) {
                compare(ours.forward(), peer.outputs());
                results.put(OnnxForward.NAME, duel(measurement, forward, peer));
              }
            });
      }
    }
    double least = results.values().stream().mapToDouble(DuelResult::ratio).min().orElse(0);
    results.forEach((peer, result) ->
        measurement.add(row(peer, result, result.ratio() == least ? setting.bar(BAR) : Bar.NONE)));
  }

  private DuelResult duel(Measurement measurement, Contender ours, Contender peer) {
    measurement.progress(ROW + " against " + peer.name());
    return Duel.between(ours, peer, setting.plan(measurement.effort().step()).with(Clock.WALL));
  }

  private static Row row(String peer, DuelResult result, Bar bar) {
    return Row.against(
        peer, ROW, UNIT, result.oursNanos() / 1e6, result.peerNanos() / 1e6, result.ratio(), bar);
  }

  private Measurement.MissingPeer missing(String peer) {
    return new Measurement.MissingPeer(peer, ROW, UNIT, setting.bar(BAR));
  }

  private TorchForward torch(ModelConfig config, float[] weights, StepBatch batch, GeluForm gelu) {
    TorchParameters parameters = new TorchParameters(new JanusNetwork(config), weights);
    PaddedInput input = PaddedBatch.of(batch, Batches.LONGEST_TOKENS).input();
    long rows = (long) FLOWS * Batches.LONGEST_TOKENS;
    TorchLinears linears = setting.inference(parameters, gelu, config, rows);
    return new TorchForward(new TorchNetwork(config, parameters, linears), input);
  }

  private static void compare(StepOutput ours, StepOutput peer) {
    Agreement.require("velocities", ours.velocity(), peer.velocity(), TOLERANCE);
    Agreement.require("flow velocities", ours.flowVelocity(), peer.flowVelocity(), TOLERANCE);
    Agreement.require("logits", ours.logits(), peer.logits(), TOLERANCE);
  }
}
