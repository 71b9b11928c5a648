package dev.janus.engine.kernel;

import java.util.Arrays;

/**
 * The kernels in plain Java: the reference that defines the bits, and the twin for JVMs without the
 * Vector API and for short-lived processes. Each thread keeps a workspace of 84 KiB.
 */
public final class ScalarKernels implements Kernels {
  /** The only instance; safe for use by any number of threads. */
  public static final ScalarKernels INSTANCE = new ScalarKernels();

  private final ThreadLocal<float[][]> spaces = ThreadLocal.withInitial(ScalarWorkspace::allocate);

  private ScalarKernels() {}

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public int packedLength(int k, int n) {
    return k * n;
  }

  @Override
  public void pack(int k, int n, float[] w, int wo, float[] packed, int po) {
    System.arraycopy(w, wo, packed, po, k * n);
  }

  @Override
  public void packTransposed(int k, int n, float[] w, int wo, float[] packed, int po) {
    ScalarProducts.packTransposed(k, n, w, wo, packed, po);
  }

  @Override
  public void multiply(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    Arrays.fill(c, co, co + m * n, 0f);
    ScalarProducts.accumulate(spaces.get(), m, n, k, a, ao, k, 1, packed, po, n, 1, c, co, n);
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
    for (int i = 0; i < m; i++) {
      System.arraycopy(bias, bo, c, co + i * n, n);
    }
    ScalarProducts.accumulate(spaces.get(), m, n, k, a, ao, k, 1, packed, po, n, 1, c, co, n);
  }

  @Override
  public void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co) {
    ScalarProducts.accumulate(spaces.get(), m, n, k, a, ao, k, 1, packed, po, n, 1, c, co, n);
  }

  @Override
  public int outerScratchLength(int rows, int m, int n) {
    return 0;
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
    ScalarProducts.accumulate(spaces.get(), m, n, rows, dy, dyo, 1, m, x, xo, n, 1, g, go, n);
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
    ScalarRows.sumRowsAdd(rows, m, dy, dyo, sum, suo);
    outerAdd(rows, m, n, dy, dyo, x, xo, g, go, scratch, so);
  }

  @Override
  public void add(int n, float[] x, int xo, float[] y, int yo) {
    ScalarElements.add(n, x, xo, y, yo);
  }

  @Override
  public void scale(int n, float a, float[] x, int xo, float[] y, int yo) {
    ScalarElements.scale(n, a, x, xo, y, yo);
  }

  @Override
  public void scaleAdd(int n, float a, float[] x, int xo, float[] y, int yo) {
    ScalarElements.scaleAdd(n, a, x, xo, y, yo);
  }

  @Override
  public void multiplyElements(
      int n, float[] dy, int dyo, float[] slope, int so, float[] dx, int dxo) {
    ScalarElements.multiplyElements(n, dy, dyo, slope, so, dx, dxo);
  }

  @Override
  public void exp(int n, float[] x, int xo, float[] y, int yo) {
    ScalarActivations.exp(spaces.get(), n, x, xo, y, yo);
  }

  @Override
  public void gelu(int n, float[] x, int xo, float[] y, int yo) {
    ScalarActivations.gelu(spaces.get(), n, x, xo, y, yo);
  }

  @Override
  public void geluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    ScalarActivations.geluSlope(spaces.get(), n, x, xo, y, yo, slope, so);
  }

  @Override
  public void silu(int n, float[] x, int xo, float[] y, int yo) {
    ScalarActivations.silu(spaces.get(), n, x, xo, y, yo);
  }

  @Override
  public void siluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so) {
    ScalarActivations.siluSlope(spaces.get(), n, x, xo, y, yo, slope, so);
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
    ScalarRows.adaNorm(rows, d, x, xo, shift, sho, scale, sco, xhat, xho, rstd, ro, y, yo);
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
    ScalarRows.adaNormBackward(
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
    ScalarRows.gate(rows, d, x, xo, y, yo, gate, go, out, oo);
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
    ScalarRows.gateBackward(rows, d, dout, doo, y, yo, gate, go, dy, dyo, dgate, dgo);
  }

  @Override
  public int attentionSavedLength(int rows, int heads) {
    return heads * rows * rows;
  }

  @Override
  public int attentionScratchLength(int rows, int heads, int width) {
    return rows * rows;
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
    ScalarAttention.attention(spaces.get(), rows, heads, width, mask, qkv, qo, saved, so, out, oo);
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
    ScalarAttention.attentionBackward(
        spaces.get(),
        rows,
        heads,
        width,
        mask,
        qkv,
        qo,
        saved,
        so,
        dout,
        doo,
        dqkv,
        dqo,
        scratch,
        sco);
  }

  @Override
  public double sumOfSquares(int n, float[] x, int xo) {
    return ScalarReductions.sumOfSquares(n, x, xo);
  }

  @Override
  public void adamW(
      int n, AdamWStep step, float[] w, float[] g, float[] m, float[] v, float[] ema, int offset) {
    ScalarOptimizer.adamW(n, step, w, g, m, v, ema, offset);
  }
}
