package dev.janus.engine.kernel;

import java.util.Arrays;

/** Calls every kernel, at shapes that take every path of the tiles. */
final class EveryKernel {
  private static final int HEADS = 4;
  private static final int[] OUTPUTS = {3, 6, 20};

  private final Kernels kernels;
  private final int rows;
  private final int width;
  private final int d;
  private final int[] flows;
  private final float[] x;
  private final float[] y;
  private final float[] z;
  private final float[] w;
  private final float[] b;
  private final float[] gBias;
  private final float[] qkv;
  private final float[] dqkv;
  private final float[] g;
  private final float[] rstd;
  private final float[] packed;
  private final float[] saved;
  private final float[] scratch;
  private final float[] outerScratch;
  private final float[] m;
  private final float[] v;
  private final float[] ema;
  private final AdamWStep step = new AdamWStep(1f, 0.9999f, 0.9f, 0.999f, 1e-3f, 1f, 1e-8f, 0.9f);
  private final double[] norm = new double[1];

  /**
   * @param rows tokens of the longest flow
   * @param width width of a head, at least 5
   */
  EveryKernel(Kernels kernels, int rows, int width) {
    this.kernels = kernels;
    this.rows = rows;
    this.width = width;
    d = HEADS * width;
    flows = new int[] {2, Math.min(12, rows), Math.min(20, rows), rows};
    RandomFloats random = new RandomFloats(1);
    x = random.normals(rows * d);
    y = random.normals(rows * d);
    z = random.normals(rows * d);
    w = random.normals(d * 3 * d, 0.1f);
    b = random.normals(3 * d);
    gBias = new float[3 * d];
    qkv = new float[rows * 3 * d];
    dqkv = new float[rows * 3 * d];
    g = new float[d * 3 * d];
    rstd = new float[rows];
    m = new float[rows * d];
    v = new float[rows * d];
    ema = new float[rows * d];
    packed = new float[kernels.packedLength(d, 3 * d)];
    saved = new float[kernels.attentionSavedLength(rows, HEADS)];
    scratch = new float[Math.max(d, kernels.attentionScratchLength(rows, HEADS, width))];
    outerScratch = new float[kernels.outerScratchLength(rows, 3 * d, 3 * d)];
  }

  void run() {
    products();
    for (int flow : flows) {
      kernels.attention(
          flow, HEADS, width, AttentionMask.CAUSAL, qkv, 0, saved, 0, y, 0, scratch, 0);
      kernels.attentionBackward(
          flow, HEADS, width, AttentionMask.CAUSAL, qkv, 0, saved, 0, x, 0, dqkv, 0, scratch, 0);
    }
    kernels.adaNorm(rows, d, x, 0, b, 0, b, d, z, 0, rstd, 0, y, 0);
    kernels.adaNormBackward(
        rows, d, x, 0, z, 0, rstd, 0, b, 0, y, 0, gBias, 0, gBias, d, scratch, 0);
    kernels.gate(rows, d, x, 0, y, 0, b, 0, z, 0);
    kernels.gateBackward(rows, d, x, 0, y, 0, b, 0, z, 0, gBias, 0);
    elements();
    norm[0] += kernels.sumOfSquares(rows * d, x, 0);
    kernels.adamW(rows * d, step, y, x, m, v, ema, 0);
  }

  /** Hash of everything the runs so far have computed and not overwritten. */
  int hash() {
    int hash = Double.hashCode(norm[0]);
    for (float[] array : new float[][] {y, z, gBias, qkv, dqkv, g, rstd, m, v, ema}) {
      hash = 31 * hash + Arrays.hashCode(array);
    }
    return hash;
  }

  private void products() {
    for (int n : OUTPUTS) {
      kernels.packTransposed(d, n, w, 0, packed, 0);
      kernels.multiplyBias(rows, n, d, x, 0, packed, 0, b, 0, qkv, 0);
      kernels.outerAdd(rows, n, d, qkv, 0, x, 0, g, 0, outerScratch, 0);
      kernels.outerAdd(rows, d, n, x, 0, qkv, 0, g, 0, outerScratch, 0);
    }
    kernels.pack(d, 3 * d, w, 0, packed, 0);
    kernels.multiply(rows, 3 * d, d, x, 0, packed, 0, qkv, 0);
    kernels.packTransposed(d, 3 * d, w, 0, packed, 0);
    kernels.multiplyBias(rows, 3 * d, d, x, 0, packed, 0, b, 0, qkv, 0);
    kernels.multiplyAdd(rows, 3 * d, d, x, 0, packed, 0, qkv, 0);
    kernels.outerSumAdd(rows, 3 * d, d, qkv, 0, x, 0, g, 0, gBias, 0, outerScratch, 0);
  }

  private void elements() {
    int n = rows * d - 3;
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
