package dev.janus.bench.product;

import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;

/** EJML's dense single-precision product. */
final class EjmlProduct implements Product {
  static final String NAME = "EJML 0.44";

  private final Problem problem;
  private final FMatrixRMaj a;
  private final FMatrixRMaj b;
  private final FMatrixRMaj c;

  EjmlProduct(Problem problem) {
    this.problem = problem;
    a = FMatrixRMaj.wrap(problem.a().length / problem.strideA(), problem.strideA(), problem.a());
    b = FMatrixRMaj.wrap(problem.b().length / problem.strideB(), problem.strideB(), problem.b());
    c = new FMatrixRMaj(problem.rows(), problem.columns());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    if (problem.transposeA()) {
      CommonOps_FDRM.multTransA(a, b, c);
    } else if (problem.transposeB()) {
      CommonOps_FDRM.multTransB(a, b, c);
    } else {
      CommonOps_FDRM.mult(a, b, c);
    }
  }

  @Override
  public float[] result() {
    return c.getData();
  }
}
