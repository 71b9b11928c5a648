package dev.janus.score;

import dev.janus.model.ModelConfig;
import dev.janus.model.ModelException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A {@link ChosenVerdict} with what its distances are read by. What is not in the model file is
 * fitted on reference flows and calibrated on others. Immutable and thread-safe.
 */
public final class FittedVerdict {
  /** Flows in each half of a reference that is fitted and calibrated by halves. */
  private static final int FEWEST_OF_HALF = 2;

  private final ChosenVerdict chosen;
  private final FlowNumber number;
  private final Calibration calibration;

  private FittedVerdict(ChosenVerdict chosen, FlowNumber number, Calibration calibration) {
    this.chosen = chosen;
    this.number = number;
    this.calibration = calibration;
  }

  /** A number of one of the flows. */
  @FunctionalInterface
  private interface FlowNumber {
    double of(FlowVerdicts flows, int row);

    default double[] ofAll(FlowVerdicts flows) {
      double[] all = new double[flows.flows()];
      Arrays.setAll(all, row -> of(flows, row));
      return all;
    }
  }

  /**
   * Fits on the reference flows of the model, which are the validation flows at even positions, and
   * calibrates on those at odd positions.
   *
   * @param validation what the model says of its benign validation flows, in the order in which
   *     they fitted it
   * @throws ModelException when they are too few, or a number is not finite
   */
  public static FittedVerdict of(ChosenVerdict chosen, JanusModel model, FlowVerdicts validation) {
    if (chosen instanceof ChosenVerdict.Stored stored) {
      return stored(stored, model);
    }
    BenignScores.requireEnough(validation.flows());
    int[] rows = rows(validation.flows());
    int[] fitting = RowChoice.spread(RowChoice.even(rows), BenignReference.CAPACITY);
    FlowNumber number =
        fitted(
            chosen,
            model.fused().reference(),
            validation.select(fitting).hidden().distances(),
            false,
            model.config());
    return new FittedVerdict(
        chosen, number, Calibration.of(number.ofAll(validation.select(RowChoice.odd(rows)))));
  }

  /**
   * Fits on the reference flows of the model and calibrates on the same: each half is measured by
   * the fit of the other, as the model file holds no other benign flows.
   *
   * @throws ModelException when there are too few, the verdict has a {@link
   *     ChosenVerdict#notInModelFile} member, or a number is not finite
   */
  public static FittedVerdict ofReference(ChosenVerdict chosen, JanusModel model) {
    if (chosen instanceof ChosenVerdict.Stored stored) {
      return stored(stored, model);
    }
    if (chosen.notInModelFile().isPresent()) {
      throw new ModelException(
          chosen.label()
              + ": a model file holds no hidden states of benign flows to weigh them by");
    }
    BenignReference reference = model.fused().reference();
    int n = reference.flows();
    if (n < 2 * FEWEST_OF_HALF) {
      throw new ModelException(
          "%s: it takes at least %d reference flows to fit and calibrate it, here are %d"
              .formatted(chosen.label(), 2 * FEWEST_OF_HALF, n));
    }
    int[][] halves = {RowChoice.even(rows(n)), RowChoice.odd(rows(n))};
    double[] distances = new double[n];
    for (int half = 0; half < 2; half++) {
      FlowNumber ofOthers =
          fitted(
              chosen, selected(reference, halves[1 - half]), new double[0], true, model.config());
      int[] rows = halves[half];
      double[] measured = ofOthers.ofAll(known(reference).select(rows));
      for (int k = 0; k < rows.length; k++) {
        distances[rows[k]] = measured[k];
      }
    }
    return new FittedVerdict(
        chosen,
        fitted(chosen, reference, new double[0], false, model.config()),
        Calibration.of(distances));
  }

  private static FittedVerdict stored(ChosenVerdict.Stored stored, JanusModel model) {
    VerdictName name = stored.name();
    return new FittedVerdict(
        stored, (flows, row) -> flows.by(name).distances()[row], model.calibration(name));
  }

