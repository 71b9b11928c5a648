package dev.janus.cli.results;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The scores of every flow of an evaluation, row i being flow i. A distance is a score of its own
 * array, as {@code d2}; {@code scores} and {@code measures} are tables beside them. The higher, the
 * more anomalous. Immutable; the arrays that it hands out are not to be changed.
 */
public final class RunScores {
  private static final String VALIDATION = "validation";
  private static final String TESTED = "test";

  private final String[] labels;
  private final String[] uses;
  private final Set<String> benignLabels;
  private final SequencedMap<String, double[]> columns;
  private final List<String> distances;
  private final Map<String, double[]> pValues;
  private final int[] tested;
  private final int[] testedBenign;
  private final int[] testedAttack;
  private final Map<String, int[]> testedAttacks;

  /**
   * Scores that were checked; arrays are not copied.
   *
   * @param columns every score by name, the distances first
   * @param distances names of those among them that stand for a whole flow
   * @param pValues p-values by the distance that they belong to
   */
  RunScores(
      String[] labels,
      String[] uses,
      Set<String> benignLabels,
      SequencedMap<String, double[]> columns,
      List<String> distances,
      Map<String, double[]> pValues) {
    this.labels = labels;
    this.uses = uses;
    this.benignLabels = Set.copyOf(benignLabels);
    this.columns = new LinkedHashMap<>(columns);
    this.distances = List.copyOf(distances);
    this.pValues = Map.copyOf(pValues);
    this.tested = rows(TESTED);
    this.testedBenign = Arrays.stream(tested).filter(this::benign).toArray();
    this.testedAttack = Arrays.stream(tested).filter(flow -> !benign(flow)).toArray();
    this.testedAttacks = byLabel(testedAttack);
  }

  private Map<String, int[]> byLabel(int[] flows) {
    Map<String, IntStream.Builder> found = new TreeMap<>();
    for (int flow : flows) {
      found.computeIfAbsent(label(flow), label -> IntStream.builder()).add(flow);
    }
    Map<String, int[]> rows = new TreeMap<>();
    found.forEach((label, flowsOfIt) -> rows.put(label, flowsOfIt.build().toArray()));
    return Collections.unmodifiableMap(rows);
  }

  /** Number of flows. */
  public int flows() {
    return labels.length;
  }

  public String label(int flow) {
    return labels[flow];
  }

  /** What the split used a flow for: train, validation, test or unused. */
  public String use(int flow) {
    return uses[flow];
  }

  public boolean benign(int flow) {
    return benignLabels.contains(labels[flow]);
  }

  /** Names of the distances, in file order. */
  public List<String> distances() {
    return distances;
  }

  /** Names of all scores, distances first. */
  public List<String> names() {
    return List.copyOf(columns.keySet());
  }

  /** One score of every flow. */
  public double[] values(String name) {
    double[] values = columns.get(name);
    if (values == null) {
      throw new IllegalArgumentException("no score " + name + " among " + columns.keySet());
    }
    return values;
  }

  /** The p-value of every flow that a distance gives; empty if none was stored. */
  public Optional<double[]> pValues(String distance) {
    return Optional.ofNullable(pValues.get(distance));
  }

  /** Tested flows, ascending. */
  public int[] tested() {
    return tested;
  }

  /** Tested benign flows. */
  public int[] testedBenign() {
    return testedBenign;
  }

  /** Tested attack flows, ascending. */
  public int[] testedAttack() {
    return testedAttack;
  }

  /** Tested attack flows by label, sorted by label. */
  public Map<String, int[]> testedAttacks() {
    return testedAttacks;
  }

  /** Benign flows that validated, ascending; none where another network is tested. */
  public int[] validation() {
    return rows(VALIDATION);
  }

  /** Some flows' values of a score. */
  public double[] values(String name, int[] rows) {
    double[] values = values(name);
    return Arrays.stream(rows).mapToDouble(row -> values[row]).toArray();
  }

  private int[] rows(String use) {
    return IntStream.range(0, uses.length).filter(i -> uses[i].equals(use)).toArray();
  }
}
