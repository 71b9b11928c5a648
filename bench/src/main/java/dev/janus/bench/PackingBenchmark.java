package dev.janus.bench;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Packing of a 384 x 128 weight, once per step in each direction; nanoseconds per weight. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(PackingBenchmark.K * PackingBenchmark.N)
public class PackingBenchmark {
  static final int K = 128;
  static final int N = 384;

  private final Kernels kernels = KernelSelection.best();
  private final float[] w = RandomArrays.normals(K * N);
  private final float[] forward = new float[kernels.packedLength(K, N)];
  private final float[] backward = new float[kernels.packedLength(N, K)];

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] packForwardScalar() {
    return packForward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] packForwardVector() {
    return packForward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] packBackwardScalar() {
    return packBackward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] packBackwardVector() {
    return packBackward();
  }

  private float[] packForward() {
    kernels.packTransposed(K, N, w, 0, forward, 0);
    return forward;
  }

  private float[] packBackward() {
    kernels.pack(N, K, w, 0, backward, 0);
    return backward;
  }
}
