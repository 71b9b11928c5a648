package dev.janus.score;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.util.Map;

/**
 * Turns trained weights into a model that gives verdicts: scores benign validation flows and fits
 * the distance and its calibration on them (method, sections 8 and 9). No attack flow is seen.
 */
public final class ModelFitting {
  private static final int FLOWS_PER_PIECE = 1024;

  private ModelFitting() {}

  /**
   * Fits the aggregator.
   *
   * @param flows raw flows
   * @param validation rows of benign flows that training did not see
   * @throws dev.janus.model.ModelException when there are too few flows or a score is not finite
   */
  public static JanusModel fit(
      ModelConfig config,
      float[] weights,
      Normalization normalization,
      ScoringConfig scoring,
      FlowSource flows,
      int[] validation,
      Map<String, String> provenance,
      Kernels kernels,
      ThreadTeam team) {
    int count = validation.length;
    double[] scores = new double[count * ScoreName.COUNT];
    Scorer scorer = new Scorer(config, weights, scoring, kernels, team);
    FlowBatch raw = new FlowBatch();
    NormalizedFlows piece = new NormalizedFlows();
    double[] pieceScores = new double[FLOWS_PER_PIECE * ScoreName.COUNT];
    for (int from = 0; from < count; from += FLOWS_PER_PIECE) {
      int to = Math.min(count, from + FLOWS_PER_PIECE);
      raw.clear();
      flows.copy(validation, from, to, raw);
      piece.fill(raw, normalization, config.maxPackets());
      scorer.score(piece, pieceScores);
      System.arraycopy(
          pieceScores, 0, scores, from * ScoreName.COUNT, (to - from) * ScoreName.COUNT);
    }
    MahalanobisOas aggregator = MahalanobisOas.fit(scores, count, ScoreName.COUNT);
    double[] distances = HeldOutDistances.of(scores, count, ScoreName.COUNT);
    return new JanusModel(
        config, weights, normalization, scoring, aggregator, Calibration.of(distances), provenance);
  }
}
