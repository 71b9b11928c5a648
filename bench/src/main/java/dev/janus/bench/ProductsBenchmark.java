package dev.janus.bench;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Products at the shapes of the model: a chunk of 520 tokens, or one short flow. Read the counter
 * {@code flops}: operations per nanosecond, that is GF/s. Two forks, because now and then C2
 * compiles a micro-kernel worse than usual; 3 s of warm-up, because compiling one takes a busy core
 * up to half a second and until then vectors are boxed.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProductsBenchmark {
  /** Rows of the left factor, summed index, columns of the right factor. */
  @Param({"520x128x384", "520x128x128", "520x128x512", "520x512x128", "16x128x384", "520x9x128"})
  public String shape = "";

  private final Kernels kernels = KernelSelection.best();
  private int m;
  private int k;
  private int n;
  private float[] x = {};
  private float[] y = {};
  private float[] w = {};
  private float[] bias = {};
  private float[] packed = {};
  private float[] backward = {};
  private float[] dx = {};
  private float[] gradient = {};
  private float[] biasGradient = {};
  private float[] scratch = {};

  /** Counts floating-point operations. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Work {
    public long flops;
  }

  @Setup
  public void allocate() {
    String[] sizes = shape.split("x", -1);
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
    x = RandomArrays.normals(m * k);
    y = RandomArrays.normals(m * n);
    w = RandomArrays.normals(n * k);
    bias = RandomArrays.normals(n);
    packed = new float[kernels.packedLength(k, n)];
    kernels.packTransposed(k, n, w, 0, packed, 0);
    backward = new float[kernels.packedLength(n, k)];
    kernels.pack(n, k, w, 0, backward, 0);
    dx = new float[m * k];
    gradient = new float[n * k];
    biasGradient = new float[n];
    scratch = new float[kernels.outerScratchLength(m, n, k)];
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] linearScalar(Work work) {
    return linear(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] linearVector(Work work) {
    return linear(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] weightGradientScalar(Work work) {
    return weightGradient(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] weightGradientVector(Work work) {
    return weightGradient(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] layerGradientScalar(Work work) {
    return layerGradient(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] layerGradientVector(Work work) {
    return layerGradient(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] inputGradientScalar(Work work) {
    return inputGradient(work);
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] inputGradientVector(Work work) {
    return inputGradient(work);
  }

  private float[] linear(Work work) {
    kernels.multiplyBias(m, n, k, x, 0, packed, 0, bias, 0, y, 0);
    work.flops += 2L * m * n * k;
    return y;
  }

  private float[] weightGradient(Work work) {
    kernels.outerAdd(m, n, k, y, 0, x, 0, gradient, 0, scratch, 0);
    work.flops += 2L * m * n * k;
    return gradient;
  }

  /** Of weight and bias, as a training step takes them. */
  private float[] layerGradient(Work work) {
    kernels.outerSumAdd(m, n, k, y, 0, x, 0, gradient, 0, biasGradient, 0, scratch, 0);
    work.flops += 2L * m * n * k + (long) m * n;
    return gradient;
  }

  private float[] inputGradient(Work work) {
    kernels.multiplyAdd(m, k, n, y, 0, backward, 0, dx, 0);
    work.flops += 2L * m * n * k;
    return dx;
  }
}
