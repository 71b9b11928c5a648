package dev.janus.engine.kernel;

import dev.janus.engine.EngineException;

/**
 * The kernels on the Vector API, bit-identical to {@link ScalarKernels}. One vector width per JVM,
 * that of {@link VectorWidths}. Only {@link KernelSelection} makes it, after a look at the JVM.
 */
final class PanamaKernels implements Kernels {
  private PanamaKernels() {}

  /** The kernels, checked to have the width that was decided on. */
  static PanamaKernels ofWidth(int bits) {
    int loaded = VectorWidths.FLOATS.vectorBitSize();
    if (loaded != bits) {
      throw new EngineException(
          bits
              + "-bit kernels asked for, but this JVM already runs "
              + loaded
              + "-bit ones; set -D"
              + RequestedKernels.PROPERTY
              + " once, on the command line");
    }
    return new PanamaKernels();
  }

  @Override
  public String name() {
    return "vector" + 32 * VectorWidths.WIDTH;
  }

  @Override
  public int packedLength(int k, int n) {
    return PanamaPanels.length(k, n);
  }

  @Override
  public void pack(int k, int n, float[] w, int wo, float[] packed, int po) {
    PanamaPanels.pack(k, n, w, wo, n, packed, po);
  }

  @Override
  public void packTransposed(int k, int n, float[] w, int wo, float[] packed, int po) {
    PanamaPanels.packTransposed(k, n, w, wo, k, packed, po);
  }

  @Override
  public void multiply(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    PanamaProducts.multiply(m, n, k, a, ao, packed, po, c, co);
  }

  @Override
  public void multiplyBias(
      int m,
      int n,
      int k,
      float[] a,
      int ao,
      float[] packed,
      int po,
      float[] bias,
      int bo,
      float[] c,
      int co) {
    PanamaProducts.multiplyBias(m, n, k, a, ao, packed, po, bias, bo, c, co);
  }

  @Override
  public void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    PanamaProducts.multiplyAdd(m, n, k, a, ao, packed, po, c, co);
  }

  @Override
  public int outerScratchLength(int rows, int m, int n) {
    return PanamaProducts.outerScratchLength(rows, m, n);
  }

  @Override
  public void outerAdd(
      int rows,
      int m,
      int n,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] scratch,
      int so) {
    PanamaProducts.outerAdd(rows, m, n, dy, dyo, x, xo, g, go, scratch, so);
  }

  @Override
  public void outerSumAdd(
      int rows,
      int m,
      int n,
      float[] dy,
      int dyo,
      float[] x,
      int xo,
      float[] g,
      int go,
      float[] sum,
      int suo,
      float[] scratch,
      int so) {
    PanamaProducts.outerSumAdd(rows, m, n, dy, dyo, x, xo, g, go, sum, suo, scratch, so);
  }

  @Override
  public void add(int n, float[] x, int xo, float[] y, int yo) {
    PanamaElements.add(n, x, xo, y, yo);
  }

  @Override
  public void scale(int n, float a, float[] x, int xo, float[] y, int yo) {
    PanamaElements.scale(n, a, x, xo, y, yo);
  }

  @Override
  public void scaleAdd(int n, float a, float[] x, int xo, float[] y, int yo) {
    PanamaElements.scaleAdd(n, a, x, xo, y, yo);
  }

  @Override
  public void multiplyElements(
      int n, float[] dy, int dyo, float[] slope, int so, float[] dx, int dxo) {
    PanamaElements.multiplyElements(n, dy, dyo, slope, so, dx, dxo);
  }

  @Override
  public void exp(int n, float[] x, int xo, float[] y, int yo) {
    PanamaActivations.exp(n, x, xo, y, yo);
  }

  @Override
  public void gelu(int n, float[] x, int xo, float[] y, int yo) {
    PanamaActivations.gelu(n, x, xo, y, yo);
  }

  @Override
  public void geluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    PanamaActivations.geluSlope(n, x, xo, y, yo, slope, so);
  }

  @Override
  public void silu(int n, float[] x, int xo, float[] y, int yo) {
    PanamaActivations.silu(n, x, xo, y, yo);
  }

  @Override
  public void siluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    PanamaActivations.siluSlope(n, x, xo, y, yo, slope, so);
  }

  @Override
  public void adaNorm(
      int rows,
      int d,
      float[] x,
      int xo,
      float[] shift,
      int sho,
      float[] scale,
      int sco,
      float[] xhat,
      int xho,
      float[] rstd,
      int ro,
      float[] y,
      int yo) {
    PanamaRows.adaNorm(rows, d, x, xo, shift, sho, scale, sco, xhat, xho, rstd, ro, y, yo);
  }

  @Override
  public void adaNormBackward(
      int rows,
      int d,
      float[] dy,
      int dyo,
      float[] xhat,
      int xho,
      float[] rstd,
      int ro,
      float[] scale,
      int sco,
      float[] dx,
      int dxo,
      float[] dshift,
      int dsho,
      float[] dscale,
      int dsco,
      float[] scratch,
      int so) {
    PanamaRows.adaNormBackward(
        rows, d, dy, dyo, xhat, xho, rstd, ro, scale, sco, dx, dxo, dshift, dsho, dscale, dsco,
        scratch, so);
  }

  @Override
  public void gate(
      int rows,
      int d,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] gate,
      int go,
      float[] out,
      int oo) {
    PanamaRows.gate(rows, d, x, xo, y, yo, gate, go, out, oo);
  }

  @Override
  public void gateBackward(
      int rows,
      int d,
      float[] dout,
      int doo,
      float[] y,
      int yo,
      float[] gate,
      int go,
      float[] dy,
      int dyo,
      float[] dgate,
      int dgo) {
    PanamaRows.gateBackward(rows, d, dout, doo, y, yo, gate, go, dy, dyo, dgate, dgo);
  }

  @Override
  public int attentionSavedLength(int rows, int heads) {
    return PanamaAttention.savedLength(rows, heads);
  }

  @Override
  public int attentionScratchLength(int rows, int heads, int width) {
    return PanamaAttention.scratchLength(rows, heads, width);
  }

  @Override
  public void attention(
      int rows,
      int heads,
      int width,
      AttentionMask mask,
      float[] qkv,
      int qo,
      float[] saved,
      int so,
      float[] out,
      int oo,
      float[] scratch,
      int sco) {
    PanamaAttention.attention(rows, heads, width, mask, qkv, qo, saved, so, out, oo, scratch, sco);
  }

  @Override
  public void attentionBackward(
      int rows,
      int heads,
      int width,
      AttentionMask mask,
      float[] qkv,
      int qo,
      float[] saved,
      int so,
      float[] dout,
      int doo,
      float[] dqkv,
      int dqo,
      float[] scratch,
      int sco) {
    PanamaAttention.attentionBackward(
        rows, heads, width, mask, qkv, qo, saved, so, dout, doo, dqkv, dqo, scratch, sco);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    return ScalarReductions.sumOfSquares(n, x, xo);
  }

  @Override
  public void adamW(
      int n, AdamWStep step, float[] w, float[] g, float[] m, float[] v, float[] ema, int offset) {
    PanamaOptimizer.adamW(n, step, w, g, m, v, ema, offset);
  }
}
