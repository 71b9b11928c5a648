package dev.janus.score;

/**
 * Scores and verdicts of flows, row by row.
 *
 * @param scores {@code [flows, 10]} in the order of {@link ScoreName}
 * @param measures {@code [flows, 5]} in the order of {@link FusedMeasure}
 * @param strata {@link FlowStratum} of each flow
 * @param fused by the largest surprise among the measures, see {@link FusedVerdict}
 * @param oas10 by the distance of the ten scores (method, section 8)
 * @param hidden by the distance of the hidden state, see {@link HiddenState}
 */
@SuppressWarnings("ArrayRecordComponent")
public record FlowVerdicts(
    double[] scores,
    double[] measures,
    int[] strata,
    Verdicts fused,
    Verdicts oas10,
    Verdicts hidden) {
  /** Room for the verdicts on so many flows. */
  public static FlowVerdicts ofSize(int flows) {
    return new FlowVerdicts(
        new double[flows * ScoreName.COUNT],
        new double[flows * FusedMeasure.COUNT],
        new int[flows],
        Verdicts.ofSize(flows),
        Verdicts.ofSize(flows),
        Verdicts.ofSize(flows));
  }

  /** Number of flows. */
  public int flows() {
    return oas10.flows();
  }

  /** The verdicts of one kind. */
  public Verdicts by(VerdictName name) {
    return switch (name) {
      case FUSED -> fused;
      case D2 -> oas10;
      case HIDDEN -> hidden;
    };
  }

  /** The given rows, in that order. */
  public FlowVerdicts select(int[] rows) {
    FlowVerdicts selected = ofSize(rows.length);
    for (int k = 0; k < rows.length; k++) {
      int row = rows[k];
      System.arraycopy(
          scores, row * ScoreName.COUNT, selected.scores, k * ScoreName.COUNT, ScoreName.COUNT);
      System.arraycopy(
          measures,
          row * FusedMeasure.COUNT,
          selected.measures,
          k * FusedMeasure.COUNT,
          FusedMeasure.COUNT);
      selected.strata[k] = strata[row];
      for (VerdictName name : VerdictName.values()) {
        selected.by(name).distances()[k] = by(name).distances()[row];
        selected.by(name).pValues()[k] = by(name).pValues()[row];
      }
    }
    return selected;
  }

  /** Copies all rows into {@code target}, the first to row {@code first}. */
  public void copyTo(FlowVerdicts target, int first) {
    System.arraycopy(scores, 0, target.scores, first * ScoreName.COUNT, scores.length);
    System.arraycopy(measures, 0, target.measures, first * FusedMeasure.COUNT, measures.length);
    System.arraycopy(strata, 0, target.strata, first, strata.length);
    for (VerdictName name : VerdictName.values()) {
      by(name).copyTo(target.by(name), first);
    }
  }
}
