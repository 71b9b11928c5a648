package dev.janus.score;

import dev.janus.model.ModelException;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * Oracle approximating shrinkage as scikit-learn computes it (method, section 8): its shrinkage
 * leaves out the 2/p terms of the paper. Kept apart from {@link MahalanobisOas} so that scoring
 * loads no third-party class.
 *
 * <p>scikit-learn inverts with a pseudo-inverse. Here the shrunk covariance is always well
 * conditioned: its smallest eigenvalue is at least rho m and its largest at most p m, with rho of
 * the order of 1/N or more, so nothing would be cut off and a Cholesky inverse gives the same
 * matrix. It is taken of the covariance divided by m, so that scores of any scale are fine.
 *
 * @param mean column means, {@code [p]}
 * @param covariance shrunk covariance, {@code [p, p]}
 * @param scale mean variance of a column
 * @param shrinkage rho, 0..1
 */
@SuppressWarnings("ArrayRecordComponent")
record OasFit(double[] mean, double[] covariance, double scale, double shrinkage) {

  /** Fits on {@code n} rows of {@code p} scores. */
  static OasFit of(double[] scores, int n, int p) {
    check(scores, n, p);
    double[] mean = means(scores, n, p);
    return of(mean, covariance(scores, n, p, mean), n);
  }

  /**
   * Shrinks a covariance.
   *
   * @param mean column means, {@code [p]}; kept
   * @param covariance population covariance, {@code [p, p]}; kept and overwritten
   * @param n rows behind them
   */
  static OasFit of(double[] mean, double[] covariance, int n) {
    int p = mean.length;
    double trace = 0;
    double squares = 0;
    for (int a = 0; a < p; a++) {
      trace += covariance[a * p + a];
      for (int b = 0; b < p; b++) {
        squares += covariance[a * p + b] * covariance[a * p + b];
      }
    }
    double m = trace / p;
    double alpha = squares / ((double) p * p);
    if (!(alpha > 0)) {
      throw new ModelException(
          "aggregator: all " + n + " benign flows have the same numbers; use more and other flows");
    }
    double denominator = (n + 1) * (alpha - m * m / p);
    double shrinkage = !(denominator > 0) ? 1 : Math.min(1, (alpha + m * m) / denominator);
    for (int k = 0; k < p * p; k++) {
      covariance[k] *= 1 - shrinkage;
    }
    for (int a = 0; a < p; a++) {
      covariance[a * p + a] += shrinkage * m;
    }
    return new OasFit(mean, covariance, m, shrinkage);
  }

  /** The inverse of the covariance, {@code [p, p]}, exactly symmetric; computed anew. */
  double[] precision() {
    return inverse(covariance, mean.length, scale);
  }

  private static void check(double[] scores, int n, int p) {
    if (n < 2) {
      throw new ModelException(
          "aggregator: it is fitted on at least 2 benign flows, here are " + n);
    }
    for (int k = 0; k < n * p; k++) {
      if (!Double.isFinite(scores[k])) {
        throw new ModelException(
            "aggregator: benign flow "
                + k / p
                + ", number "
                + k % p
                + " is "
                + scores[k]
                + "; a finite number is needed");
      }
    }
  }

  private static double[] means(double[] scores, int n, int p) {
    double[] mean = new double[p];
    for (int row = 0; row < n; row++) {
      for (int c = 0; c < p; c++) {
        mean[c] += scores[row * p + c];
      }
    }
    for (int c = 0; c < p; c++) {
      mean[c] /= n;
    }
    return mean;
  }

  /** Population covariance of the centred rows. */
  private static double[] covariance(double[] scores, int n, int p, double[] mean) {
    double[] sums = new double[p * p];
    double[] centred = new double[p];
    for (int row = 0; row < n; row++) {
      for (int c = 0; c < p; c++) {
        centred[c] = scores[row * p + c] - mean[c];
      }
      for (int a = 0; a < p; a++) {
        for (int b = 0; b <= a; b++) {
          sums[a * p + b] += centred[a] * centred[b];
        }
      }
    }
    for (int a = 0; a < p; a++) {
      for (int b = 0; b <= a; b++) {
        sums[a * p + b] /= n;
        sums[b * p + a] = sums[a * p + b];
      }
    }
    return sums;
  }

  /** Inverse of a symmetric positive definite matrix whose entries are about {@code scale}. */
  static double[] inverse(double[] covariance, int p, double scale) {
    RealMatrix scaled = new Array2DRowRealMatrix(p, p);
    for (int k = 0; k < p * p; k++) {
      scaled.setEntry(k / p, k % p, covariance[k] / scale);
    }
    RealMatrix inverse = new CholeskyDecomposition(scaled, 0, 0).getSolver().getInverse();
    double[] precision = new double[p * p];
    for (int a = 0; a < p; a++) {
      for (int b = 0; b < p; b++) {
        precision[a * p + b] = (inverse.getEntry(a, b) + inverse.getEntry(b, a)) / 2 / scale;
      }
    }
    return precision;
  }
}
