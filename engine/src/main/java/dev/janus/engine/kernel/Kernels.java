package dev.janus.engine.kernel;

/**
 * The hot loops of the engine over plain {@code float[]} with offsets. All matrices are dense,
 * row-major and contiguous: a {@code [m, n]} matrix at offset {@code o} has element {@code (i, j)}
 * at {@code o + i * n + j}.
 *
 * <p><b>Bit-identity.</b> Every implementation gives the same bits: products run one fused
 * multiply-add chain per output element in ascending order of the summed index, starting from the
 * initial value; row reductions use {@link #LANES} virtual lanes (element {@code j} goes to lane
 * {@code j % 16}, in ascending order) folded as lane {@code i} plus lane {@code i + 8}, then 4, 2,
 * 1; a softmax adds from the last visible key down to the first; element functions are fixed
 * polynomials with the same sequence of operations. This holds for finite inputs: once an infinity
 * or a NaN is in, implementations may differ in where it spreads.
 *
 * <p>Implementations are stateless and safe for concurrent use on disjoint outputs. They check no
 * ranges beyond the JVM's own; callers pass valid offsets. Output ranges never overlap inputs
 * unless a method says so.
 */
public interface Kernels {
  /** Virtual lanes of a row reduction. */
  int LANES = 16;

  /** Which implementation this is: {@code scalar}, {@code vector128}, {@code vector256}, ... */
  String name();

  // ---- products -------------------------------------------------------------------------------

  /** Floats that a packed {@code [k, n]} right-hand side needs, padding included. */
  int packedLength(int k, int n);

  /** Packs {@code b = w}, w stored as {@code [k, n]}, for use as a right-hand side. */
  void pack(int k, int n, float[] w, int wo, float[] packed, int po);

  /** Packs {@code b = w^T}, w stored as {@code [n, k]}, as the right-hand side {@code [k, n]}. */
  void packTransposed(int k, int n, float[] w, int wo, float[] packed, int po);

  /** {@code c[m, n] = a[m, k] b[k, n]}. */
  void multiply(int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co);

  /** {@code c[m, n] = bias[n] + a[m, k] b[k, n]}, the bias being the initial value. */
  void multiplyBias(
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
      int co);

  /** {@code c[m, n] += a[m, k] b[k, n]}, c being the initial value. */
  void multiplyAdd(
      int m, int n, int k, float[] a, int ao, float[] packed, int po, float[] c, int co);

  /** Scratch floats {@link #outerAdd} and {@link #outerSumAdd} need. */
  int outerScratchLength(int rows, int m, int n);

  /**
   * Weight gradient: {@code g[m, n] += sum over r of dy[r, m]^T x[r, n]}, r ascending, g being the
   * initial value.
   */
  void outerAdd(
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
      int so);

  /**
   * Weight gradient as {@link #outerAdd}, and bias gradient {@code sum[m] += sum over r of dy[r,
   * m]}, r ascending, plain additions.
   */
  void outerSumAdd(
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
      int so);

  // ---- element-wise ---------------------------------------------------------------------------

  /** {@code y[i] += x[i]}. */
  void add(int n, float[] x, int xo, float[] y, int yo);

  /** {@code y[i] = a * x[i]}; x and y may be the same range. */
  void scale(int n, float a, float[] x, int xo, float[] y, int yo);

  /** {@code y[i] = fma(a, x[i], y[i])}. */
  void scaleAdd(int n, float a, float[] x, int xo, float[] y, int yo);

  /** {@code dx[i] = dy[i] * slope[i]}; dx and dy may be the same range. */
  void multiplyElements(int n, float[] dy, int dyo, float[] slope, int so, float[] dx, int dxo);

  /**
   * {@code y = e^x}, x clamped to [-87, 88]; relative error below 3e-7; x and y may be the same
   * range.
   */
  void exp(int n, float[] x, int xo, float[] y, int yo);

  /** Tanh-form GELU in place of x or into y; x and y may be the same range. */
  void gelu(int n, float[] x, int xo, float[] y, int yo);

  /** GELU and its derivative: {@code y = gelu(x), slope = gelu'(x)}; y may be x. */
  void geluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so);

  /** {@code y = x sigmoid(x)}; x and y may be the same range. */
  void silu(int n, float[] x, int xo, float[] y, int yo);

  /** SiLU and its derivative: {@code y = silu(x), slope = silu'(x)}; y may be x. */
  void siluSlope(int n, float[] x, int xo, float[] y, int yo, float[] slope, int so);

  // ---- rows of one flow (all rows share one modulation vector) --------------------------------

  /**
   * Layer norm without affine (eps 1e-6, population variance), then modulation: {@code y = xhat *
   * (1 + scale) + shift} for each of {@code rows} rows of width d. Keeps {@code xhat [rows, d]} and
   * {@code rstd [rows]} for the backward pass. d must be a multiple of 8.
   */
  void adaNorm(
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
      int yo);

  /**
   * Backward of {@link #adaNorm}: {@code dx += ...}, {@code dshift[d] += sum dy}, {@code dscale[d]
   * += sum dy * xhat}, rows ascending. {@code scratch} holds d floats.
   */
  void adaNormBackward(
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
      int so);

  /** Gated residual: {@code out[r, j] = fma(gate[j], y[r, j], x[r, j])}; out may be x. */
  void gate(
      int rows,
      int d,
      float[] x,
      int xo,
      float[] y,
      int yo,
      float[] gate,
      int go,
      float[] out,
      int oo);

  /**
   * Backward of {@link #gate} without the residual branch: {@code dy = gate * dout}, {@code
   * dgate[d] += sum over rows of dout * y}. (The residual branch is {@code dx += dout}, {@link
   * #add}.)
   */
  void gateBackward(
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
      int dgo);

  // ---- attention of one flow ------------------------------------------------------------------

  /** Floats of saved probabilities for one flow of {@code rows} tokens and {@code heads} heads. */
  int attentionSavedLength(int rows, int heads);

  /** Scratch floats {@link #attention} and {@link #attentionBackward} need. */
  int attentionScratchLength(int rows, int heads, int width);

  /**
   * Softmax attention over the tokens of one flow, {@code rows} = packets plus one flow token,
   * which is the last row. {@code qkv [rows, 3 * heads * width]}: q, k, v, each with head h in
   * columns {@code h * width .. (h + 1) * width - 1}; scores are divided by sqrt(width). Row i
   * reads rows {@code 0 .. mask.visible(i, rows) - 1}, and its output depends on those rows only,
   * to the bit. Sums over keys run from the last visible key down to key 0, all others upwards.
   * Probabilities are kept in {@code saved}, in a layout of the implementation's own.
   */
  void attention(
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
      int sco);

  /** Backward of {@link #attention}: writes {@code dqkv [rows, 3 * heads * width]}. */
  void attentionBackward(
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
      int sco);

  // ---- optimiser ------------------------------------------------------------------------------

  /**
   * Sum of squares in double: element {@code j} goes to double lane {@code j % 16} as {@code lane =
   * fma((double) x, (double) x, lane)}, lanes folded as above.
   */
  double sumOfSquares(int n, float[] x, int xo);

  /**
   * One AdamW step with decoupled decay and the EMA of the result, on {@code n} elements at the
   * same offset of all five arrays (method, section 6, items 7 and 9).
   */
  void adamW(
      int n, AdamWStep step, float[] w, float[] g, float[] m, float[] v, float[] ema, int offset);
}
