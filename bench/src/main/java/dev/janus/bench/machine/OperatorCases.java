package dev.janus.bench.machine;

import dev.janus.bench.duel.Contender;
import dev.janus.engine.kernel.AdamWStep;
import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.random.CounterRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Every hot kernel at the sizes of a chunk of 520 tokens and width 128. Operations per element are
 * counted in the vector kernels' source.
 */
final class OperatorCases {
  private static final int TOKENS = 520;
  private static final int D = 128;
  private static final int HIDDEN = 4 * D;
  private static final int HEADS = 4;
  private static final int WIDTH = D / HEADS;
  private static final int FLOW = 13;
  private static final int PARAMETERS = 1_269_405;

  /** One exponential: two clamps, range reduction, polynomial, scaling. */
  private static final int EXP = 19;

  private final Kernels kernels;
  private final List<OperatorCase> cases = new ArrayList<>();

  private OperatorCases(Kernels kernels) {
    this.kernels = kernels;
  }

  static List<OperatorCase> of(Kernels kernels) {
    OperatorCases all = new OperatorCases(kernels);
    all.products(D, D);
    all.products(D, 3 * D);
    all.products(D, HIDDEN);
    all.products(HIDDEN, D);
    all.packing();
    // The long flow first: it compiles what the short one would take thousands of calls for.
    all.attention(65);
    all.attention(FLOW - 1);
    all.rows();
    all.activations();
    all.sums();
    all.optimizer();
    return all.cases;
  }

  private void add(String name, double operations, double floats, double arrays, Runnable work) {
    cases.add(
        new OperatorCase(
            Contender.of(name, work), operations, floats * Float.BYTES, arrays * Float.BYTES));
  }

  private static float[] normals(int n) {
    float[] values = new float[n];
    CounterRandom.fillNormals(n, values, 0, n);
    return values;
  }

  private void products(int in, int out) {
    String size = " " + TOKENS + "x" + in + "x" + out;
    float[] x = normals(TOKENS * in);
    float[] dy = normals(TOKENS * out);
    float[] y = new float[TOKENS * out];
    float[] bias = normals(out);
    float[] w = normals(in * out);
    float[] packed = new float[kernels.packedLength(in, out)];
    kernels.packTransposed(in, out, w, 0, packed, 0);
    double multiplyAdds = (double) TOKENS * in * out;
    double floats = x.length + w.length + y.length;
    add(
        "product with bias" + size,
        multiplyAdds,
        floats,
        floats,
        () -> kernels.multiplyBias(TOKENS, out, in, x, 0, packed, 0, bias, 0, y, 0));
    float[] gradient = new float[out * in];
    float[] biasGradient = new float[out];
    float[] scratch = new float[kernels.outerScratchLength(TOKENS, out, in)];
    add(
        "weight and bias gradient" + size,
        multiplyAdds + dy.length,
        x.length + dy.length + 2.0 * w.length,
        floats,
        () ->
            kernels.outerSumAdd(
                TOKENS, out, in, dy, 0, x, 0, gradient, 0, biasGradient, 0, scratch, 0));
  }

  private void packing() {
    float[] w = normals(3 * D * D);
    float[] packed = new float[kernels.packedLength(D, 3 * D)];
    add(
        "pack 128x384, for forward",
        0,
        2.0 * w.length,
        2.0 * w.length,
        () -> kernels.packTransposed(D, 3 * D, w, 0, packed, 0));
    float[] backward = new float[kernels.packedLength(3 * D, D)];
    add(
        "pack 384x128, for backward",
        0,
        2.0 * w.length,
        2.0 * w.length,
        () -> kernels.pack(3 * D, D, w, 0, backward, 0));
  }

  /**
   * A visible pair of tokens takes, per head, 32 multiply-adds for its score, 32 for its share of
   * the output and 27 in the softmax; backward, four products and 4 operations for the slope.
   */
  private void attention(int rows) {
    float[] qkv = normals(rows * 3 * D);
    float[] saved = new float[kernels.attentionSavedLength(rows, HEADS)];
    float[] out = new float[rows * D];
    float[] scratch = new float[kernels.attentionScratchLength(rows, HEADS, WIDTH)];
    float[] dout = normals(rows * D);
    float[] dqkv = new float[qkv.length];
    double pairs = HEADS * rows * (rows + 1) / 2.0;
    double floats = qkv.length + out.length + pairs;
    add(
        "attention, one flow of " + rows + " tokens",
        pairs * (2 * WIDTH + 27),
        floats,
        floats,
        () ->
            kernels.attention(
                rows, HEADS, WIDTH, AttentionMask.CAUSAL, qkv, 0, saved, 0, out, 0, scratch, 0));
    double backwardFloats = qkv.length + dout.length + dqkv.length + pairs;
    add(
        "attention backward, one flow of " + rows + " tokens",
        pairs * (4 * WIDTH + 4),
        backwardFloats,
        backwardFloats,
        () ->
            kernels.attentionBackward(
                rows,
                HEADS,
                WIDTH,
                AttentionMask.CAUSAL,
                qkv,
                0,
                saved,
                0,
                dout,
                0,
                dqkv,
                0,
                scratch,
                0));
  }

