package dev.janus.bench.product;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * OpenBLAS, one call on one thread (environment {@code OPENBLAS_NUM_THREADS=1}). It has no call for
 * operands that are packed beforehand.
 */
final class OpenBlasProduct implements Product {
  static final String NAME = "OpenBLAS 0.3.31";

  private final Problem problem;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer c;

  OpenBlasProduct(Problem problem) {
    this.problem = problem;
    a = NativeFloats.copyOf(problem.a());
    b = NativeFloats.copyOf(problem.b());
    c = NativeFloats.allocate((long) problem.rows() * problem.columns());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void run() {
    openblas.cblas_sgemm(
        openblas.CblasRowMajor,
        problem.transposeA() ? openblas.CblasTrans : openblas.CblasNoTrans,
        problem.transposeB() ? openblas.CblasTrans : openblas.CblasNoTrans,
        problem.rows(),
        problem.columns(),
        problem.inner(),
        1f,
        a,
        problem.strideA(),
        b,
        problem.strideB(),
        0f,
        c,
        problem.columns());
  }

  @Override
  public float[] result() {
    return NativeFloats.toArray(c, problem.rows() * problem.columns());
  }

  @Override
  public void close() {
    a.close();
    b.close();
    c.close();
  }
}
