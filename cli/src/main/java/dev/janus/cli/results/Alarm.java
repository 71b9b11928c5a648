package dev.janus.cli.results;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A tested flow worth a look.
 *
 * @param flow its number
 * @param reasons what it is the highest of
 * @param benignAsHigh tested benign flows, itself aside, with a score as high
 */
public record Alarm(int flow, List<String> reasons, int benignAsHigh) {
  private static final int OVERALL = 4;
  private static final int FALSE_ALARMS = 4;

  public Alarm {
    reasons = List.copyOf(reasons);
  }

  /** The highest scores of all tested flows, of the benign ones, and of each attack class. */
  public static List<Alarm> top(EvaluatedRun run) {
    RunScores scores = run.scores();
    return top(scores.tested(), scores.testedBenign(), run.attacks(), scores.values(run.verdict()));
  }

  /**
   * The same of flows by their numbers.
   *
   * @param tested ascending
   * @param benign those of them that are
   * @param attacks the others by label, in the order of labels
   * @param values the score of every flow
   */
  public static List<Alarm> top(
      int[] tested, int[] benign, Map<String, int[]> attacks, double[] values) {
    Map<Integer, List<String>> reasons = new LinkedHashMap<>();
    int[] first = highest(tested, values, OVERALL);
    for (int i = 0; i < first.length; i++) {
      add(reasons, first[i], ordinal(i) + " of all tested flows");
    }
    attacks.forEach(
        (label, rows) -> add(reasons, highest(rows, values, 1)[0], "highest of " + label));
    int[] loudest = highest(benign, values, FALSE_ALARMS);
    for (int i = 0; i < loudest.length; i++) {
      add(reasons, loudest[i], ordinal(i) + " of the benign flows");
    }
    List<Alarm> alarms = new ArrayList<>();
    reasons.forEach((flow, why) -> {
      long asHigh =
          Arrays.stream(benign).filter(row -> row != flow && values[row] >= values[flow]).count();
      alarms.add(new Alarm(flow, why, (int) asHigh));
    });
    return alarms;
  }

  private static void add(Map<Integer, List<String>> reasons, int flow, String reason) {
    reasons.computeIfAbsent(flow, key -> new ArrayList<>()).add(reason);
  }

  private static String ordinal(int index) {
    return switch (index) {
      case 0 -> "highest";
      case 1 -> "second highest";
      case 2 -> "third highest";
      case 3 -> "fourth highest";
      default -> "number " + (index + 1);
    };
  }

  /** Of equal scores the earlier flow. */
  private static int[] highest(int[] rows, double[] values, int count) {
    Comparator<Integer> order =
        Comparator.comparingDouble((Integer row) -> values[row])
            .thenComparing(Comparator.reverseOrder());
    PriorityQueue<Integer> kept = new PriorityQueue<>(order);
    for (int row : rows) {
      kept.add(row);
      if (kept.size() > count) {
        kept.remove();
      }
    }
    return kept.stream().sorted(order.reversed()).mapToInt(Integer::intValue).toArray();
  }
}
