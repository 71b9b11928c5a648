package dev.janus.cli.results;

import dev.janus.cli.terminal.TextTable;
import dev.janus.eval.Ranking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * In which of its single scores a flow stands out: how many benign flows that the model was
 * validated on, or else tested on, have one as high. A flow is not compared with itself.
 */
public final class ScoreEvidence {
  private static final int SHOWN = 3;

  private final RunScores scores;
  private final boolean validated;
  private final Map<String, double[]> benign = new LinkedHashMap<>();

  /** Evidence of the scores that a verdict is not itself. */
  public ScoreEvidence(EvaluatedRun run) {
    this.scores = run.scores();
    int[] validation = scores.validation();
    this.validated = validation.length > 0;
    int[] reference = validated ? validation : scores.testedBenign();
    for (String name : scores.names()) {
      if (!name.equals(run.verdict())) {
        double[] values = scores.values(name, reference);
        Arrays.sort(values);
        benign.put(name, values);
      }
    }
  }

  /** A score of a flow among those of benign flows. */
  private record Standing(String name, double value, int asHigh, int of, double beyond) {}

  /** The scores in which a flow stands out most, a sentence each; most telling first. */
  public List<String> of(int flow) {
    return benign.entrySet().stream()
        .map(score -> standing(score.getKey(), score.getValue(), flow))
        .filter(standing -> standing.of() > 0)
        .sorted(Comparator.comparingInt(Standing::asHigh).thenComparing(s -> -s.beyond()))
        .limit(SHOWN)
        .map(standing -> sentence(standing, flow))
        .toList();
  }

  private Standing standing(String name, double[] sorted, int flow) {
    double value = scores.values(name)[flow];
    int n = sorted.length;
    int itself = amongThem(flow) ? 1 : 0;
    double spread = sorted[n * 3 / 4] - sorted[n / 4];
    double beyond = (value - sorted[n / 2]) / (spread > 0 ? spread : 1);
    return new Standing(name, value, n - Ranking.below(sorted, value) - itself, n - itself, beyond);
  }

  private boolean amongThem(int flow) {
    return !validated && scores.benign(flow);
  }

  private String sentence(Standing standing, int flow) {
    String kind =
        validated
            ? "benign validation flows"
            : amongThem(flow) ? "other tested benign flows" : "tested benign flows";
    return String.format(
        Locale.ROOT,
        "%s is %.4g: %s of %,d %s %s as high",
        standing.name(),
        standing.value(),
        standing.asHigh() == 0 ? "none" : TextTable.count(standing.asHigh()),
        standing.of(),
        kind,
        standing.asHigh() > 1 ? "are" : "is");
  }
}
