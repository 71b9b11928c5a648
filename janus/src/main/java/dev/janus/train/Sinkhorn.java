package dev.janus.train;

import dev.janus.model.ModelException;
import java.util.Arrays;

/**
 * Entropic optimal transport with uniform marginals (method, section 6.2): minimises cost plus
 * entropy by alternating updates of the dual potentials, {@code P[j][i] = exp(-cost[j][i] / (eps *
 * mean cost) + f[j] + g[i])}.
 *
 * <p>Two forms of the same iteration. The scaling form works on {@code u = exp(f)} and {@code v =
 * exp(g)} with the kernel {@code exp(-cost)} relative to each row's smallest cost: no exponential
 * per iteration. It is used while kernel, u and v keep clear of the ends of float64, where it
 * agrees with the log form to rounding. Else the log form runs from the start with true
 * log-sum-exp. Which of the two runs depends on the numbers alone; exponentials are {@link
 * StrictMath}; so a run gives the same bits on every JVM. One instance serves one thread.
 */
final class Sinkhorn {
  /** Kernel entries stay normal numbers: exp(-700) is above the smallest of them. */
  static final double SCALING_LIMIT = 700;

  /** u and v beyond this send the solver to the log form; u * v * kernel stays finite. */
  private static final double LARGEST_SCALE = 1e150;

  private final double epsilon;
  private final int iterations;
  private final double scalingLimit;

  /** Kernel by row and by column: both products then run over contiguous rows. */
  private final double[][] kernel;

  private final double[][] kernelTransposed;
  private final double[] rowMinimum;
  private final double[] sums;
  private final double[] maxima;

  /** u and v in the scaling form, f and g in the log form. */
  private final double[] rowPotential;

  private final double[] columnPotential;

  private double[][] cost = {};
  private double scale;
  private int n;
  private boolean logForm;

  /**
   * @param capacity largest number of rows and columns
   * @param epsilon regularisation relative to the mean cost
   * @param scalingLimit largest exponent for which the scaling form is tried; 0 forces the log form
   */
  Sinkhorn(int capacity, double epsilon, int iterations, double scalingLimit) {
    if (capacity < 1 || !(epsilon > 0) || iterations < 1) {
      throw new IllegalArgumentException(
          "capacity " + capacity + ", epsilon " + epsilon + ", iterations " + iterations);
    }
    this.epsilon = epsilon;
    this.iterations = iterations;
    this.scalingLimit = scalingLimit;
    kernel = new double[capacity][capacity];
    kernelTransposed = new double[capacity][capacity];
    rowMinimum = new double[capacity];
    sums = new double[capacity];
    maxima = new double[capacity];
    rowPotential = new double[capacity];
    columnPotential = new double[capacity];
  }

  /**
   * Runs the iterations on {@code cost[j][i]}, not yet divided by its mean. The matrix is kept by
   * reference until the next call and not changed.
   *
   * @throws ModelException when a cost is not finite
   */
  void solve(double[][] cost, int n) {
    this.cost = cost;
    this.n = n;
    double mean = meanCost();
    scale = mean > 0 ? 1 / (epsilon * mean) : 0;
    logForm = !(largestExponent() <= scalingLimit && scalingForm());
    if (logForm) {
      logForm();
    }
  }

  /** Whether the latest solution needed the log form. */
  boolean usedLogForm() {
    return logForm;
  }

  private double meanCost() {
    double total = 0;
    for (int j = 0; j < n; j++) {
      double rowSum = 0;
      for (int i = 0; i < n; i++) {
        rowSum += cost[j][i];
      }
      if (!Double.isFinite(rowSum)) {
        throw new ModelException(
            "coupling: flow " + j + " of the batch has a value that is not finite");
      }
      total += rowSum;
    }
    return total / ((double) n * n);
  }

  private double largestExponent() {
    double largest = 0;
    for (int j = 0; j < n; j++) {
      double low = cost[j][0];
      double high = low;
      for (int i = 1; i < n; i++) {
        low = Math.min(low, cost[j][i]);
        high = Math.max(high, cost[j][i]);
      }
      rowMinimum[j] = low;
      largest = Math.max(largest, (high - low) * scale);
    }
    return largest;
  }

  // ---- scaling form ---------------------------------------------------------------------------

