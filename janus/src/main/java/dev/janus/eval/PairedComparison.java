package dev.janus.eval;

import java.util.List;

/**
 * Two scores of the same flows, and how sure their difference is.
 *
 * @param figures one per {@link ComparedFigure}, in that order
 * @param strata the benign flows, then the attack classes, with their blocks
 * @param resamples number of draws behind interval and p-value
 * @param seed seed of the draws
 */
public record PairedComparison(
    List<Figure> figures, List<FlowBlocks.Stratum> strata, int resamples, long seed) {
  public PairedComparison {
    figures = List.copyOf(figures);
    strata = List.copyOf(strata);
  }

  /**
   * One figure.
   *
   * @param first value of the first score on the flows themselves
   * @param second value of the second
   * @param lower lower end of the interval of first minus second
   * @param upper upper end of it
   * @param pValue two-sided, of no difference; above 0 and at most 1
   */
  public record Figure(
      ComparedFigure figure,
      double first,
      double second,
      double lower,
      double upper,
      double pValue) {
    /** First minus second; positive where the first is better. */
    public double difference() {
      return first - second;
    }
  }

  /** Labels of the classes, or of the benign flows, that draws cannot vary. */
  public List<String> singleBlocks() {
    return strata.stream()
        .filter(stratum -> stratum.blocks() == 1)
        .map(FlowBlocks.Stratum::label)
        .toList();
  }
}
