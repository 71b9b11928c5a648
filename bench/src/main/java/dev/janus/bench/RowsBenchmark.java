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

/**
 * Row kernels on one flow of 12 tokens and width 128, data in the nearest cache; nanoseconds per
 * element.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@OperationsPerInvocation(RowsBenchmark.ROWS * RowsBenchmark.D)
public class RowsBenchmark {
  static final int ROWS = 12;
  static final int D = 128;

  private final Kernels kernels = KernelSelection.best();
  private final float[] x = RandomArrays.normals(ROWS * D);
  private final float[] y = RandomArrays.normals(ROWS * D);
  private final float[] xhat = RandomArrays.normals(ROWS * D);
  private final float[] dx = new float[ROWS * D];
  private final float[] rstd = RandomArrays.normals(ROWS);
  private final float[] shift = RandomArrays.normals(D);
  private final float[] scale = RandomArrays.normals(D);
  private final float[] dshift = new float[D];
  private final float[] dscale = new float[D];
  private final float[] scratch = new float[D];

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] adaNormScalar() {
    return adaNorm();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] adaNormVector() {
    return adaNorm();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] adaNormBackwardScalar() {
    return adaNormBackward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] adaNormBackwardVector() {
    return adaNormBackward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] gateScalar() {
    return gate();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] gateVector() {
    return gate();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] gateBackwardScalar() {
    return gateBackward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] gateBackwardVector() {
    return gateBackward();
  }

  private float[] adaNorm() {
    kernels.adaNorm(ROWS, D, x, 0, shift, 0, scale, 0, xhat, 0, rstd, 0, y, 0);
    return y;
  }

  private float[] adaNormBackward() {
    kernels.adaNormBackward(
        ROWS, D, y, 0, xhat, 0, rstd, 0, scale, 0, dx, 0, dshift, 0, dscale, 0, scratch, 0);
    return dx;
  }

  private float[] gate() {
    kernels.gate(ROWS, D, x, 0, y, 0, scale, 0, dx, 0);
    return dx;
  }

  private float[] gateBackward() {
    kernels.gateBackward(ROWS, D, x, 0, y, 0, scale, 0, dx, 0, dscale, 0);
    return dx;
  }
}
