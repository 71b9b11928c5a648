package dev.janus.score;

import dev.janus.model.ModelConfig;
import java.util.Arrays;

/**
 * The columns of the ten scores that a model computes, see {@link ScoreName#isComputedBy}. The
 * distance is fitted on these alone and still takes all ten: the others, which are always 0, have
 * mean 0 there and are correlated with nothing, so they add nothing to any distance.
 */
@SuppressWarnings("ArrayRecordComponent")
record ComputedScores(int[] columns) {
  static ComputedScores of(ModelConfig model) {
    return new ComputedScores(
        ScoreName.computedBy(model).stream().mapToInt(ScoreName::ordinal).toArray());
  }

  /** Scores per flow that are computed. */
  int count() {
    return columns.length;
  }

  /** The computed ones of {@code scores [n, 10]}, {@code [n, count]}. */
  double[] of(double[] scores, int n) {
    double[] selected = new double[n * columns.length];
    for (int row = 0; row < n; row++) {
      for (int k = 0; k < columns.length; k++) {
        selected[row * columns.length + k] = scores[row * ScoreName.COUNT + columns[k]];
      }
    }
    return selected;
  }

  /** The computed ones of one flow's ten, which begin at {@code offset}. */
  double[] row(double[] scores, int offset) {
    double[] selected = new double[columns.length];
    Arrays.setAll(selected, k -> scores[offset + columns[k]]);
    return selected;
  }

  /** Fits the distance of all ten on the computed ones of {@code scores [n, 10]}. */
  MahalanobisOas fit(double[] scores, int n) {
    return columns.length == ScoreName.COUNT
        ? MahalanobisOas.fit(scores, n, ScoreName.COUNT)
        : widened(MahalanobisOas.fit(of(scores, n), n, columns.length));
  }

  private MahalanobisOas widened(MahalanobisOas fit) {
    int p = ScoreName.COUNT;
    double[] fittedMean = fit.mean();
    double[] fitted = fit.precision();
    double[] mean = new double[p];
    double[] precision = new double[p * p];
    for (int a = 0; a < p; a++) {
      precision[a * p + a] = 1;
    }
    for (int j = 0; j < columns.length; j++) {
      mean[columns[j]] = fittedMean[j];
      for (int k = 0; k < columns.length; k++) {
        precision[columns[j] * p + columns[k]] = fitted[j * columns.length + k];
      }
    }
    return new MahalanobisOas(mean, precision, fit.shrinkage(), fit.count());
  }
}
