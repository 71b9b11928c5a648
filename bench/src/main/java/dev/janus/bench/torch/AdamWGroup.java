package dev.janus.bench.torch;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;

/**
 * The optimiser step over the network's parameters on one thread. Ours also keeps the moving
 * average of the weights, which the peers do not.
 */
public final class AdamWGroup implements Group {
  private static final String ROW = "AdamW step, 1.27 M parameters";
  private static final String UNIT = "ms";
  private static final double TOLERANCE = 1e-4;
  private static final int COMPARED_STEPS = 3;

  @Override
  public String name() {
    return "adamw";
  }

  @Override
  public String summary() {
    return "optimiser step against libtorch's fused kernel and its C++ optimiser";
  }

  @Override
  public List<String> jvmOptions() {
    return TorchRuntime.JVM_OPTIONS;
  }

  @Override
  public Map<String, String> environment() {
    return TorchSetting.PLAIN.environment();
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    row(measurement, TorchRuntime.NAME + " (torch::optim::AdamW)", LibraryAdamW::new);
    row(measurement, TorchRuntime.NAME + " (_fused_adamw_)", FusedAdamW::new);
  }

  private static void row(
      Measurement measurement, String peerName, Function<TorchParameters, TorchOptimizer> peer)
      throws Exception {
    measurement.withPeer(
        new Measurement.MissingPeer(peerName, ROW, UNIT, Bar.NONE),
        () -> {
          DuelResult result = duel(measurement, peerName, peer);
          measurement.add(
              Row.against(
                  peerName,
                  ROW,
                  UNIT,
                  result.oursNanos() / 1e6,
                  result.peerNanos() / 1e6,
                  result.ratio(),
                  Bar.NONE));
        });
  }

  private static DuelResult duel(
      Measurement measurement, String peerName, Function<TorchParameters, TorchOptimizer> form) {
    TorchRuntime.setThreads(1);
    JanusNetwork network = new JanusNetwork(ModelConfig.defaults());
    try (EngineAdamW ours = new EngineAdamW(KernelSelection.best(), network.layout().length())) {
      TorchParameters parameters = new TorchParameters(network, ours.weights());
      parameters.setGradients(ours.gradients());
      TorchOptimizer optimizer = form.apply(parameters);
      Contender peer =
          Contender.of(
              peerName,
              () -> {
                try (PointerScope scope = new PointerScope()) {
                  optimizer.step();
                }
              });
      for (int step = 0; step < COMPARED_STEPS; step++) {
        ours.run();
        peer.run();
      }
      Agreement.require("weights of " + peerName, ours.weights(), parameters.values(), TOLERANCE);
      return Duel.between(ours, peer, measurement.effort().operator());
    }
  }
}
