package dev.janus.score;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.util.Map;

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
   * Fits the distances: that of the ten scores on validation flows, those of hidden states and of
   * features on training flows. All are calibrated on validation flows, the fused verdict on those
   * at odd positions, as the others fit it.
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
    BenignScores.requireEnough(validation.length);
    OfTraining ofTraining = fitting.training(RowChoice.spread(training, MOST_FITTED));
    BenignScores scores = fitting.validation(ofTraining, validation);
    return new JanusModel(
        config,
        weights,
        normalization,
        scoring,
        scores.fused(ofTraining.places, ofTraining.features, ComputedScores.of(config)),
        scores.oas10(ComputedScores.of(config)),
        new CalibratedDistance(ofTraining.hidden, Calibration.of(scores.hidden())),
        provenance);
  }

  /**
   * Fits and calibrates a model's verdicts anew on benign flows of another network. Network,
   * normalisation and the distances that training flows fit stay as they are.
   *
   * @param benign what the model says of these flows, in the order of time
   * @throws dev.janus.model.ModelException when they are fewer than 4
   */
  public static JanusModel refit(JanusModel model, FlowVerdicts benign) {
    BenignScores scores =
        new BenignScores(
            benign.hidden().distances(), benign.scores(), benign.measures(), benign.strata());
    FusedFit fit = model.fused().fit();
    return new JanusModel(
        model.config(),
        model.weights(),
        model.normalization(),
        model.scoring(),
        scores.fused(fit.places(), fit.features(), ComputedScores.of(model.config())),
        scores.oas10(ComputedScores.of(model.config())),
        new CalibratedDistance(model.hidden().distance(), Calibration.of(scores.hidden())),
        model.provenance());
  }

  /** What training flows fit. */
  private record OfTraining(
      MahalanobisOas hidden, PlaceDistances places, MahalanobisOas features) {}

  private OfTraining training(int[] rows) {
    int d = config.dModel();
    double[] hidden = new double[rows.length * d];
    double[] features = new double[rows.length * FlowFeature.COUNT];
    PlaceFit places = new PlaceFit(d);
    eachPiece(
        rows,
        (from, piece) -> {
          float[] states = new float[piece.packets().totalRows() * d];
          scorer.states(
              piece,
              (flow, data, offset, packets, room) -> {
                HiddenState.mean(data, offset, packets, d, hidden, (from + flow) * d);
                System.arraycopy(
                    data, offset, states, piece.packets().start(flow) * d, packets * d);
              });
          for (int f = 0; f < piece.flows(); f++) {
            places.add(states, piece.packets().start(f) * d, piece.packets().rows(f));
          }
          for (int k = 0; k < piece.flows() * FlowFeature.COUNT; k++) {
            features[from * FlowFeature.COUNT + k] = piece.features()[k];
          }
        });
    return new OfTraining(
        MahalanobisOas.fit(hidden, rows.length, d),
        places.fitted(),
        MahalanobisOas.fit(features, rows.length, FlowFeature.COUNT));
  }

  private BenignScores validation(OfTraining fit, int[] rows) {
    int d = config.dModel();
    BenignScores known = BenignScores.ofSize(rows.length);
    double[] hidden = new double[FLOWS_PER_PIECE * d];
    double[] scores = new double[FLOWS_PER_PIECE * ScoreName.COUNT];
    eachPiece(
        rows,
        (from, piece) -> {
          scorer.states(
              piece,
              (flow, states, offset, packets, room) -> {
                HiddenState.mean(states, offset, packets, d, hidden, flow * d);
                fit.places.measure(
                    states,
                    offset,
                    packets,
                    room,
                    known.measures(),
                    (from + flow) * FusedMeasure.COUNT);
              });
          scorer.score(piece, scores);
          System.arraycopy(
              scores, 0, known.scores(), from * ScoreName.COUNT, piece.flows() * ScoreName.COUNT);
          FusedFit.ofFeatures(fit.features, piece, known.measures(), from);
          for (int f = 0; f < piece.flows(); f++) {
            known.hidden()[from + f] = fit.hidden.distance(hidden, f * d);
            known.strata()[from + f] = FlowStratum.of(piece, f);
          }
        });
    return known;
  }

  /** Takes flows, the first of which is the given one of all. */
  private interface PieceSink {
    void accept(int from, NormalizedFlows piece);
  }

  private void eachPiece(int[] rows, PieceSink sink) {
    FlowBatch raw = new FlowBatch();
    NormalizedFlows piece = new NormalizedFlows();
    for (int from = 0; from < rows.length; from += FLOWS_PER_PIECE) {
      int to = Math.min(rows.length, from + FLOWS_PER_PIECE);
      raw.clear();
      flows.copy(rows, from, to, raw);
      piece.fill(raw, normalization, config.maxPackets());
      sink.accept(from, piece);
    }
  }
}
