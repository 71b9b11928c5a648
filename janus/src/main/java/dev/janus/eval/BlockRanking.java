package dev.janus.eval;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The flows in the order of one score, from the highest, so that the figures of any draw of blocks
 * follow in one pass over them: a flow counts as often as its block was drawn. With every block
 * drawn once they are the figures of {@link Ranking}. Immutable and thread-safe.
 */
final class BlockRanking {
  private final double[] scores;
  private final int[] strata;
  private final int[] blocks;
  private final int classes;

  /**
   * Sorts once.
   *
   * @param flows the flows
   * @param values score of each, {@code [flows]}, no NaN; not changed
   */
  BlockRanking(FlowBlocks flows, double[] values) {
    if (values.length != flows.flows()) {
      throw new IllegalArgumentException(values.length + " scores of " + flows.flows() + " flows");
    }
    if (Arrays.stream(values).anyMatch(Double::isNaN)) {
      throw new IllegalArgumentException("a score is NaN");
    }
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer flow) -> -values[flow]))
            .mapToInt(Integer::intValue)
            .toArray();
    scores = Arrays.stream(order).mapToDouble(flow -> values[flow]).toArray();
    strata = Arrays.stream(order).map(flows::stratum).toArray();
    blocks = Arrays.stream(order).map(flows::block).toArray();
    classes = flows.strata().size();
  }

  /**
   * The figures of a draw.
   *
   * @param times how often each block was drawn; every stratum at least one block
   * @return by ordinal of {@link ComparedFigure}
   */
  double[] figures(int[] times) {
    return new Pass(times).figures();
  }

  /** One pass. Arrays are by stratum; the element of the benign flows, 0, stays unused. */
  private final class Pass {
    private final int[] times;
    private final long[] total = new long[classes];
    private final long[] twiceWins = new long[classes];
    private final long[] caught = new long[classes];
    private final long[] before = new long[classes];
    private final double[] area = new double[classes];
    private final double[] tpr = new double[classes];

    private Pass(int[] times) {
      this.times = times;
      for (int k = 0; k < strata.length; k++) {
        total[strata[k]] += times[blocks[k]];
      }
    }

    private double[] figures() {
      long falseAlarms = 0;
      for (int from = 0, to; from < scores.length; from = to) {
        to = from + 1;
        while (to < scores.length && scores[to] == scores[from]) {
          to++;
        }
        long tied = tiedBenign(from, to);
        boolean low = falseAlarms / (double) total[0] <= Evaluation.PARTIAL_FPR;
        if (low && tied > 0) {
          System.arraycopy(caught, 0, before, 0, classes);
        }
        count(from, to, 2 * (total[0] - falseAlarms) - tied);
        if (low) {
          step(falseAlarms, falseAlarms + tied);
        }
        falseAlarms += tied;
      }
      double[] figures = new double[ComparedFigure.values().length];
      for (int c = 1; c < classes; c++) {
        double auroc = twiceWins[c] / (2.0 * total[0] * total[c]);
        figures[ComparedFigure.MACRO_AUROC.ordinal()] += auroc / (classes - 1);
        figures[ComparedFigure.MACRO_PARTIAL_AUROC.ordinal()] +=
            area[c] / Evaluation.PARTIAL_FPR / (classes - 1);
        figures[ComparedFigure.MACRO_TPR.ordinal()] += tpr[c] / (classes - 1);
      }
      return figures;
    }

    private long tiedBenign(int from, int to) {
      long tied = 0;
      for (int k = from; k < to; k++) {
        if (strata[k] == 0) {
          tied += times[blocks[k]];
        }
      }
      return tied;
    }

    /** Adds the attacks of one score, which beat benign flows so many times, doubled. */
    private void count(int from, int to, long twiceBeaten) {
      for (int k = from; k < to; k++) {
        int stratum = strata[k];
        if (stratum > 0) {
          int weight = times[blocks[k]];
          twiceWins[stratum] += weight * twiceBeaten;
          caught[stratum] += weight;
        }
      }
    }

    /** The curves go from one rate of false alarms to the next, tied scores by a straight line. */
    private void step(long falseAlarms, long nextFalseAlarms) {
      double fpr = falseAlarms / (double) total[0];
      double nextFpr = nextFalseAlarms / (double) total[0];
      boolean beyond = nextFpr > Evaluation.PARTIAL_FPR;
      for (int c = 1; c < classes; c++) {
        double next = caught[c] / (double) total[c];
        if (!beyond) {
          tpr[c] = next;
        }
        if (nextFalseAlarms > falseAlarms) {
          double last = before[c] / (double) total[c];
          double end = Math.min(nextFpr, Evaluation.PARTIAL_FPR);
          double at = beyond ? last + (next - last) * (end - fpr) / (nextFpr - fpr) : next;
          area[c] += (end - fpr) * (last + at) / 2;
        }
      }
    }
  }
}
