package dev.janus.bench;

import dev.janus.engine.parallel.IndexedTask;
import dev.janus.engine.parallel.ThreadTeam;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One dispatch of two pieces to a team of two threads, by work in each piece. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class DispatchBenchmark {
  /** Steps of JMH's idle work, about a nanosecond each. */
  @Param({"0", "100000"})
  public long tokens;

  private final ThreadTeam team = ThreadTeam.ofSize(2);
  private final IndexedTask task = piece -> Blackhole.consumeCPU(tokens);

  @Benchmark
  public void run() {
    team.run(2, task);
  }

  @TearDown
  public void close() {
    team.close();
  }
}
