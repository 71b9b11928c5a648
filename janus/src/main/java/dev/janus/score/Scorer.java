package dev.janus.score;

import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ChunkPlan;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import dev.janus.model.NormalizedFlows;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Computes the ten scores of flows (method, section 7). A flow's scores are the same bits in any
 * batch, any order and any number of threads. Not thread-safe: one caller at a time; the work is
 * spread over the team.
 */
public final class Scorer {
  private final int maxPackets;
  private final ThreadTeam team;
  private final ConcurrentLinkedDeque<ScoringWorkspace> workspaces = new ConcurrentLinkedDeque<>();
  private final ChunkPlan plan;

  /**
   * A scorer of one network.
   *
   * @param weights parameters in the layout of the network of {@code model}; copied in packed form
   *     and kept
   */
  public Scorer(
      ModelConfig model, float[] weights, ScoringConfig config, Kernels kernels, ThreadTeam team) {
    JanusNetwork network = new JanusNetwork(model);
    if (weights.length != network.layout().length()) {
      throw new IllegalArgumentException(
          "the network has %d parameters, not %d"
              .formatted(network.layout().length(), weights.length));
    }
    this.maxPackets = model.maxPackets();
    this.team = team;
    this.plan = new ChunkPlan(team.size());
    WeightPanels panels = network.inferencePanels(kernels);
    panels.pack(weights, team);
    ScoringNoise noise = new ScoringNoise(config.noiseSeed(), model.maxPackets());
    for (int i = 0; i < team.size(); i++) {
      workspaces.push(new ScoringWorkspace(network, weights, config, noise, kernels, panels));
    }
  }

  /** Packets per flow the network reads at most; flows are to be normalised with this limit. */
  public int maxPackets() {
    return maxPackets;
  }

  /**
   * Scores every flow.
   *
   * @param flows flows normalised with the model's statistics
   * @param scores receives {@code [flows, 10]} in the order of {@link ScoreName}
   */
  public void score(NormalizedFlows flows, double[] scores) {
    plan.plan(flows.packets());
    team.run(plan.count(), chunk -> scoreChunk(flows, chunk, scores));
  }

  private void scoreChunk(NormalizedFlows flows, int chunk, double[] scores) {
    ScoringWorkspace workspace = workspaces.pop();
    try {
      workspace.run(flows, plan.from(chunk), plan.to(chunk), scores);
    } finally {
      workspaces.push(workspace);
    }
  }
}
