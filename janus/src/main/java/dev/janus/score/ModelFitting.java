package dev.janus.score;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.util.Arrays;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Turns trained weights into a model that gives verdicts: fits its distances on benign flows and
 * calibrates them on benign validation flows (method, sections 8, 9 and 12.2). No attack flow is
 * seen.
 */
public final class ModelFitting {
  private static final int FLOWS_PER_PIECE = 1024;

  /** The covariance of a few hundred numbers needs no more; memory stays bounded. */
  private static final int MOST_FITTED = 50_000;

  private final ModelConfig config;
  private final Normalization normalization;
  private final FlowSource flows;
  private final Scorer scorer;

  private ModelFitting(
      ModelConfig config,
      float[] weights,
      Normalization normalization,
      ScoringConfig scoring,
      FlowSource flows,
      Kernels kernels,
      ThreadTeam team) {
    this.config = config;
    this.normalization = normalization;
    this.flows = flows;
    this.scorer = new Scorer(config, weights, scoring, kernels, team);
  }

  /**
   * Fits the distances: that of the ten scores on validation flows, that of the hidden state on
   * training flows. Both are calibrated on validation flows.
   *
   * @param flows raw flows
   * @param training rows of the benign flows of the training
   * @param validation rows of benign flows that training did not see
   * @throws dev.janus.model.ModelException when there are too few flows or a score is not finite
   */
  public static JanusModel fit(
      ModelConfig config,
      float[] weights,
      Normalization normalization,
      ScoringConfig scoring,
      FlowSource flows,
      int[] training,
      int[] validation,
      Map<String, String> provenance,
      Kernels kernels,
      ThreadTeam team) {
    ModelFitting fitting =
        new ModelFitting(config, weights, normalization, scoring, flows, kernels, team);
    return new JanusModel(
        config,
        weights,
        normalization,
        scoring,
        fitting.oas10(validation),
        fitting.hidden(fitted(training), validation),
        provenance);
  }

  private CalibratedDistance oas10(int[] validation) {
    ComputedScores computed = ComputedScores.of(config);
    int n = validation.length;
    double[] scores = computed.of(vectors(validation, ScoreName.COUNT, scorer::score), n);
    return new CalibratedDistance(
        computed.widened(MahalanobisOas.fit(scores, n, computed.count())),
        Calibration.of(HeldOutDistances.of(scores, n, computed.count())));
  }

  private CalibratedDistance hidden(int[] training, int[] validation) {
    int d = config.dModel();
    MahalanobisOas distance =
        MahalanobisOas.fit(vectors(training, d, scorer::hidden), training.length, d);
    double[] distances = new double[validation.length];
    eachPiece(
        validation,
        d,
        scorer::hidden,
        (from, count, states) -> {
          for (int f = 0; f < count; f++) {
            distances[from + f] = distance.distance(states, f * d);
          }
        });
    return new CalibratedDistance(distance, Calibration.of(distances));
  }

  /** All training flows, or as many as are enough, evenly spread over them. */
  private static int[] fitted(int[] training) {
    int count = Math.min(training.length, MOST_FITTED);
    int[] rows = new int[count];
    Arrays.setAll(rows, k -> training[(int) ((long) k * training.length / count)]);
    return rows;
  }

  /** A vector for each flow, {@code [rows, columns]}. */
  private double[] vectors(
      int[] rows, int columns, BiConsumer<NormalizedFlows, double[]> computation) {
    double[] vectors = new double[rows.length * columns];
    eachPiece(
        rows,
        columns,
        computation,
        (from, count, piece) ->
            System.arraycopy(piece, 0, vectors, from * columns, count * columns));
    return vectors;
  }

  /** Takes the vectors of rows {@code from..from+count-1}, {@code [count, columns]}. */
  private interface PieceSink {
    void accept(int from, int count, double[] vectors);
  }

  private void eachPiece(
      int[] rows, int columns, BiConsumer<NormalizedFlows, double[]> computation, PieceSink sink) {
    FlowBatch raw = new FlowBatch();
    NormalizedFlows piece = new NormalizedFlows();
    double[] vectors = new double[FLOWS_PER_PIECE * columns];
    for (int from = 0; from < rows.length; from += FLOWS_PER_PIECE) {
      int to = Math.min(rows.length, from + FLOWS_PER_PIECE);
      raw.clear();
      flows.copy(rows, from, to, raw);
      piece.fill(raw, normalization, config.maxPackets());
      computation.accept(piece, vectors);
      sink.accept(from, to - from, vectors);
    }
  }
}
