package dev.janus.bench;

import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.SyntheticFlows;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.score.ScoreName;
import dev.janus.score.Scorer;
import dev.janus.score.ScoringConfig;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The ten scores of each of 128 flows of real lengths: four ODE steps and five passes for the
 * likelihood; microseconds per flow.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@OperationsPerInvocation(ScoringBenchmark.FLOWS)
public class ScoringBenchmark {
  static final int FLOWS = 128;

  private static final double SIGMA = 0.1;

  @Param({"1", "2"})
  public int threads;

  private final ModelConfig model = ModelConfig.defaults();
  private final float[] weights = new JanusNetwork(model).initialWeights(1);
  private final NormalizedFlows flows = SyntheticFlows.of(FlowLengths.ragged(FLOWS));
  private final double[] scores = new double[FLOWS * ScoreName.COUNT];
  private ThreadTeam team = ThreadTeam.ofSize(1);
  private Scorer scorer = scorer(team);

  private Scorer scorer(ThreadTeam threadTeam) {
    return new Scorer(
        model, weights, ScoringConfig.defaults(SIGMA), KernelSelection.best(), threadTeam);
  }

  @Setup
  public void open() {
    team.close();
    team = ThreadTeam.ofSize(threads);
    scorer = scorer(team);
  }

  @TearDown
  public void close() {
    team.close();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.SCALAR)
  public double[] scoreScalar() {
    return score();
  }

  @Benchmark
  @Fork(value = 2, jvmArgsAppend = Twins.VECTOR)
  public double[] scoreVector() {
    return score();
  }

  private double[] score() {
    scorer.score(flows, scores);
    return scores;
  }
}
