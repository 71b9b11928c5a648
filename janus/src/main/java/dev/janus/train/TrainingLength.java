package dev.janus.train;

/**
 * How long a training is, in steps and in epochs.
 *
 * @param steps steps in all
 * @param batchSize flows of a step at most
 * @param flows training flows there are
 * @param stepsPerEpoch steps of an epoch, at least 1
 */
public record TrainingLength(int steps, int batchSize, int flows, int stepsPerEpoch) {
  /** Epochs of the method's recipe (method, section 6, item 10). */
  public static final int RECIPE_EPOCHS = 100;

  /** Steps of the method's recipe at least, however many epochs they are. */
  public static final int RECIPE_LEAST_STEPS = 1500;

  /** More epochs than this are called many. */
  private static final int MANY_EPOCHS = 4 * RECIPE_EPOCHS;

  /**
   * Length of this training on so many flows.
   *
   * @param flows at least 2
   */
  public static TrainingLength of(TrainingConfig config, int flows) {
    int batchSize = Math.min(config.batchSize(), flows);
    return new TrainingLength(
        config.steps(), batchSize, flows, BatchSampler.stepsPerEpoch(flows, batchSize));
  }

  /** Epochs, counted in fractions, as {@link TrainingProgress#epoch} does. */
  public double epochs() {
    return (double) steps / stepsPerEpoch;
  }

  /** Flows that an epoch trains: all, or fewer where its last batch would be too small. */
  public int flowsPerEpoch() {
    return (int) Math.min(flows, (long) stepsPerEpoch * batchSize);
  }

  /** Steps that the method's recipe asks for on these flows. */
  public long recipeSteps() {
    return Math.max(RECIPE_LEAST_STEPS, (long) RECIPE_EPOCHS * stepsPerEpoch);
  }

  /** Whether flows are trained far more often than the recipe says, in more steps than it says. */
  public boolean hasManyEpochs() {
    return epochs() > MANY_EPOCHS && steps > recipeSteps();
  }
}
