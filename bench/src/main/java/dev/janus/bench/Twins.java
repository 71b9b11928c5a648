package dev.janus.bench;

/**
 * Fork arguments of a pair of benchmarks. Both methods of a pair run the same code; the arguments
 * alone decide which kernels it gets.
 */
final class Twins {
  static final String SCALAR = "-Djanus.kernels=scalar";
  static final String VECTOR = "--add-modules=jdk.incubator.vector";

  private Twins() {}
}
