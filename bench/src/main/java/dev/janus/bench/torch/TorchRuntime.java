package dev.janus.bench.torch;

import java.util.List;
import java.util.Map;
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

  /**
   * What libtorch needs to be at its best here. Threads of OpenBLAS busy-wait for 25 ms after each
   * product unless told otherwise and keep OpenMP's from the cores meanwhile; pages of freed
   * activations go back to the system and are cleared anew for the next step unless the allocator
   * keeps them.
   */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OPENBLAS_THREAD_TIMEOUT", "4",
          "MALLOC_ARENA_MAX", "1",
          "MALLOC_MMAP_THRESHOLD_", "1073741824",
          "MALLOC_TRIM_THRESHOLD_", "17179869184");

  private TorchRuntime() {}

  /** Sets the threads of both OpenMP and OpenBLAS. */
  static void setThreads(int threads) {
    torch.set_num_threads(threads);
    openblas_nolapack.blas_set_num_threads(threads);
  }
}
