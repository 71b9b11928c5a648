package dev.janus.score;

import dev.janus.contract.flow.FlowBatch;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.contract.flow.FlowSource;
import dev.janus.engine.kernel.Kernels;
import dev.janus.engine.parallel.ThreadTeam;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import dev.janus.model.Normalization;
import dev.janus.model.NormalizedFlows;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Turns trained weights into a model that gives verdicts: fits its distances on benign flows and
 * calibrates them on benign validation flows (method, sections 8, 9 and 12.2). No attack flow is
 * seen.
 */
public final class ModelFitting {
  private static final int FLOWS_PER_PIECE = 1024;

  /** The covariance of a few hundred numbers needs no more; memory stays bounded. */
  private static final int MOST_FITTED = 50_000;

  /** Two to fit the surprises, two to calibrate. */
  private static final int FEWEST_VALIDATION = 4;

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
    requireEnough(validation);
    OfTraining ofTraining = fitting.training(spread(training, MOST_FITTED));
    OfValidation ofValidation = fitting.validation(ofTraining, validation);
    return new JanusModel(
        config,
        weights,
        normalization,
        scoring,
        fused(ofTraining, ofValidation),
        oas10(ofValidation),
        new CalibratedDistance(ofTraining.hidden, Calibration.of(ofValidation.hidden)),
        provenance);
  }

  private static void requireEnough(int[] validation) {
    if (validation.length < FEWEST_VALIDATION) {
      throw new ModelException(
          "verdicts are fitted and calibrated on at least %d benign validation flows, here are %d"
              .formatted(FEWEST_VALIDATION, validation.length));
    }
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

  /**
   * What is known of validation flows, in their order.
   *
   * @param hidden distance of the hidden state, {@code [n]}
   * @param scores {@code [n, 10]}
   * @param measures {@code [n, 5]}, without those of the ten scores
   * @param strata {@link FlowStratum} of each, {@code [n]}
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record OfValidation(double[] hidden, double[] scores, double[] measures, int[] strata) {
    OfValidation(int flows) {
      this(
          new double[flows],
          new double[flows * ScoreName.COUNT],
          new double[flows * FusedMeasure.COUNT],
          new int[flows]);
    }
  }

  private OfValidation validation(OfTraining fit, int[] rows) {
    int d = config.dModel();
    OfValidation known = new OfValidation(rows.length);
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
                    known.measures,
                    (from + flow) * FusedMeasure.COUNT);
              });
          scorer.score(piece, scores);
          System.arraycopy(
              scores, 0, known.scores, from * ScoreName.COUNT, piece.flows() * ScoreName.COUNT);
          FusedFit.ofFeatures(fit.features, piece, known.measures, from);
          for (int f = 0; f < piece.flows(); f++) {
            known.hidden[from + f] = fit.hidden.distance(hidden, f * d);
            known.strata[from + f] = FlowStratum.of(piece, f);
          }
        });
    return known;
  }

  private static CalibratedDistance oas10(OfValidation known) {
    int n = known.strata.length;
    return new CalibratedDistance(
        MahalanobisOas.fit(known.scores, n, ScoreName.COUNT),
        Calibration.of(HeldOutDistances.of(known.scores, n, ScoreName.COUNT)));
  }

  private static FusedVerdict fused(OfTraining ofTraining, OfValidation known) {
    int n = known.strata.length;
    int[] reference = spread(everySecond(n, 0), BenignReference.CAPACITY);
    double[] scores = selected(known.scores, ScoreName.COUNT, reference);
    FusedFit fit =
        new FusedFit(
            ofTraining.places,
            ofTraining.features,
            MahalanobisOas.fit(scores, reference.length, ScoreName.COUNT),
            Standardization.fit(scores, reference.length, ScoreName.COUNT));
    fit.ofScores(known.scores, known.measures);
    return FusedVerdict.calibrated(
        fit,
        new BenignReference(
            scores,
            selected(known.measures, FusedMeasure.COUNT, reference),
            Arrays.stream(reference).map(f -> known.strata[f]).toArray()),
        selected(known.measures, FusedMeasure.COUNT, everySecond(n, 1)));
  }

  private static int[] everySecond(int n, int first) {
    return IntStream.range(0, n).filter(f -> f % 2 == first).toArray();
  }

  private static double[] selected(double[] values, int columns, int[] rows) {
    double[] selected = new double[rows.length * columns];
    for (int k = 0; k < rows.length; k++) {
      System.arraycopy(values, rows[k] * columns, selected, k * columns, columns);
    }
    return selected;
  }

  /** All rows, or as many as are enough, evenly spread over them. */
  private static int[] spread(int[] rows, int most) {
    int count = Math.min(rows.length, most);
    int[] picked = new int[count];
    Arrays.setAll(picked, k -> rows[(int) ((long) k * rows.length / count)]);
    return picked;
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
