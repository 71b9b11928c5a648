package dev.janus.cli.results;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In which of its single scores a flow stands out: how many benign flows that the model was
 * validated on, or else tested on, have one as high.
 */
public final class ScoreEvidence {
  private static final int SHOWN = 3;

  private final RunScores scores;
  private final String verdict;
  private final Map<String, double[]> benign = new LinkedHashMap<>();

  /** Evidence of the scores that a verdict is not itself. */
  public ScoreEvidence(EvaluatedRun run) {
    this.scores = run.scores();
    this.verdict = run.verdict();
    int[] reference = scores.referenceBenign();
    for (String name : scores.names()) {
      if (!name.equals(verdict)) {
        double[] values = scores.values(name, reference);
        Arrays.sort(values);
        benign.put(name, values);
      }
    }
  }

  /** A score of a flow among those of benign flows. */
  private record Standing(String name, double value, int asHigh, double beyond) {}

  /** The scores in which a flow stands out most, a sentence each; most telling first. */
  public List<String> of(int flow) {
    return benign.entrySet().stream()
        .map(score -> standing(score.getKey(), score.getValue(), flow))
        .sorted(Comparator.comparingInt(Standing::asHigh).thenComparing(s -> -s.beyond()))
        .limit(SHOWN)
        .map(this::sentence)
        .toList();
  }

  private Standing standing(String name, double[] sorted, int flow) {
    double value = scores.values(name)[flow];
    int n = sorted.length;
    int below = 0;
    while (below < n && sorted[below] < value) {
      below++;
    }
    double spread = sorted[n * 3 / 4] - sorted[n / 4];
    double beyond = (value - sorted[n / 2]) / (spread > 0 ? spread : 1);
    return new Standing(name, value, n - below, beyond);
  }

  private String sentence(Standing standing) {
    int of = benign.values().iterator().next().length;
    String count = standing.asHigh() == 0 ? "none" : "%,d".formatted(standing.asHigh());
    return "%s is %.4g: %s of %,d benign flows %s as high"
        .formatted(
            standing.name(),
            standing.value(),
            count,
            of,
            standing.asHigh() == 1 || standing.asHigh() == 0 ? "is" : "are");
  }
}
