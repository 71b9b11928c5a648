package dev.janus.cli.config;

import java.util.List;

/**
 * Which benign flows train, which validate and what is tested.
 *
 * @param order how benign flows of the training captures are ordered before they are cut
 * @param trainCaptures names of captures (file name without folder and extension) whose benign
 *     flows train and validate; empty means every capture
 * @param testCaptures names of captures whose flows are tested, whatever their label; empty means
 *     every capture
 * @param train fraction of the ordered benign flows that trains
 * @param validation fraction that follows and fits what verdicts need of the scores, calibrates
 *     them and sets thresholds; what is left is tested
 * @param gapHours benign flows of the training captures that start less than this after the last
 *     one that trains are left unused, and so are those after the last one of their capture that
 *     validates; 0 for no gap. Hours, only for {@link Order#TIME}
 * @param selection which flows take part at all
 */
public record SplitConfig(
    Order order,
    List<String> trainCaptures,
    List<String> testCaptures,
    double train,
    double validation,
    double gapHours,
    FlowSelection selection) {
  /** Longest gap: a century. */
  static final double MOST_GAP_HOURS = 876_600;

  /** Order of the benign flows before they are cut. */
  public enum Order {
    /** By start time, so that validation is later than training. */
    TIME,
    /** Shuffled by the seed. */
    RANDOM
  }

  public SplitConfig {
    trainCaptures = List.copyOf(trainCaptures);
    testCaptures = List.copyOf(testCaptures);
    if (!(train > 0 && train <= 1)) {
      throw new IllegalArgumentException("train must be above 0 and at most 1, not " + train);
    }
    if (!(validation >= 0 && train + validation <= 1 + 1e-9)) {
      throw new IllegalArgumentException(
          "validation must be 0 or more and together with train at most 1, not " + validation);
    }
    if (!(gapHours >= 0 && gapHours <= MOST_GAP_HOURS)) {
      throw new IllegalArgumentException("gap_hours must be 0 or more, not " + gapHours);
    }
    if (gapHours > 0 && order == Order.RANDOM) {
      throw new IllegalArgumentException(
          "gap_hours must be 0 where order is random: a gap lies between earlier and later flows;"
              + " set order: time");
    }
  }

  /** First 60 % of the benign flows train, the next 20 % validate, the rest is tested. */
  public static SplitConfig defaults() {
    return new SplitConfig(Order.TIME, List.of(), List.of(), 0.6, 0.2, 0, FlowSelection.ALL);
  }
}
