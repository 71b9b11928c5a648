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

/** Element-wise arithmetic on 4096 elements, data in L2; nanoseconds per element. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(ElementsBenchmark.N)
public class ElementsBenchmark {
  static final int N = 4096;

  private final Kernels kernels = KernelSelection.best();
  private final float[] x = RandomArrays.normals(N);
  private final float[] slope = RandomArrays.normals(N);
  private final float[] y = new float[N];

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] addScalar() {
    return add();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] addVector() {
    return add();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] scaleScalar() {
    return scale();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] scaleVector() {
    return scale();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] scaleAddScalar() {
    return scaleAdd();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] scaleAddVector() {
    return scaleAdd();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] multiplyElementsScalar() {
    return multiplyElements();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] multiplyElementsVector() {
    return multiplyElements();
  }

  private float[] add() {
    kernels.add(N, x, 0, y, 0);
    return y;
  }

  private float[] scale() {
    kernels.scale(N, 0.5f, x, 0, y, 0);
    return y;
  }

  private float[] scaleAdd() {
    kernels.scaleAdd(N, 0.5f, x, 0, y, 0);
    return y;
  }

  private float[] multiplyElements() {
    kernels.multiplyElements(N, x, 0, slope, 0, y, 0);
    return y;
  }
}
