package dev.janus.bench;

import dev.janus.engine.random.CounterRandom;
import dev.janus.engine.random.SplitMix64;
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
 * Normals for one flow, from the training and from the scoring generator; nanoseconds per normal.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@OperationsPerInvocation(NoiseBenchmark.N)
public class NoiseBenchmark {
  static final int N = 200;

  private final float[] out = new float[N];
  private long key;

  @Benchmark
  public float[] trainingNormals() {
    CounterRandom.fillNormals(key++, out, 0, N);
    return out;
  }

  @Benchmark
  public float[] scoringNormals() {
    SplitMix64.fillNormals(key++, out, 0, N);
    return out;
  }
}
