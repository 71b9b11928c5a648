package dev.janus.bench.torch;

import dev.janus.bench.duel.Agreement;
import dev.janus.bench.duel.Clock;
import dev.janus.bench.duel.Contender;
import dev.janus.bench.duel.Duel;
import dev.janus.bench.duel.DuelResult;
import dev.janus.bench.duel.Plan;
import dev.janus.bench.step.FlowLengths;
import dev.janus.bench.step.NetworkStep;
import dev.janus.bench.step.SyntheticFlows;
import dev.janus.bench.table.Bar;
import dev.janus.bench.table.Measurement;
import dev.janus.bench.table.Row;
import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import dev.janus.score.ScoreName;
import dev.janus.score.Scorer;
import dev.janus.score.ScoringConfig;
import java.util.List;

/** Flows per second of the ten scores, on flows as long as captures have them. */
public final class ScoreGroup extends TorchSettingGroup {
  private static final int FLOWS = 256;
  private static final int BATCH = 128;
  private static final int BUCKET = 16;
  private static final int THREADS = 2;
  private static final double SIGMA = 0.1;
  private static final double TOLERANCE = 1e-3;
  private static final String UNIT = "flows/s";
  private static final Bar BAR = Bar.ratioAtLeast(9);

  public ScoreGroup(TorchSetting setting) {
    super("score", setting);
  }

  @Override
  public String summary() {
    return setting.described(
        "ten scores of flows of 12 tokens in the mean, against libtorch padded");
  }

  @Override
  public void run(Measurement measurement) throws Exception {
    ModelConfig config = ModelConfig.defaults();
    NormalizedFlows flows = SyntheticFlows.of(FlowLengths.ragged(FLOWS));
    float[] weights = NetworkStep.randomWeights();
    Kernels kernels = KernelSelection.best();
    ThreadTeam team = ThreadTeam.ofSize(THREADS);
    Scorer scorer = new Scorer(config, weights, ScoringConfig.defaults(SIGMA), kernels, team);
    double[] scores = new double[FLOWS * ScoreName.COUNT];
    Contender ours = Contender.of(kernels.name(), () -> scorer.score(flows, scores));
    ours.run();
    compare(
        measurement,
        "ten scores, real lengths, 2 threads, peer padded to 65",
        setting.bar(BAR),
        new Sides(setting, ours, scores, flows, weights, Batches.padded(flows.packets(), BATCH)));
    if (!measurement.quick()) {
      compare(
          measurement,
          "ten scores, real lengths, 2 threads, peer in sorted buckets of " + BUCKET,
          Bar.NONE,
          new Sides(
              setting, ours, scores, flows, weights, Batches.bucketed(flows.packets(), BUCKET)));
    }
    team.close();
  }

  /** Ours with its results, and what the peer is to be made of. */
  private record Sides(
      TorchSetting setting,
      Contender ours,
      double[] scores,
      NormalizedFlows flows,
      float[] weights,
      List<Batches.Cut> cuts) {

    TorchScorer peer(GeluForm gelu) {
      ModelConfig config = ModelConfig.defaults();
      TorchParameters parameters = new TorchParameters(new JanusNetwork(config), weights);
      long rows = (long) cuts.getLast().flows().length * cuts.getLast().tokens();
      TorchNetwork network =
          new TorchNetwork(config, parameters, setting.inference(parameters, gelu, config, rows));
      long seed = ScoringConfig.defaults(SIGMA).noiseSeed();
      return new TorchScorer(
          network,
          new TorchNoise(seed, SIGMA, config.maxPackets()),
          cuts.stream().map(cut -> ScoringBatch.of(flows, cut.flows(), cut.tokens())).toList(),
          flows.flows(),
          config.dModel());
    }
  }

  private void compare(Measurement measurement, String name, Bar bar, Sides sides)
      throws Exception {
    measurement.progress(name);
    measurement.withPeer(
        new Measurement.MissingPeer(setting.peerName(), name, UNIT, bar),
        () -> {
          TorchRuntime.setThreads(THREADS);
          float[] expected = new float[sides.scores().length];
          for (int i = 0; i < expected.length; i++) {
            expected[i] = (float) sides.scores()[i];
          }
          Agreement.require(name, expected, sides.peer(GeluForm.TANH).scores(), TOLERANCE);
          DuelResult result =
              Duel.between(sides.ours(), sides.peer(GeluForm.ERF), plan(measurement));
          measurement.add(
              Row.against(
                  setting.peerName(),
                  name,
                  UNIT,
                  FLOWS / (result.oursNanos() / 1e9),
                  FLOWS / (result.peerNanos() / 1e9),
                  result.ratio(),
                  bar));
        });
  }

  /** The peer takes seconds a run: two runs warm it. */
  private Plan plan(Measurement measurement) {
    Plan step = setting.plan(measurement.effort().step());
    return new Plan(
        Clock.WALL,
        step.warmUpSeconds(),
        2,
        step.leastSampleSeconds(),
        step.measureSeconds(),
        step.leastRounds(),
        step.mostRounds());
  }
}