  /** False when u or v leave the safe range; the log form must then be used. */
  private boolean scalingForm() {
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double value = StrictMath.exp((rowMinimum[j] - cost[j][i]) * scale);
        kernel[j][i] = value;
        kernelTransposed[i][j] = value;
      }
    }
    Arrays.fill(columnPotential, 0, n, 1);
    for (int iteration = 0; iteration < iterations; iteration++) {
      if (!rescale(kernelTransposed, columnPotential, rowPotential)
          || !rescale(kernel, rowPotential, columnPotential)) {
        return false;
      }
    }
    return true;
  }

  /** {@code target[k] = (1/n) / sum over r of rows[r][k] * weights[r]}, r ascending. */
  private boolean rescale(double[][] rows, double[] weights, double[] target) {
    Arrays.fill(sums, 0, n, 0);
    int r = 0;
    for (; r + 4 <= n; r += 4) {
      addWeighted(n, rows, r, weights, sums);
    }
    for (; r < n; r++) {
      double[] row = rows[r];
      double weight = weights[r];
      for (int k = 0; k < n; k++) {
        sums[k] += row[k] * weight;
      }
    }
    double marginal = 1.0 / n;
    boolean safe = true;
    for (int k = 0; k < n; k++) {
      double value = marginal / sums[k];
      target[k] = value;
      safe &= value > 1 / LARGEST_SCALE && value < LARGEST_SCALE;
    }
    return safe;
  }

  /** Adds four rows at a time, in row order, so that a sum is read and written once. */
  private static void addWeighted(int n, double[][] rows, int r, double[] weights, double[] sums) {
    double a = weights[r];
    double b = weights[r + 1];
    double c = weights[r + 2];
    double d = weights[r + 3];
    double[] rowA = rows[r];
    double[] rowB = rows[r + 1];
    double[] rowC = rows[r + 2];
    double[] rowD = rows[r + 3];
    for (int k = 0; k < n; k++) {
      sums[k] = sums[k] + rowA[k] * a + rowB[k] * b + rowC[k] * c + rowD[k] * d;
    }
  }

  // ---- log form -------------------------------------------------------------------------------

  private void logForm() {
    Arrays.fill(columnPotential, 0, n, 0);
    for (int iteration = 0; iteration < iterations; iteration++) {
      updateRowPotentials();
      updateColumnPotentials();
    }
  }

  private void updateRowPotentials() {
    double logMarginal = -StrictMath.log(n);
    for (int j = 0; j < n; j++) {
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        largest = Math.max(largest, columnPotential[i] - cost[j][i] * scale);
      }
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += StrictMath.exp(columnPotential[i] - cost[j][i] * scale - largest);
      }
      rowPotential[j] = logMarginal - largest - StrictMath.log(sum);
    }
  }

  private void updateColumnPotentials() {
    double logMarginal = -StrictMath.log(n);
    Arrays.fill(maxima, 0, n, Double.NEGATIVE_INFINITY);
    Arrays.fill(sums, 0, n, 0);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        maxima[i] = Math.max(maxima[i], rowPotential[j] - cost[j][i] * scale);
      }
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        sums[i] += StrictMath.exp(rowPotential[j] - cost[j][i] * scale - maxima[i]);
      }
    }
    for (int i = 0; i < n; i++) {
      columnPotential[i] = logMarginal - maxima[i] - StrictMath.log(sums[i]);
    }
  }

  // ---- results --------------------------------------------------------------------------------

  /** Entry of the plan; columns sum to 1/n to rounding, rows nearly. */
  double plan(int j, int i) {
    return logForm
        ? StrictMath.exp(rowPotential[j] + columnPotential[i] - cost[j][i] * scale)
        : rowPotential[j] * columnPotential[i] * kernel[j][i];
  }

  /**
   * Weights proportional to row {@code j} of the plan. The row's own potential cancels, so they
   * never all vanish, not even where the plan itself would underflow.
   */
  void rowWeights(int j, double[] weights) {
    if (!logForm) {
      for (int i = 0; i < n; i++) {
        weights[i] = kernel[j][i] * columnPotential[i];
      }
      return;
    }
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      weights[i] = columnPotential[i] - cost[j][i] * scale;
      largest = Math.max(largest, weights[i]);
    }
    for (int i = 0; i < n; i++) {
      weights[i] = StrictMath.exp(weights[i] - largest);
    }
  }
}