  /**
   * Fits.
   *
   * @param hidden distance of the hidden state of benign flows, where that is weighed
   * @param anew whether measures that the model fitted on the whole reference are fitted again
   */
  private static FlowNumber fitted(
      ChosenVerdict chosen,
      BenignReference reference,
      double[] hidden,
      boolean anew,
      ModelConfig model) {
    List<VerdictMember> members = chosen.members();
    FlowNumber[] numbers =
        members.stream()
            .map(member -> number(member, reference, anew, model))
            .toArray(FlowNumber[]::new);
    if (!(chosen instanceof ChosenVerdict.Fusion fusion)) {
      return numbers[0];
    }
    Surprise[] surprises = new Surprise[numbers.length];
    for (int m = 0; m < numbers.length; m++) {
      surprises[m] =
          Surprise.of(
              members.get(m) instanceof VerdictMember.Hidden
                  ? hidden
                  : numbers[m].ofAll(known(reference)));
    }
    return (flows, row) -> {
      double[] nats = new double[numbers.length];
      Arrays.setAll(nats, m -> surprises[m].nats(numbers[m].of(flows, row)));
      return fusion.rule().of(nats);
    };
  }

  private static FlowNumber number(
      VerdictMember member, BenignReference reference, boolean anew, ModelConfig model) {
    return switch (member) {
      case VerdictMember.Score one ->
          (flows, row) -> flows.scores()[row * ScoreName.COUNT + one.score().ordinal()];
      case VerdictMember.Measure one when anew && one.measure() == FusedMeasure.OAS ->
          number(Aggregator.OAS, reference, model);
      case VerdictMember.Measure one when anew && one.measure() == FusedMeasure.SUM ->
          number(Aggregator.SUM, reference, model);
      case VerdictMember.Measure one ->
          (flows, row) -> flows.measures()[row * FusedMeasure.COUNT + one.measure().ordinal()];
      case VerdictMember.Aggregated one -> number(one.aggregator(), reference, model);
      case VerdictMember.Hidden hidden -> (flows, row) -> flows.hidden().distances()[row];
    };
  }

  private static FlowNumber number(
      Aggregator aggregator, BenignReference reference, ModelConfig model) {
    Aggregator.Fitted fitted = reference.fit(aggregator, model);
    return (flows, row) -> fitted.of(flows.scores(), row * ScoreName.COUNT, flows.strata()[row]);
  }

  /** What is known of reference flows; they have no verdicts. */
  private static FlowVerdicts known(BenignReference reference) {
    int n = reference.flows();
    return new FlowVerdicts(
        reference.scores(),
        reference.measures(),
        reference.strata(),
        Verdicts.ofSize(n),
        Verdicts.ofSize(n),
        Verdicts.ofSize(n));
  }

  private static BenignReference selected(BenignReference reference, int[] rows) {
    FlowVerdicts flows = known(reference).select(rows);
    return new BenignReference(flows.scores(), flows.measures(), flows.strata());
  }

  private static int[] rows(int flows) {
    return IntStream.range(0, flows).toArray();
  }

  /** Which verdict. */
  public ChosenVerdict chosen() {
    return chosen;
  }

  /** Name in files and tables. */
  public String label() {
    return chosen.label();
  }

  /** Distances of benign flows that did not fit what they are measured by. */
  public Calibration calibration() {
    return calibration;
  }

  /** Distances of flows that the model scored. */
  public double[] distances(FlowVerdicts flows) {
    return number.ofAll(flows);
  }

  /**
   * Distances of flows that the model scored, and their p-values.
   *
   * @throws ModelException when a distance is NaN; names its row
   */
  public Verdicts judge(FlowVerdicts flows) {
    double[] distances = distances(flows);
    double[] pValues = new double[distances.length];
    for (int row = 0; row < distances.length; row++) {
      if (Double.isNaN(distances[row])) {
        throw new ModelException("flow row " + row + ": its " + label() + " is not a number");
      }
      pValues[row] = calibration.pValue(distances[row]);
    }
    return new Verdicts(distances, pValues);
  }
}
