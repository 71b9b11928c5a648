package dev.janus.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Warm kernels allocate nothing. A boxed vector, the usual sign of a helper that was not inlined,
 * shows here as megabytes.
 */
class KernelAllocationTest {
  private static final int ROUNDS_MEASURED = 20;
  private static final long BYTES_PER_ROUND = 64;
  private static final int MOST_WARM_UPS = 400;

  @ParameterizedTest
  @MethodSource("dev.janus.engine.kernel.TestedKernels#all")
  void warmKernelsAllocateNothing(Kernels kernels) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    EveryKernel every = new EveryKernel(kernels, 65, 32);
    long allocated = Long.MAX_VALUE;
    // Compilation ends at no fixed moment: try again until it has.
    for (int i = 0; i < MOST_WARM_UPS && allocated > BYTES_PER_ROUND * ROUNDS_MEASURED; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int round = 0; round < ROUNDS_MEASURED; round++) {
        every.run();
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated / ROUNDS_MEASURED)
        .as("bytes per round of %s", kernels.name())
        .isLessThanOrEqualTo(BYTES_PER_ROUND);
  }
}
