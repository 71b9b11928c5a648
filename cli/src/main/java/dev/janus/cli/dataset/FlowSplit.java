package dev.janus.cli.dataset;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.SplitConfig;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.label.LabelRules;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What each flow of a data set is used for. Training and validation take benign flows of the
 * training captures only; nothing that trains or validates is ever tested. Immutable.
 */
public final class FlowSplit {
  /** Use of a flow. */
  public enum Use {
    TRAIN,
    VALIDATION,
    TEST,
    /** Attack in a capture that is not tested, or a flow without label. */
    UNUSED
  }

  private final Use[] uses;
  private final boolean[] benign;

  private FlowSplit(Use[] uses, boolean[] benign) {
    this.uses = uses;
    this.benign = benign;
  }

  /**
   * Splits a data set as its configuration says.
   *
   * @throws CliException when a named capture does not exist, or too few flows are benign
   */
  public static FlowSplit of(FlowMetadata flows, RunConfig config) {
    SplitConfig split = config.split();
    Set<String> captures = new LinkedHashSet<>();
    for (int i = 0; i < flows.size(); i++) {
      captures.add(flows.capture(i));
    }
    CaptureFilter training = CaptureFilter.of("train_captures", split.trainCaptures(), captures);
    CaptureFilter tested = CaptureFilter.of("test_captures", split.testCaptures(), captures);
    FlowSplit result = allTested(flows, config.benignLabels(), tested);
    int[] pool = result.pool(flows, training, split.order(), config.seed());
    int trainEnd = (int) Math.round(split.train() * pool.length);
    int validationEnd =
        (int) Math.round(Math.min(1, split.train() + split.validation()) * pool.length);
    if (trainEnd < 2) {
      throw new CliException(
          ExitCode.DATA,
          "%d benign flows to train on are too few; benign_labels is %s and the data holds %s"
              .formatted(trainEnd, config.sortedBenignLabels(), labels(flows)));
    }
    for (int k = 0; k < pool.length; k++) {
      result.uses[pool[k]] =
          k < trainEnd ? Use.TRAIN : k < validationEnd ? Use.VALIDATION : Use.TEST;
    }
    return result;
  }

  /** A split that tests every labelled flow: how a model meets another network. */
  public static FlowSplit allTested(FlowMetadata flows, Set<String> benignLabels) {
    return allTested(flows, benignLabels, CaptureFilter.of("test_captures", List.of(), Set.of()));
  }

  private static FlowSplit allTested(
      FlowMetadata flows, Set<String> benignLabels, CaptureFilter tested) {
    Use[] uses = new Use[flows.size()];
    boolean[] benign = new boolean[flows.size()];
    for (int i = 0; i < flows.size(); i++) {
      String label = flows.label(i);
      benign[i] = benignLabels.contains(label);
      boolean known = benign[i] || !label.equals(LabelRules.UNLABELLED);
      uses[i] = known && tested.contains(flows.capture(i)) ? Use.TEST : Use.UNUSED;
    }
    return new FlowSplit(uses, benign);
  }

  private int[] pool(
      FlowMetadata flows, CaptureFilter captures, SplitConfig.Order order, long seed) {
    int[] pool =
        IntStream.range(0, flows.size())
            .filter(i -> benign[i] && captures.contains(flows.capture(i)))
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer i) -> flows.startMicros(i)).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    if (order == SplitConfig.Order.RANDOM) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int k = pool.length - 1; k > 0; k--) {
        int other = random.nextInt(k + 1);
        int swapped = pool[k];
        pool[k] = pool[other];
        pool[other] = swapped;
      }
    }
    return pool;
  }

  private static Set<String> labels(FlowMetadata flows) {
    Set<String> labels = new TreeSet<>();
    for (int i = 0; i < flows.size() && labels.size() < 40; i++) {
      labels.add(flows.label(i));
    }
    return labels;
  }

  /** Rows with this use, ascending. */
  public int[] rows(Use use) {
    return IntStream.range(0, uses.length).filter(i -> uses[i] == use).toArray();
  }

  /** Number of flows with this use. */
  public int count(Use use) {
    return (int) Arrays.stream(uses).filter(u -> u == use).count();
  }

  public Use use(int flow) {
    return uses[flow];
  }

  /** Whether the flow's label is one of the benign ones. */
  public boolean benign(int flow) {
    return benign[flow];
  }

  /** Number of flows. */
  public int size() {
    return uses.length;
  }
}
