package dev.janus.baselines;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by cyclic Jacobi rotations (Golub and Van
 * Loan, Matrix Computations, section 8.5). Always converges, also where the matrix is singular or
 * its entries differ by many orders of magnitude, as covariances of features that hardly vary do;
 * Commons Math's decomposition gives up on some of those. Not thread-safe.
 */
final class JacobiRotations {
  /** Quadratic convergence sets in after a few sweeps; twenty dimensions take about eight. */
  private static final int MOST_SWEEPS = 64;

  private final double[][] matrix;
  private final double[][] vectors;

  /**
   * Decomposes.
   *
   * @param symmetric {@code [d][d]}; becomes diagonal
   */
  JacobiRotations(double[][] symmetric) {
    matrix = symmetric;
    int d = symmetric.length;
    vectors = new double[d][d];
    for (int k = 0; k < d; k++) {
      vectors[k][k] = 1;
    }
    boolean rotated = true;
    for (int sweep = 0; sweep < MOST_SWEEPS && rotated; sweep++) {
      rotated = false;
      for (int p = 0; p < d; p++) {
        for (int q = p + 1; q < d; q++) {
          rotated |= rotate(p, q);
        }
      }
    }
  }

  /** Makes the entry at p, q zero, unless it is nothing beside the two on the diagonal. */
  private boolean rotate(int p, int q) {
    double entry = matrix[p][q];
    double size = Math.abs(matrix[p][p]) + Math.abs(matrix[q][q]);
    if (entry == 0 || size + Math.abs(entry) * 0.01 == size) {
      matrix[p][q] = 0;
      matrix[q][p] = 0;
      return false;
    }
    double slope = (matrix[q][q] - matrix[p][p]) / (2 * entry);
    double tangent = Math.copySign(1 / (Math.abs(slope) + Math.hypot(1, slope)), slope);
    double cosine = 1 / Math.hypot(1, tangent);
    double sine = tangent * cosine;
    for (int k = 0; k < matrix.length; k++) {
      double kp = matrix[k][p];
      double kq = matrix[k][q];
      matrix[k][p] = cosine * kp - sine * kq;
      matrix[k][q] = sine * kp + cosine * kq;
    }
    turn(matrix[p], matrix[q], cosine, sine);
    turn(vectors[p], vectors[q], cosine, sine);
    matrix[p][q] = 0;
    matrix[q][p] = 0;
    return true;
  }

  private static void turn(double[] p, double[] q, double cosine, double sine) {
    for (int k = 0; k < p.length; k++) {
      double pk = p[k];
      double qk = q[k];
      p[k] = cosine * pk - sine * qk;
      q[k] = sine * pk + cosine * qk;
    }
  }

  /** An eigenvalue, in no order. */
  double value(int k) {
    return matrix[k][k];
  }

  /** Its eigenvector, of length 1. */
  double[] vector(int k) {
    return vectors[k];
  }
}
