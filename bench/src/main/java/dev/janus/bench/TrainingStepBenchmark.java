package dev.janus.bench;

import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.NetworkStep;
import dev.janus.bench.step.StepBatch;
import dev.janus.bench.step.StepOutput;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.model.ModelConfig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A whole step of the network on a batch of 128 flows; milliseconds. Warm after five or more steps:
 * many kernels have to be compiled.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class TrainingStepBenchmark {
  private static final int FLOWS = 128;

  /** {@code dense}: 65 tokens in each flow; {@code ragged}: about 12 in the mean. */
  @Param({"dense", "ragged"})
  public String lengths = "";

  @Param({"1", "2"})
  public int threads;

  private NetworkStep step = step("ragged", 1);

  private static NetworkStep step(String lengths, int threads) {
    int[] packets =
        lengths.equals("dense")
            ? FlowLengths.dense(FLOWS, FlowLengths.LONGEST + 1)
            : FlowLengths.ragged(FLOWS);
    StepBatch batch = StepBatch.of(packets, ModelConfig.defaults().dModel());
    return new NetworkStep(batch, KernelSelection.best(), threads);
  }

  @Setup(Level.Trial)
  public void open() {
    step.close();
    step = step(lengths, threads);
  }

  @TearDown(Level.Trial)
  public void close() {
    step.close();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public float[] trainScalar() {
    return train();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public float[] trainVector() {
    return train();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public StepOutput forwardScalar() {
    return step.forward();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public StepOutput forwardVector() {
    return step.forward();
  }

  private float[] train() {
    step.train();
    return step.weights();
  }
}
