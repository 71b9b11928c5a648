package dev.janus.bench.machine;

import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.duel.Plan;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Group;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.random.CounterRandom;

/** Limits of the machine, and the micro-kernel of products with all operands in the L1 cache. */
public final class PeakGroup implements Group {
  /** Three tiles of rows, one panel of columns: 27 KB with the result. */
  private static final int M = 18;

  private static final int N = 32;
  private static final int K = 128;
  private static final double BAR = 0.95;

  @Override
  public String name() {
    return "peak";
  }

  @Override
  public String summary() {
    return "FMA rate and memory bandwidth of one core; the micro-kernel's share of the peak";
  }

  @Override
  public void run(Measurement measurement) {
    Plan plan = measurement.effort().operator();
    MachineLimits limits = MachineLimits.measure(plan);
    measurement.add(Row.alone("FMA peak, one core", "GF/s", limits.gflops(), Bar.NONE));
    limits.readGbps().forEach((level, gbps) -> measurement.add(bandwidth("read", level, gbps)));
    limits.copyGbps().forEach((level, gbps) -> measurement.add(bandwidth("copy", level, gbps)));
    measurement.add(microKernel(plan));
  }

  private static Row bandwidth(String what, MemoryLevel level, double gbps) {
    String name =
        "memory bandwidth, one core, %s in %s (%d KB)"
            .formatted(what, level, level.testBytes() >> 10);
    return Row.alone(name, "GB/s", gbps, Bar.NONE);
  }

  private static Row microKernel(Plan plan) {
    Kernels kernels = KernelSelection.best();
    float[] a = new float[M * K];
    float[] b = new float[K * N];
    float[] c = new float[M * N];
    CounterRandom.fillNormals(1, a, 0, a.length);
    CounterRandom.fillNormals(2, b, 0, b.length);
    float[] packed = new float[kernels.packedLength(K, N)];
    kernels.pack(K, N, b, 0, packed, 0);
    Contender kernel =
        Contender.of(kernels.name(), () -> kernels.multiply(M, N, K, a, 0, packed, 0, c, 0));
    FmaPeak peak = new FmaPeak();
    Duel.warmUp(kernel, 1);
    DuelResult result = Duel.between(kernel, peak, plan);
    double flops = 2.0 * M * N * K;
    return Row.against(
        "FMA peak",
        "micro-kernel from L1, " + M + "x" + K + "x" + N,
        "GF/s",
        flops / result.oursNanos(),
        peak.flops() / result.peerNanos(),
        result.ratio() * flops / peak.flops(),
        Bar.ratioAtLeast(BAR));
  }
}
