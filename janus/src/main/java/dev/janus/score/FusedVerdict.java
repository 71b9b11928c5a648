package dev.janus.score;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.ModelException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The default verdict: the largest surprise among the {@link FusedMeasure}s of a flow, in the light
 * of the reference flows. The rule and what it was chosen by: {@code docs/verdict.md}. Immutable
 * and thread-safe.
 */
public final class FusedVerdict {
  private final FusedFit fit;
  private final BenignReference reference;
  private final Calibration calibration;
  private final List<Surprise> surprises;

  FusedVerdict(FusedFit fit, BenignReference reference, Calibration calibration) {
    this.fit = fit;
    this.reference = reference;
    this.calibration = calibration;
    this.surprises = surprises(reference);
  }

  private static List<Surprise> surprises(BenignReference reference) {
    List<Surprise> surprises = new ArrayList<>();
    for (FusedMeasure measure : FusedMeasure.values()) {
      surprises.add(Surprise.of(reference.measure(measure)));
    }
    return List.copyOf(surprises);
  }

  /**
   * Calibrates on benign flows that fitted nothing.
   *
   * @param measures of these flows, {@code [n, 5]}
   */
  static FusedVerdict calibrated(FusedFit fit, BenignReference reference, double[] measures) {
    List<Surprise> surprises = surprises(reference);
    double[] distances = new double[measures.length / FusedMeasure.COUNT];
    Arrays.setAll(distances, f -> largest(surprises, measures, f * FusedMeasure.COUNT));
    return new FusedVerdict(fit, reference, Calibration.of(distances));
  }

  /** Distances from zero, in the light of two made-up flows. */
  static FusedVerdict untrained(int d, Calibration calibration) {
    FusedFit fit =
        new FusedFit(
            new PlaceDistances(
                Collections.nCopies(PlaceDistances.PLACES, WhitenedDistance.euclidean(d))),
            MahalanobisOas.euclidean(FlowFeature.COUNT, calibration.count()),
            MahalanobisOas.euclidean(ScoreName.COUNT, calibration.count()),
            Standardization.none(ScoreName.COUNT));
    BenignReference reference =
        new BenignReference(
            new double[2 * ScoreName.COUNT], new double[2 * FusedMeasure.COUNT], new int[2]);
    return new FusedVerdict(fit, reference, calibration);
  }

  private static double largest(List<Surprise> surprises, double[] measures, int at) {
    double largest = 0;
    for (int m = 0; m < FusedMeasure.COUNT; m++) {
      largest = Math.max(largest, surprises.get(m).nats(measures[at + m]));
    }
    return largest;
  }

  /**
   * The surprise of one measure.
   *
   * @return in nats, 0 or more; NaN for NaN
   */
  public double surprise(FusedMeasure measure, double value) {
    return surprises.get(measure.ordinal()).nats(value);
  }

  /**
   * Judges flows.
   *
   * @param measures {@code [flows, 5]}
   * @param rows number of each flow for messages, {@code [flows]}
   * @throws ModelException when a measure is NaN; names its row
   */
  Verdicts judge(double[] measures, int[] rows) {
    double[] distances = new double[rows.length];
    double[] pValues = new double[rows.length];
    for (int f = 0; f < rows.length; f++) {
      distances[f] = largest(surprises, measures, f * FusedMeasure.COUNT);
      if (Double.isNaN(distances[f])) {
        throw new ModelException(
            "flow row " + rows[f] + ": one of its measures is NaN and gives no verdict");
      }
      pValues[f] = calibration.pValue(distances[f]);
    }
    return new Verdicts(distances, pValues);
  }

  FusedFit fit() {
    return fit;
  }

  /**
   * Squared distance of each packet of a flow from benign packets at its place.
   *
   * @param states hidden states of the packets, {@code [packets, d]}
   * @return {@code [packets]}
   */
  public double[] placeDistances(float[] states, int packets) {
    return fit.places().distances(states, packets);
  }

  /**
   * What each feature brings to the measure {@link FusedMeasure#FEATURES}; all add up to it.
   *
   * @param features the flow's, normalised, {@code [20]}
   * @return {@code [20]}
   */
  public double[] featureParts(float[] features) {
    double[] row = new double[FlowFeature.COUNT];
    Arrays.setAll(row, k -> features[k]);
    return fit.features().parts(row, 0);
  }

  /** What each of the ten scores brings to {@link FusedMeasure#OAS}; all add up to it. */
  public double[] scoreParts(double[] scores) {
    return fit.scores().parts(scores, 0);
  }

  /** The ten scores, each in benign standard deviations from the benign mean. */
  public double[] standardized(double[] scores) {
    double[] z = new double[ScoreName.COUNT];
    Arrays.setAll(z, c -> fit.sum().of(scores[c], c));
    return z;
  }

  /** Means of the ten scores over the benign flows that it is fitted on. */
  public double[] referenceMean() {
    return fit.sum().mean().clone();
  }

  /** The benign flows that it weighs measures by. */
  public BenignReference reference() {
    return reference;
  }

  /** Distances of benign flows that fitted nothing. */
  public Calibration calibration() {
    return calibration;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FusedVerdict that
        && fit.equals(that.fit)
        && reference.equals(that.reference)
        && calibration.equals(that.calibration);
  }

  @Override
  public int hashCode() {
    return reference.hashCode() * 31 + calibration.hashCode();
  }
}
