package dev.janus.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Tested flows, class by class and within a class in blocks of flows that depend on each other.
 * Stratum 0 holds the benign flows, the following ones the attack classes sorted by label; a block
 * that holds flows of several classes is a block in each. Immutable and thread-safe.
 */
public final class FlowBlocks {
  private final List<Stratum> strata;
  private final int[] stratumOf;
  private final int[] blockOf;

  private FlowBlocks(List<Stratum> strata, int[] stratumOf, int[] blockOf) {
    this.strata = List.copyOf(strata);
    this.stratumOf = stratumOf;
    this.blockOf = blockOf;
  }

  /**
   * A class.
   *
   * @param label its label
   * @param flows number of its flows, at least 1
   * @param blocks number of blocks that they are in, at least 1
   */
  public record Stratum(String label, int flows, int blocks) {}

  /**
   * Sorts flows into strata and blocks.
   *
   * @param labels label of each flow, {@code [N]}; those of benign flows do not matter
   * @param benign which flows are benign, {@code [N]}
   * @param benignName what stratum 0 is called
   * @param blocks equal for flows that depend on each other, {@code [N]}; see {@link HostHours}
   * @throws dev.janus.model.ModelException when no flow is benign, or all are
   */
  public static FlowBlocks of(
      List<String> labels, boolean[] benign, String benignName, int[] blocks) {
    if (labels.size() != blocks.length || benign.length != blocks.length) {
      throw new IllegalArgumentException(
          "%d labels, %d flags, %d blocks".formatted(labels.size(), benign.length, blocks.length));
    }
    Map<String, List<Integer>> attacks = new TreeMap<>();
    List<Integer> benignRows = new ArrayList<>();
    for (int row = 0; row < blocks.length; row++) {
      (benign[row]
              ? benignRows
              : attacks.computeIfAbsent(labels.get(row), label -> new ArrayList<>()))
          .add(row);
    }
    Evaluation.requireBothKinds(benignRows.size(), labels);
    List<Stratum> strata = new ArrayList<>();
    int[] stratumOf = new int[blocks.length];
    int[] blockOf = new int[blocks.length];
    int first = add(strata, benignName, benignRows, blocks, stratumOf, blockOf, 0);
    for (Map.Entry<String, List<Integer>> attack : attacks.entrySet()) {
      first = add(strata, attack.getKey(), attack.getValue(), blocks, stratumOf, blockOf, first);
    }
    return new FlowBlocks(strata, stratumOf, blockOf);
  }

  /** Adds a stratum whose blocks are numbered from {@code first} on; returns the next number. */
  private static int add(
      List<Stratum> strata,
      String label,
      List<Integer> rows,
      int[] blocks,
      int[] stratumOf,
      int[] blockOf,
      int first) {
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int row : rows) {
      stratumOf[row] = strata.size();
      blockOf[row] = numbers.computeIfAbsent(blocks[row], block -> first + numbers.size());
    }
    strata.add(new Stratum(label, rows.size(), numbers.size()));
    return first + numbers.size();
  }

  /** The benign flows, then the attack classes. */
  public List<Stratum> strata() {
    return strata;
  }

  /** Number of flows. */
  public int flows() {
    return stratumOf.length;
  }

  int stratum(int flow) {
    return stratumOf[flow];
  }

  /** Number of a flow's block over all strata, from 0. */
  int block(int flow) {
    return blockOf[flow];
  }

  /** Every block taken once. */
  int[] once() {
    int[] times = new int[strata.stream().mapToInt(Stratum::blocks).sum()];
    Arrays.fill(times, 1);
    return times;
  }

  /**
   * Draws as many blocks of each stratum as it has, with replacement, so that no stratum is ever
   * empty.
   *
   * @param times set to how often each block was drawn, {@code [blocks]}
   */
  void draw(RandomGenerator random, int[] times) {
    Arrays.fill(times, 0);
    int first = 0;
    for (Stratum stratum : strata) {
      for (int k = 0; k < stratum.blocks(); k++) {
        times[first + random.nextInt(stratum.blocks())]++;
      }
      first += stratum.blocks();
    }
  }
}
