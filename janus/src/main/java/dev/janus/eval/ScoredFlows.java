package dev.janus.eval;

import dev.janus.model.ModelException;
import java.util.List;

/**
 * Labelled test flows with their scores, row by row. The arrays are not copied; nobody changes
 * them.
 *
 * @param labels label of each flow, {@code [N]}; a class of attack where the flow is not benign
 * @param benign whether each flow is benign, whatever its label is called, {@code [N]}
 * @param distances distance that verdicts are made by, {@code [N]}
 * @param scores score vectors, {@code [N, scoreNames.size()]} row-major
 * @param scoreNames names of the columns of {@code scores}
 * @throws ModelException when a value is NaN; names the flow row and the score
 */
@SuppressWarnings("ArrayRecordComponent")
public record ScoredFlows(
    List<String> labels,
    boolean[] benign,
    double[] distances,
    double[] scores,
    List<String> scoreNames) {
  public ScoredFlows {
    labels = List.copyOf(labels);
    scoreNames = List.copyOf(scoreNames);
    int n = labels.size();
    int columns = scoreNames.size();
    if (benign.length != n || distances.length != n || scores.length != n * columns) {
      throw new IllegalArgumentException(
          "%d labels, %d benign flags, %d distances and %d scores in %d columns"
              .formatted(n, benign.length, distances.length, scores.length, columns));
    }
    for (int row = 0; row < n; row++) {
      check(row, "of the verdict", distances[row]);
      for (int c = 0; c < columns; c++) {
        check(row, scoreNames.get(c), scores[row * columns + c]);
      }
    }
  }

  private static void check(int row, String name, double value) {
    if (Double.isNaN(value)) {
      throw new ModelException("flow row " + row + ": score " + name + " is NaN");
    }
  }

  /** Number of flows. */
  public int flows() {
    return labels.size();
  }
}