  /** Calls {@code flow} with the first row of each flow of a chunk. */
  private static Runnable flows(IntConsumer flow) {
    return () -> {
      for (int row = 0; row < TOKENS; row += FLOW) {
        flow.accept(row);
      }
    };
  }

  private void rows() {
    int n = TOKENS * D;
    float[] x = normals(n);
    float[] y = normals(n);
    float[] xhat = normals(n);
    float[] dx = new float[n];
    float[] rstd = normals(TOKENS);
    float[] shift = normals(D);
    float[] scale = normals(D);
    float[] dshift = new float[D];
    float[] dscale = new float[D];
    float[] scratch = new float[D];
    add(
        "adaNorm",
        7.0 * n,
        3.0 * n,
        3.0 * n,
        flows(r ->
            kernels.adaNorm(
                FLOW, D, x, r * D, shift, 0, scale, 0, xhat, r * D, rstd, r, y, r * D)));
    add(
        "adaNorm backward",
        9.0 * n,
        4.0 * n,
        3.0 * n,
        flows(r ->
            kernels.adaNormBackward(
                FLOW, D, y, r * D, xhat, r * D, rstd, r, scale, 0, dx, r * D, dshift, 0, dscale, 0,
                scratch, 0)));
    add(
        "gate",
        n,
        3.0 * n,
        3.0 * n,
        flows(r -> kernels.gate(FLOW, D, x, r * D, y, r * D, scale, 0, dx, r * D)));
    add(
        "gate backward",
        2.0 * n,
        3.0 * n,
        3.0 * n,
        flows(r ->
            kernels.gateBackward(FLOW, D, x, r * D, y, r * D, scale, 0, dx, r * D, dscale, 0)));
  }

  private void activations() {
    int n = TOKENS * D;
    float[] x = normals(n);
    float[] y = new float[n];
    float[] slope = new float[n];
    add("exp", EXP * n, 2.0 * n, 2.0 * n, () -> kernels.exp(n, x, 0, y, 0));
    add("GELU", (EXP + 7) * n, 2.0 * n, 2.0 * n, () -> kernels.gelu(n, x, 0, y, 0));
    add(
        "GELU and slope",
        (EXP + 12) * n,
        3.0 * n,
        3.0 * n,
        () -> kernels.geluSlope(n, x, 0, y, 0, slope, 0));
    add("SiLU", (EXP + 4) * n, 2.0 * n, 2.0 * n, () -> kernels.silu(n, x, 0, y, 0));
    add(
        "SiLU and slope",
        (EXP + 7) * n,
        3.0 * n,
        3.0 * n,
        () -> kernels.siluSlope(n, x, 0, y, 0, slope, 0));
    add(
        "product with slope",
        n,
        3.0 * n,
        3.0 * n,
        () -> kernels.multiplyElements(n, x, 0, slope, 0, y, 0));
  }

  private void sums() {
    int n = TOKENS * D;
    float[] x = normals(n);
    float[] y = new float[n];
    add("add", n, 3.0 * n, 2.0 * n, () -> kernels.add(n, x, 0, y, 0));
  }

  private void optimizer() {
    int n = PARAMETERS;
    float[] w = normals(n);
    float[] g = normals(n);
    float[] m = new float[n];
    float[] v = new float[n];
    float[] ema = new float[n];
    AdamWStep step = new AdamWStep(1f, 0.99999f, 0.9f, 0.999f, 1e-6f, 1f, 1e-8f, 0.995f);
    double[] norm = new double[1];
    add("gradient norm", 4.0 * n, n, n, () -> norm[0] = kernels.sumOfSquares(n, g, 0));
    add("AdamW", 13.0 * n, 9.0 * n, 5.0 * n, () -> kernels.adamW(n, step, w, g, m, v, ema, 0));
  }
}
