package dev.janus.score;

import dev.janus.engine.kernel.KernelSelection;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ChunkPlan;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import java.util.Optional;

/**
 * Computes the ten scores of flows (method, section 7) and their hidden state. Both are the same
 * bits in any batch, any order, any number of threads and with any kernels. Not thread-safe: one
 * caller at a time; the work is spread over the team.
 */
public final class Scorer {
  private final int maxPackets;
  private final int dModel;
  private final int passes;
  private final ThreadTeam team;
  private final ChunkPlan plan;
  private final Optional<LaneWarmUp> warmUp;

  /** Read anew for each chunk: it changes once at most, when faster kernels are warm. */
  private volatile ScoringLane lane;

  /**
   * A scorer of one network that uses the given kernels only.
   *
   * @param weights parameters in the layout of the network of {@code model}; kept, and copied in
   *     packed form
   */
  public Scorer(
      ModelConfig model, float[] weights, ScoringConfig config, Kernels kernels, ThreadTeam team) {
    this(model, weights, config, kernels, Optional.empty(), team);
  }

  /**
   * A scorer that begins with the kernels of {@link KernelSelection#atStart} and changes to those
   * of {@link KernelSelection#choose} when it has been asked for enough work, the ten scores of
   * about 4,000 tokens, and they measure faster. To find out it runs both on a daemon thread of its
   * own, for 10 seconds at most. The change shows in nothing but time.
   *
   * @throws dev.janus.engine.EngineException when {@code -Djanus.kernels} asks for what this JVM
   *     cannot run
   */
  public Scorer(ModelConfig model, float[] weights, ScoringConfig config, ThreadTeam team) {
    this(model, weights, config, KernelSelection.atStart(), team);
  }

  private Scorer(
      ModelConfig model,
      float[] weights,
      ScoringConfig config,
      KernelSelection start,
      ThreadTeam team) {
    this(
        model,
        weights,
        config,
        start.kernels(),
        start.origin() == KernelSelection.Origin.ASKED_FOR
            ? Optional.empty()
            : Optional.of(new LaneWarmUp(KernelSelection::best)),
        team);
  }

  Scorer(
      ModelConfig model,
      float[] weights,
      ScoringConfig config,
      Kernels kernels,
      Optional<LaneWarmUp> warmUp,
      ThreadTeam team) {
    JanusNetwork network = new JanusNetwork(model);
    if (weights.length != network.layout().length()) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d"
              .formatted(network.layout().length(), weights.length));
    }
    this.maxPackets = model.maxPackets();
    this.dModel = model.dModel();
    this.passes = config.passes(model);
    this.team = team;
    this.plan = ChunkPlan.forScoring(team.size());
    this.warmUp = warmUp;
    ScoringNoise noise = new ScoringNoise(config.noiseSeed(), model.maxPackets());
    this.lane = new ScoringLane(network, weights, config, noise, kernels, team);
  }

  /** Packets per flow the network reads at most; flows are to be normalised with this limit. */
  public int maxPackets() {
    return maxPackets;
  }

  /** The kernels that the next chunk will run on. */
  public Kernels kernels() {
    return lane.kernels();
  }

  /**
   * Scores every flow.
   *
   * @param flows flows normalised with the model's statistics
   * @param scores receives {@code [flows, 10]} in the order of {@link ScoreName}
   */
  public void score(NormalizedFlows flows, double[] scores) {
    noteWork(flows, passes);
    plan.plan(flows.packets());
    team.run(plan.count(), chunk -> lane.score(flows, plan.from(chunk), plan.to(chunk), scores));
  }

  /**
   * Computes every flow's {@link HiddenState}.
   *
   * @param flows flows normalised with the model's statistics
   * @param hidden receives {@code [flows, d]}
   */
  public void hidden(NormalizedFlows flows, double[] hidden) {
    int d = dModel;
    states(
        flows,
        (flow, states, offset, packets, room) ->
            HiddenState.mean(states, offset, packets, d, hidden, flow * d));
  }

  /**
   * Hands the hidden states of every flow's packets to a reader.
   *
   * @param flows flows normalised with the model's statistics
   */
  void states(NormalizedFlows flows, StateReader reader) {
    noteWork(flows, 1);
    plan.plan(flows.packets());
    team.run(plan.count(), chunk -> lane.states(flows, plan.from(chunk), plan.to(chunk), reader));
  }

  /**
   * Computes what the results of one flow are sums of, on the calling thread. Allocates.
   *
   * @param single one flow, normalised with the model's statistics
   * @throws IllegalArgumentException when there is not exactly one flow
   * @throws dev.janus.model.ModelException when the model is of the unified architecture
   */
  public FlowTerms terms(NormalizedFlows single) {
    if (single.flows() != 1) {
      throw new IllegalArgumentException("terms are those of one flow, not of " + single.flows());
    }
    return lane.terms(single);
  }

  private void noteWork(NormalizedFlows flows, int passes) {
    warmUp.ifPresent(w -> w.beforeScoring(flows, passes, lane, faster -> lane = faster));
  }
}
