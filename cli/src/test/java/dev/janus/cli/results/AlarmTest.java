package dev.janus.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AlarmTest {
  private static final String[] LABELS = {"BENIGN", "a", "b"};

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noTestedFlowOfItsKindIsHigherThanTheFirst(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int flows = 300;
    String[] labels = new String[flows];
    String[] uses = new String[flows];
    double[] d2 = new double[flows];
    for (int i = 0; i < flows; i++) {
      labels[i] = LABELS[random.nextInt(LABELS.length)];
      uses[i] = random.nextInt(3) == 0 ? "validation" : "test";
      d2[i] = random.nextInt(40); // many are equal
    }
    EvaluatedRun run = run(labels, uses, Map.of("d2", d2));
    List<Alarm> alarms = Alarm.top(run);
    assertThat(alarms).extracting(Alarm::flow).doesNotHaveDuplicates();
    for (Alarm alarm : alarms) {
      assertThat(uses[alarm.flow()]).isEqualTo("test");
      long asHigh =
          IntStream.range(0, flows)
              .filter(i -> i != alarm.flow() && uses[i].equals("test"))
              .filter(i -> labels[i].equals("BENIGN") && d2[i] >= d2[alarm.flow()])
              .count();
      assertThat(alarm.benignAsHigh()).isEqualTo((int) asHigh);
    }
    for (String label : LABELS) {
      String reason =
          label.equals("BENIGN") ? "highest of the benign flows" : "highest of " + label;
      Alarm first =
          alarms.stream()
              .filter(alarm -> alarm.reasons().contains(reason))
              .findFirst()
              .orElseThrow();
      int expected =
          IntStream.range(0, flows)
              .filter(i -> uses[i].equals("test") && labels[i].equals(label))
              .boxed()
              .max((x, y) -> d2[x] == d2[y] ? Integer.compare(y, x) : Double.compare(d2[x], d2[y]))
              .orElseThrow();
      assertThat(first.flow()).as(label).isEqualTo(expected);
    }
    assertThat(alarms.getFirst().reasons()).contains("highest of all tested flows");
  }

  @Test
  void evidenceCountsTheBenignValidationFlowsThatAreAsHigh() {
    SequencedMap<String, double[]> scores = new LinkedHashMap<>();
    scores.put("d2", new double[] {1, 1, 1, 1, 9});
    scores.put("usual", new double[] {5, 6, 7, 8, 5.5});
    scores.put("rare", new double[] {1, 2, 3, 9, 3});
    scores.put("unseen", new double[] {1, 2, 3, 9, 3.5});
    scores.put("low", new double[] {1, 2, 3, 9, 0});
    EvaluatedRun run =
        run(
            new String[] {"BENIGN", "BENIGN", "BENIGN", "BENIGN", "a"},
            new String[] {"validation", "validation", "validation", "test", "test"},
            scores);
    assertThat(new ScoreEvidence(run).of(4))
        .containsExactly(
            "unseen is 3.500: none of 3 benign validation flows is as high",
            "rare is 3.000: 1 of 3 benign validation flows is as high",
            "usual is 5.500: 2 of 3 benign validation flows are as high");
  }

  /** Where another network is tested nothing validated, and a false alarm is one of the benign. */
  @Test
  void aFalseAlarmIsNotComparedWithItself() {
    SequencedMap<String, double[]> scores = new LinkedHashMap<>();
    scores.put("d2", new double[] {9, 1, 1, 5});
    scores.put("rare", new double[] {8, 7, 1, 7});
    EvaluatedRun run =
        run(
            new String[] {"BENIGN", "BENIGN", "BENIGN", "a"},
            new String[] {"test", "test", "test", "test"},
            scores);
    ScoreEvidence evidence = new ScoreEvidence(run);
    assertThat(evidence.of(0))
        .containsExactly("rare is 8.000: none of 2 other tested benign flows is as high");
    assertThat(evidence.of(1))
        .containsExactly("rare is 7.000: 1 of 2 other tested benign flows is as high");
    assertThat(evidence.of(3))
        .containsExactly("rare is 7.000: 2 of 3 tested benign flows are as high");
    EvaluatedRun lonely = run(new String[] {"BENIGN"}, new String[] {"test"}, oneOf(scores));
    assertThat(new ScoreEvidence(lonely).of(0)).isEmpty();
  }

  private static Map<String, double[]> oneOf(SequencedMap<String, double[]> scores) {
    SequencedMap<String, double[]> first = new LinkedHashMap<>();
    scores.forEach((name, values) -> first.put(name, Arrays.copyOf(values, 1)));
    return first;
  }

  private static EvaluatedRun run(String[] labels, String[] uses, Map<String, double[]> scores) {
    SequencedMap<String, double[]> columns = new LinkedHashMap<>(scores);
    RunScores stored =
        new RunScores(labels, uses, Set.of("BENIGN"), columns, List.of("d2"), Map.of());
    Set<String> classes = new LinkedHashSet<>(Arrays.asList(labels));
    classes.remove("BENIGN");
    List<RunMetrics.ClassFigures> figures = new ArrayList<>();
    classes.forEach(
        label -> figures.add(new RunMetrics.ClassFigures(label, 1, 1, 1, Map.of(), Map.of())));
    RunMetrics metrics =
        new RunMetrics(
            new RunMetrics.ScoreFigures(1, 1, 1, Map.of(), Map.of()),
            1,
            Map.of(),
            1,
            1,
            OptionalLong.of(1),
            1,
            figures,
            List.of(),
            Map.of(),
            Map.of(),
            Set.of(),
            new RunMetrics.Stated(0.01, 0.95, 0.95),
            new LinkedHashMap<>(),
            Set.of("BENIGN"),
            new RunMetrics.Provenance("1", "", "", "", "", "", "", 1, Double.NaN));
    return new EvaluatedRun("test", metrics, stored, "d2");
  }
}
