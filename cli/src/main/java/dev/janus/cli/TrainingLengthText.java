package dev.janus.cli;

import dev.janus.train.TrainingLength;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says before a training how long it will be, and when that is far more than the recipe. */
final class TrainingLengthText {
  private TrainingLengthText() {}

  /** One line, or two. */
  static List<String> lines(TrainingLength length) {
    List<String> lines = new ArrayList<>();
    String flows = String.format(Locale.ROOT, "%,d", length.flows());
    lines.add(
        String.format(
            Locale.ROOT,
            "%,d steps of %,d flows: %s epochs of %s flows",
            length.steps(),
            length.batchSize(),
            epochs(length.epochs()),
            length.flowsPerEpoch() == length.flows()
                ? flows
                : String.format(Locale.ROOT, "%,d of %s", length.flowsPerEpoch(), flows)));
    if (length.hasManyEpochs()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "hint: the method's recipe is about %d epochs but at least %,d steps:"
                  + " training.steps=%d here",
              TrainingLength.RECIPE_EPOCHS,
              TrainingLength.RECIPE_LEAST_STEPS,
              length.recipeSteps()));
    }
    return lines;
  }

  private static String epochs(double epochs) {
    return String.format(Locale.ROOT, epochs < 10 ? "%.1f" : "%,.0f", epochs);
  }
}
