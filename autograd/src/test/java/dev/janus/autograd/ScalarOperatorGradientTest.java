package dev.janus.autograd;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;

/** The same gradients with scalar kernels, which ask for other scratch. */
class ScalarOperatorGradientTest extends OperatorGradientTest {
  @Override
  Kernels kernels() {
    return KernelSelection.atStart().kernels();
  }
}
