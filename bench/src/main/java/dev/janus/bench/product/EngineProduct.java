package dev.janus.bench.product;

import dev.janus.engine.kernel.Kernels;

/**
 * Ours, as the trainer and the scorer call it: weights packed once, rows in chunks of about 500
 * tokens one after another. The weight gradient packs both operands inside and adds to what is
 * there, as it has to.
 */
final class EngineProduct implements Product {
  private static final int CHUNK_TOKENS = 512;

  private final Kernels kernels;
  private final Problem problem;
  private final int chunks;
  private final float[] packed;
  private final float[] scratch;
  private final float[] c;

  EngineProduct(Kernels kernels, Problem problem) {
    this.kernels = kernels;
    this.problem = problem;
    Shape shape = problem.shape();
    chunks = Math.ceilDiv(shape.m(), CHUNK_TOKENS);
    c = new float[problem.rows() * problem.columns()];
    packed = new float[kernels.packedLength(problem.inner(), problem.columns())];
    if (problem.packable()) {
      pack();
    }
    scratch = new float[kernels.outerScratchLength(from(1), problem.rows(), problem.columns())];
  }

  private void pack() {
    int k = problem.inner();
    int n = problem.columns();
    if (problem.transposeB()) {
      kernels.packTransposed(k, n, problem.b(), 0, packed, 0);
    } else {
      kernels.pack(k, n, problem.b(), 0, packed, 0);
    }
  }

  /** First row of a chunk; the first chunk is the longest. */
  private int from(int chunk) {
    return Math.ceilDiv(problem.shape().m() * chunk, chunks);
  }

  @Override
  public String name() {
    return "JANUS " + kernels.name();
  }

  @Override
  public void run() {
    for (int chunk = 0; chunk < chunks; chunk++) {
      int from = from(chunk);
      int rows = from(chunk + 1) - from;
      if (problem.packable()) {
        multiply(from, rows);
      } else {
        outer(from, rows);
      }
    }
  }

  private void multiply(int from, int rows) {
    int k = problem.inner();
    int n = problem.columns();
    kernels.multiply(rows, n, k, problem.a(), from * k, packed, 0, c, from * n);
  }

  private void outer(int from, int rows) {
    int m = problem.rows();
    int n = problem.columns();
    kernels.outerAdd(rows, m, n, problem.a(), from * m, problem.b(), from * n, c, 0, scratch, 0);
  }

  @Override
  public float[] result() {
    return c;
  }
}
