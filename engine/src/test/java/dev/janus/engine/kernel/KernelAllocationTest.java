package dev.janus.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Warm kernels allocate nothing. A boxed vector, the usual sign of a helper that was not inlined,
 * shows here as megabytes.
 */
class KernelAllocationTest {
  private static final int ROWS = 20;
  private static final int HEADS = 4;
  private static final int WIDTH = 32;
  private static final int D = HEADS * WIDTH;
  private static final int ROUNDS_MEASURED = 50;
  private static final long BYTES_PER_ROUND = 64;
  private static final int MOST_WARM_UPS = 200;

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void warmKernelsAllocateNothing(Kernels kernels) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    Workload workload = new Workload(kernels);
    long allocated = Long.MAX_VALUE;
    // Compilation ends at no fixed moment: try again until it has.
    for (int i = 0; i < MOST_WARM_UPS && allocated > BYTES_PER_ROUND * ROUNDS_MEASURED; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS_MEASURED; round++) {
        workload.run();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated / ROUNDS_MEASURED)
        .as("bytes per round of %s", kernels.name())
        .isLessThanOrEqualTo(BYTES_PER_ROUND);
  }

  /** Every kernel once, at the shapes of a small flow. */
  private static final class Workload {
    private final Kernels kernels;
    private final RandomFloats random = new RandomFloats(1);
    private final float[] x = random.normals(ROWS * D);
    private final float[] y = random.normals(ROWS * D);
    private final float[] z = random.normals(ROWS * D);
    private final float[] w = random.normals(D * 3 * D, 0.1f);
    private final float[] b = random.normals(3 * D);
    private final float[] gBias = new float[3 * D];
    private final float[] qkv = new float[ROWS * 3 * D];
    private final float[] dqkv = new float[ROWS * 3 * D];
    private final float[] g = new float[D * 3 * D];
    private final float[] rstd = new float[ROWS];
    private final float[] packed;
    private final float[] saved;
    private final float[] scratch;
    private final float[] outerScratch;
    private final float[] m = new float[ROWS * D];
    private final float[] v = new float[ROWS * D];
    private final float[] ema = new float[ROWS * D];
    private final AdamWStep step = new AdamWStep(1f, 0.9999f, 0.9f, 0.999f, 1e-3f, 1f, 1e-8f, 0.9f);
    private final double[] norm = new double[1];

    Workload(Kernels kernels) {
      this.kernels = kernels;
      packed = new float[kernels.packedLength(D, 3 * D)];
      saved = new float[kernels.attentionSavedLength(ROWS, HEADS)];
      scratch = new float[Math.max(D, kernels.attentionScratchLength(ROWS, HEADS, WIDTH))];
      outerScratch = new float[kernels.outerScratchLength(ROWS, 3 * D, D)];
    }

    void run() {
      products();
      kernels.attention(
          ROWS, HEADS, WIDTH, AttentionMask.CAUSAL, qkv, 0, saved, 0, y, 0, scratch, 0);
      kernels.attentionBackward(
          ROWS, HEADS, WIDTH, AttentionMask.CAUSAL, qkv, 0, saved, 0, x, 0, dqkv, 0, scratch, 0);
      kernels.adaNorm(ROWS, D, x, 0, b, 0, b, D, z, 0, rstd, 0, y, 0);
      kernels.adaNormBackward(
          ROWS, D, x, 0, z, 0, rstd, 0, b, 0, y, 0, gBias, 0, gBias, D, scratch, 0);
      kernels.gate(ROWS, D, x, 0, y, 0, b, 0, z, 0);
      kernels.gateBackward(ROWS, D, x, 0, y, 0, b, 0, z, 0, gBias, 0);
      elements();
      norm[0] += kernels.sumOfSquares(ROWS * D, x, 0);
      kernels.adamW(ROWS * D, step, y, x, m, v, ema, 0);
    }

    private void products() {
      kernels.pack(D, 3 * D, w, 0, packed, 0);
      kernels.packTransposed(D, 3 * D, w, 0, packed, 0);
      kernels.multiply(ROWS, 3 * D, D, x, 0, packed, 0, qkv, 0);
      kernels.multiplyBias(ROWS, 3 * D, D, x, 0, packed, 0, b, 0, qkv, 0);
      kernels.multiplyAdd(ROWS, 3 * D, D, x, 0, packed, 0, qkv, 0);
      kernels.outerAdd(ROWS, 3 * D, D, qkv, 0, x, 0, g, 0, outerScratch, 0);
      kernels.sumRowsAdd(ROWS, 3 * D, qkv, 0, gBias, 0);
    }

    private void elements() {
      int n = ROWS * D - 3;
      kernels.exp(n, x, 0, z, 0);
      kernels.gelu(n, x, 0, z, 0);
      kernels.geluSlope(n, x, 0, z, 0, y, 0);
      kernels.silu(n, x, 0, z, 0);
      kernels.siluSlope(n, x, 0, z, 0, y, 0);
      kernels.add(n, x, 0, z, 0);
      kernels.scale(n, 0.5f, x, 0, z, 0);
      kernels.scaleAdd(n, 0.5f, x, 0, z, 0);
      kernels.multiplyElements(n, x, 0, y, 0, z, 0);
    }
  }
}
