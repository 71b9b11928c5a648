package dev.janus.engine.kernel;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;

/** The implementations under test. */
final class TestedKernels {
  private TestedKernels() {}

  /** The scalar kernels and, where this JVM has them, the vector kernels. */
  static Stream<Kernels> all() {
    return Stream.of(ScalarKernels.INSTANCE, selected()).distinct();
  }

  /** The vector kernels at the width that the test run asks for; skips the test without them. */
  static Kernels vector() {
    Kernels kernels = selected();
    assumeTrue(kernels != ScalarKernels.INSTANCE, "no vector kernels on this JVM");
    return kernels;
  }

  private static Kernels selected() {
    JvmFacts jvm = JvmFacts.current();
    int requested = RequestedKernels.current().vectorBits();
    boolean possible = jvm.vectorModule() && requested <= VectorWidths.preferredBits();
    return requested == 0 || possible ? KernelSelection.best() : ScalarKernels.INSTANCE;
  }
}
