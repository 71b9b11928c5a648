package dev.janus.bench.product;

import dev.janus.engine.random.CounterRandom;

/**
 * A product {@code c [rows, columns] = op(a) op(b)} as matrix libraries see it, row-major, with
 * operands that are the same in every run.
 *
 * @param operation what it is in the network
 * @param shape its size there
 * @param rows rows of c
 * @param columns columns of c
 * @param inner summed index
 * @param transposeA whether a is stored as {@code [inner, rows]}
 * @param transposeB whether b is stored as {@code [columns, inner]}
 * @param a left operand: x or dy
 * @param b right operand: W, stored {@code [in, out]}, or x
 */
record Problem(
    Operation operation,
    Shape shape,
    int rows,
    int columns,
    int inner,
    boolean transposeA,
    boolean transposeB,
    float[] a,
    float[] b) {

  static Problem of(Operation operation, Shape shape) {
    int m = shape.m();
    int in = shape.in();
    int out = shape.out();
    return switch (operation) {
      case FORWARD -> create(operation, shape, m, out, in, false, false);
      case INPUT_GRADIENT -> create(operation, shape, m, in, out, false, true);
      case WEIGHT_GRADIENT -> create(operation, shape, out, in, m, true, false);
    };
  }

  private static Problem create(
      Operation operation,
      Shape shape,
      int rows,
      int columns,
      int inner,
      boolean transposeA,
      boolean transposeB) {
    float[] a = new float[rows * inner];
    float[] b = new float[inner * columns];
    CounterRandom.fillNormals(1, a, 0, a.length);
    CounterRandom.fillNormals(2, b, 0, b.length);
    return new Problem(operation, shape, rows, columns, inner, transposeA, transposeB, a, b);
  }

  /** Floats between two rows of a as stored. */
  int strideA() {
    return transposeA ? rows : inner;
  }

  /** Floats between two rows of b as stored. */
  int strideB() {
    return transposeB ? inner : columns;
  }

  /** Whether b is a weight that changes once per step only. */
  boolean packable() {
    return operation != Operation.WEIGHT_GRADIENT;
  }
}
