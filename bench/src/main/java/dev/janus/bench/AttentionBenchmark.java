package dev.janus.bench;

import dev.janus.engine.kernel.AttentionMask;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import java.util.concurrent.TimeUnit;
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
 * Attention of one flow with 4 heads of width 32, forward and backward; nanoseconds per flow. A
 * flow of 12 tokens is an average one, 65 tokens the longest.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AttentionBenchmark {
  private static final int HEADS = 4;
  private static final int WIDTH = 32;
  private static final int D = HEADS * WIDTH;

  @Param({"4", "12", "33", "65"})
  public int rows;

  private final Kernels kernels = KernelSelection.best();
  private float[] qkv = {};
  private float[] dqkv = {};
  private float[] out = {};
  private float[] dout = {};
  private float[] saved = {};
  private float[] scratch = {};

  @Setup
  public void allocate() {
    qkv = RandomArrays.normals(rows * 3 * D);
    dqkv = new float[rows * 3 * D];
    out = new float[rows * D];
    dout = RandomArrays.normals(rows * D);
    saved = new float[kernels.attentionSavedLength(rows, HEADS)];
    scratch = new float[kernels.attentionScratchLength(rows, HEADS, WIDTH)];
    forward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] forwardScalar() {
    return forward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] forwardVector() {
    return forward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] backwardScalar() {
    return backward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] backwardVector() {
    return backward();
  }

  private float[] forward() {
    kernels.attention(
        rows, HEADS, WIDTH, AttentionMask.CAUSAL, qkv, 0, saved, 0, out, 0, scratch, 0);
    return out;
  }

  private float[] backward() {
    kernels.attentionBackward(
        rows, HEADS, WIDTH, AttentionMask.CAUSAL, qkv, 0, saved, 0, dout, 0, dqkv, 0, scratch, 0);
    return dqkv;
  }
}
