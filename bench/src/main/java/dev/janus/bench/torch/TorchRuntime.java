package dev.janus.bench.torch;

import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/** Settings of libtorch that every group with this peer shares. */
final class TorchRuntime {
  /** Name for the table. */
  static final String NAME = "libtorch 2.13.0";

  /**
   * Tensors are freed at the end of a step by a scope, never by the garbage collector; the size of
   * the native heap is no concern of the bindings.
   */
  static final List<String> JVM_OPTIONS =
      List.of(
          "-Dorg.bytedeco.javacpp.nopointergc=true",
          "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
          "-Dorg.bytedeco.javacpp.maxBytes=0");

  private TorchRuntime() {}

  /** Sets the threads of both OpenMP and OpenBLAS. */
  static void setThreads(int threads) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }
}
