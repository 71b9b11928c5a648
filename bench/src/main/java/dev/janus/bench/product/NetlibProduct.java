package dev.janus.bench.product;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;

/**
 * netlib's Vector API implementation. It is column-major: {@code c^T = op(b)^T op(a)^T} is the same
 * work on the same memory.
 */
final class NetlibProduct implements Product {
  static final String NAME = "netlib 3.2.0 VectorBLAS";

  private final BLAS blas = JavaBLAS.getInstance();
  private final Problem problem;
  private final float[] c;

  NetlibProduct(Problem problem) {
    this.problem = problem;
    c = new float[problem.rows() * problem.columns()];
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    blas.sgemm(
        problem.transposeB() ? "T" : "N",
        problem.transposeA() ? "T" : "N",
        problem.columns(),
        problem.rows(),
        problem.inner(),
        1f,
        problem.b(),
        problem.strideB(),
        problem.a(),
        problem.strideA(),
        0f,
        c,
        problem.columns());
  }

  @Override
  public float[] result() {
    return c;
  }
}
