package dev.janus.score;

import dev.janus.autograd.nn.WeightPanels;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.JanusNetwork;
import dev.janus.model.NormalizedFlows;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * All that scoring needs with one kind of kernels: the weights packed for them, and a workspace for
 * each thread that scores, made when it first does. Any number of threads may score at once.
 */
final class ScoringLane {
  private final JanusNetwork network;
  private final float[] weights;
  private final ScoringConfig config;
  private final ScoringNoise noise;
  private final Kernels kernels;
  private final WeightPanels panels;
  private final ConcurrentLinkedDeque<ScoringWorkspace> idle = new ConcurrentLinkedDeque<>();

  /**
   * @param weights parameters of the network; kept
   * @param team packs the weights
   */
  ScoringLane(
      JanusNetwork network,
      float[] weights,
      ScoringConfig config,
      ScoringNoise noise,
      Kernels kernels,
      ThreadTeam team) {
    this.network = network;
    this.weights = weights;
    this.config = config;
    this.noise = noise;
    this.kernels = kernels;
    this.panels = network.inferencePanels(kernels);
    panels.pack(weights, team);
  }

  /** The same scoring with other kernels; packs on the calling thread. */
  ScoringLane with(Kernels other) {
    try (ThreadTeam alone = ThreadTeam.ofSize(1)) {
      return new ScoringLane(network, weights, config, noise, other, alone);
    }
  }

  Kernels kernels() {
    return kernels;
  }

  /** Scores flows {@code first..last-1} into rows {@code first..last-1} of {@code [N, 10]}. */
  void score(NormalizedFlows flows, int first, int last, double[] scores) {
    ScoringWorkspace workspace = workspace();
    workspace.run(flows, first, last, scores);
    idle.push(workspace);
  }

  /** Hands the hidden states of flows {@code first..last-1} to a reader. */
  void states(NormalizedFlows flows, int first, int last, StateReader reader) {
    ScoringWorkspace workspace = workspace();
    workspace.states(flows, first, last, reader);
    idle.push(workspace);
  }

  /** What the results of the only flow of {@code single} are sums of. */
  FlowTerms terms(NormalizedFlows single) {
    ScoringWorkspace workspace = workspace();
    FlowTerms terms = workspace.terms(single);
    idle.push(workspace);
    return terms;
  }

  private ScoringWorkspace workspace() {
    ScoringWorkspace workspace = idle.poll();
    return workspace == null
        ? new ScoringWorkspace(network, weights, config, noise, kernels, panels)
        : workspace;
  }
}
