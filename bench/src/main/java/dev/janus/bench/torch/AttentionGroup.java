package dev.janus.bench.torch;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import java.util.List;
import java.util.Map;

/** Causal attention alone, forward and backward, on one thread. */
public final class AttentionGroup implements Group {
  private static final String ROW =
      "causal attention forward + backward, 128 x 4 heads, T 65, width 32";
  private static final String UNIT = "ms";
  private static final double TOLERANCE = 1e-3;
  private static final Bar BAR = Bar.ratioAtLeast(2.5);

  @Override
  public String name() {
    return "attention";
  }

  @Override
  public String summary() {
    return "causal attention forward and backward against libtorch's fused kernel";
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
    measurement.withPeer(
        new Measurement.MissingPeer(TorchRuntime.NAME, ROW, UNIT, BAR),
        () -> measurement.add(row(measurement)));
  }

  private static Row row(Measurement measurement) {
    TorchRuntime.setThreads(1);
    EngineAttention ours = new EngineAttention(KernelSelection.best());
    TorchAttention peer = new TorchAttention(ours.qkv(), ours.outputGradient());
    ours.run();
    peer.run();
    Agreement.require("attention", ours.output(), peer.output(), TOLERANCE);
    Agreement.require("attention's gradient", ours.gradient(), peer.gradient(), TOLERANCE);
    DuelResult result = Duel.between(ours, peer, measurement.effort().step());
    return Row.against(
        peer.name(),
        ROW,
        UNIT,
        result.oursNanos() / 1e6,
        result.peerNanos() / 1e6,
        result.ratio(),
        BAR);
  }
}
