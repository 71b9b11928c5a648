package dev.janus.train;

import dev.janus.contract.flow.FlowFeature;
import dev.janus.engine.Ragged;
import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import java.util.Optional;

/**
 * Pairs every data flow of a batch with one noise flow, drawn from an entropic optimal-transport
 * plan (method, section 6.2). One step is {@link #load}, {@link #costRows} over all rows, {@link
 * #solve}, {@link #sample}; nothing is allocated and the result is the same, to the bit, on every
 * JVM and for any split of the rows.
 *
 * <p>One instance serves one batch at a time; only {@link #costRows} may run in several threads, on
 * disjoint rows.
 */
public final class SinkhornCoupling {
  private static final float[] NO_BITS = new float[0];

  private final MaskedCost maskedCost;
  private final Sinkhorn sinkhorn;
  private final double[][] cost;
  private final double[] weights;

  /**
   * @param maxFlows B, largest batch, at least 1
   * @param maxPackets T, longest flow, at least 1
   * @param epsilon regularisation relative to the mean cost, above 0
   * @param iterations number of iterations, at least 1
   */
  public SinkhornCoupling(int maxFlows, int maxPackets, double epsilon, int iterations) {
    this(new MaskedCost(maxFlows, maxPackets), maxFlows, epsilon, iterations);
  }

  private SinkhornCoupling(MaskedCost maskedCost, int maxFlows, double epsilon, int iterations) {
    sinkhorn = new Sinkhorn(maxFlows, epsilon, iterations, Sinkhorn.SCALING_LIMIT);
    this.maskedCost = maskedCost;
    cost = new double[maxFlows][maxFlows];
    weights = new double[maxFlows];
  }

  /**
   * The coupling of a training: its cost is over what takes part in the model.
   *
   * @param maxFlows B, largest batch, at least 1
   * @return empty where nothing is coupled: by the configuration, or because the model has nothing
   *     continuous
   */
  static Optional<SinkhornCoupling> of(ModelConfig model, TrainingConfig config, int maxFlows) {
    int features = model.hasFlowToken() ? FlowFeature.COUNT : 0;
    int channels = model.velocityChannels();
    if (!config.useOt() || features + channels == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new SinkhornCoupling(
            new MaskedCost(maxFlows, model.maxPackets(), features, channels),
            maxFlows,
            config.sinkhornEpsilon(),
            config.sinkhornIterations()));
  }

  /**
   * Takes the data and the noise of a batch of B flows; the arrays are copied.
   *
   * @param packets packet rows of the B data flows in {@code continuous}
   * @param continuous normalised data {@code [packets.totalRows(), 3]}
   * @param features normalised data {@code [B, 20]}
   * @param noiseContinuous noise {@code [B, noisePackets, 3]}; the first n rows of a noise flow
   *     meet a data flow of n packets
   * @param noisePackets rows of a noise flow, at least the longest data flow
   * @param noiseFeatures noise {@code [B, 20]}
   */
  public void load(
      Ragged packets,
      float[] continuous,
      float[] features,
      float[] noiseContinuous,
      int noisePackets,
      float[] noiseFeatures) {
    load(
        packets,
        continuous,
        NO_BITS,
        features,
        noiseContinuous,
        NO_BITS,
        noisePackets,
        noiseFeatures);
  }

  /** The same with the bits, {@code [*, 6]}, which a coupling of all nine channels reads. */
  void load(
      Ragged packets,
      float[] continuous,
      float[] bits,
      float[] features,
      float[] noiseContinuous,
      float[] noiseBits,
      int noisePackets,
      float[] noiseFeatures) {
    maskedCost.load(
        packets,
        continuous,
        bits,
        features,
        noiseContinuous,
        noiseBits,
        noisePackets,
        noiseFeatures);
  }

  /**
   * Computes the cost of data flows {@code [from, to)} against all noise flows. Every row must be
   * computed before {@link #solve}.
   */
  public void costRows(int from, int to) {
    maskedCost.rows(from, to, cost);
  }

  /**
   * Finds the plan from the cost rows.
   *
   * @throws ModelException when data or noise hold a value that is not finite
   */
  public void solve() {
    sinkhorn.solve(cost, maskedCost.flows());
  }

  /**
   * Draws one noise flow for each data flow from its row of the plan. Noise flows may repeat.
   *
   * @param uniforms one number in [0, 1) per data flow, {@code [B]}
   * @param noiseOf receives the index of the noise flow of each data flow, {@code [B]}
   */
  public void sample(double[] uniforms, int[] noiseOf) {
    int flows = maskedCost.flows();
    for (int j = 0; j < flows; j++) {
      if (!(uniforms[j] >= 0 && uniforms[j] < 1)) {
        throw new IllegalArgumentException("uniform " + j + " is " + uniforms[j]);
      }
      sinkhorn.rowWeights(j, weights);
      noiseOf[j] = draw(weights, flows, uniforms[j]);
    }
  }

  /** Index whose cumulated weight first exceeds {@code uniform} times the total. */
  private static int draw(double[] weights, int n, double uniform) {
    double total = 0;
    for (int i = 0; i < n; i++) {
      total += weights[i];
    }
    double target = uniform * total;
    double cumulated = 0;
    int last = 0;
    for (int i = 0; i < n; i++) {
      cumulated += weights[i];
      if (cumulated > target) {
        return i;
      }
      last = weights[i] > 0 ? i : last;
    }
    return last;
  }
}
