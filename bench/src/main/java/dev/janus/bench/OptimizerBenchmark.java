package dev.janus.bench;

import dev.janus.engine.kernel.AdamWStep;
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

/** Optimiser kernels on all parameters of the default model; nanoseconds per parameter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(OptimizerBenchmark.N)
public class OptimizerBenchmark {
  static final int N = 1_269_405;

  private final Kernels kernels = KernelSelection.best();
  private final AdamWStep step =
      new AdamWStep(1f, 0.99999f, 0.9f, 0.999f, 1e-6f, 1f, 1e-8f, 0.995f);
  private final float[] w = RandomArrays.normals(N);
  private final float[] g = RandomArrays.normals(N);
  private final float[] m = new float[N];
  private final float[] v = new float[N];
  private final float[] ema = new float[N];

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public double adamWScalar() {
    return adamW();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public double adamWVector() {
    return adamW();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public double sumOfSquaresScalar() {
    return sumOfSquares();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public double sumOfSquaresVector() {
    return sumOfSquares();
  }

  private double adamW() {
    kernels.adamW(N, step, w, g, m, v, ema, 0);
    return w[0];
  }

  private double sumOfSquares() {
    return kernels.sumOfSquares(N, g, 0);
  }
}
