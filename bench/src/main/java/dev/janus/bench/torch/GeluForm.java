package dev.janus.bench.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The two forms of GELU; they differ by at most 5e-4. The method has the tanh form, so results are
 * compared with it. PyTorch's own kernel is three times faster in the error-function form, so that
 * one is timed.
 */
enum GeluForm {
  TANH("tanh"),
  ERF("none");

  private final String approximation;

  GeluForm(String approximation) {
    this.approximation = approximation;
  }

  /** PyTorch's name of the form. */
  String approximation() {
    return approximation;
  }

  Tensor apply(Tensor x) {
    return torch.gelu(x, approximation);
  }
}
