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

/** Activations on 4096 elements, data in the nearest cache; nanoseconds per element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ActivationsBenchmark.N)
public class ActivationsBenchmark {
  static final int N = 4096;

  private final Kernels kernels = KernelSelection.best();
  private final float[] x = RandomArrays.normals(N);
  private final float[] y = new float[N];
  private final float[] slope = new float[N];

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] expScalar() {
    return exp();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] expVector() {
    return exp();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] geluScalar() {
    return gelu();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] geluVector() {
    return gelu();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] geluSlopeScalar() {
    return geluSlope();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] geluSlopeVector() {
    return geluSlope();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] siluScalar() {
    return silu();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] siluVector() {
    return silu();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] siluSlopeScalar() {
    return siluSlope();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] siluSlopeVector() {
    return siluSlope();
  }

  private float[] exp() {
    kernels.exp(N, x, 0, y, 0);
    return y;
  }

  private float[] gelu() {
    kernels.gelu(N, x, 0, y, 0);
    return y;
  }

  private float[] geluSlope() {
    kernels.geluSlope(N, x, 0, y, 0, slope, 0);
    return slope;
  }

  private float[] silu() {
    kernels.silu(N, x, 0, y, 0);
    return y;
  }

  private float[] siluSlope() {
    kernels.siluSlope(N, x, 0, y, 0, slope, 0);
    return slope;
  }
}
