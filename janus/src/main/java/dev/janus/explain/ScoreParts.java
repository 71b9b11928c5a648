package dev.janus.explain;

import dev.janus.score.JanusModel;
import dev.janus.score.ScoreName;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of d2 that the ten scores bring, and how each is shared out to what its score is made
 * of.
 *
 * @param list the ten, in vector order
 */
record ScoreParts(List<ScorePart> list) {
  static ScoreParts of(JanusModel model, double[] scores) {
    double[] mean = model.oas10().distance().mean();
    double[] d2 = model.oas10().distance().parts(scores, 0);
    double[] oas = model.fused().scoreParts(scores);
    double[] reference = model.fused().referenceMean();
    double[] z = model.fused().standardized(scores);
    List<ScorePart> parts = new ArrayList<>();
    for (ScoreName name : ScoreName.values()) {
      int a = name.ordinal();
      parts.add(new ScorePart(name, scores[a], mean[a], d2[a], reference[a], oas[a], z[a]));
    }
    return new ScoreParts(parts);
  }

  /** d2 that goes to so much of a score; 0 where the score is not raised. */
  double of(ScoreName name, double part) {
    ScorePart score = list.get(name.ordinal());
    return score.isRaised() ? score.d2() * (part / score.value()) : 0;
  }

  /** d2 that goes to so much of the square of a score; 0 where the score is not raised. */
  double ofSquare(ScoreName name, double part) {
    ScorePart score = list.get(name.ordinal());
    return score.isRaised() ? score.d2() * (part / (score.value() * score.value())) : 0;
  }
}
