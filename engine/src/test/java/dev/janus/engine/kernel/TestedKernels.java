package dev.janus.engine.kernel;

import java.util.stream.Stream;

/** The implementations under test. */
final class TestedKernels {
  private TestedKernels() {}

  static Stream<Kernels> all() {
    return Stream.of(ScalarKernels.INSTANCE);
  }
}
