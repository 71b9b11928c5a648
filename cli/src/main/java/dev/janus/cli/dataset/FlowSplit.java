package dev.janus.cli.dataset;

import dev.janus.cli.config.FlowSelection;
import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.SplitConfig;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Quantity;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.label.LabelRules;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What each flow of a data set is used for. Training and validation take benign flows of the
 * training captures only; nothing that trains or validates is ever tested. Does not change once it
 * is handed out.
 */
public final class FlowSplit {
  /** Use of a flow. */
  public enum Use {
    TRAIN,
    VALIDATION,
    TEST,
    /**
     * Attack in a capture that is not tested, in a gap, or a flow without label or not selected.
     */
    UNUSED
  }

  private static final double MICROS_PER_HOUR = 3.6e9;

  private static final String FIT_CAPTURE = "--fit-capture";

  /** Two to fit a verdict and two to calibrate it. */
  private static final int FEWEST_VALIDATION = 4;

  private final Use[] uses;
  private final boolean[] benign;
  private final SplitConfig.Order order;
  private int inGaps;

  private FlowSplit(Use[] uses, boolean[] benign, SplitConfig.Order order) {
    this.uses = uses;
    this.benign = benign;
    this.order = order;
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
    CaptureFilter training =
        CaptureFilter.of("split.train_captures", split.trainCaptures(), captures, ExitCode.DATA);
    CaptureFilter tested =
        CaptureFilter.of("split.test_captures", split.testCaptures(), captures, ExitCode.DATA);
    FlowSelection selection = split.selection();
    FlowSplit result = allTested(flows, config.benignLabels(), tested, selection, split.order());
    int[] pool = result.pool(flows, training, split, config.seed());
    int trainEnd = (int) Math.round(split.train() * pool.length);
    int validationEnd =
        (int) Math.round(Math.min(1, split.train() + split.validation()) * pool.length);
    if (trainEnd < 2) {
      throw new CliException(
          ExitCode.DATA,
          "%d benign flows to train on are too few; benign_labels is %s and the data holds %s%s"
              .formatted(
                  trainEnd,
                  config.sortedBenignLabels(),
                  labels(flows),
                  selection.equals(FlowSelection.ALL)
                      ? ""
                      : "; split takes only some of them (protocols, hosts, min_packets)"));
    }
    for (int k = 0; k < pool.length; k++) {
      result.uses[pool[k]] =
          k < trainEnd ? Use.TRAIN : k < validationEnd ? Use.VALIDATION : Use.TEST;
    }
    if (split.gapHours() > 0) {
      result.leaveGaps(flows, pool, trainEnd, split.gapHours());
    }
    result.limit(
        flows.inOrderOfTime(result.testedBenign()), flows, selection.testBenignPerCapture());
    return result;
  }

  /** A split that tests every labelled flow: how a model meets another network. */
  public static FlowSplit allTested(FlowMetadata flows, Set<String> benignLabels) {
    return allTested(
        flows, benignLabels, CaptureFilter.ALL, FlowSelection.ALL, SplitConfig.Order.TIME);
  }

  /**
   * A split of another network, some of whose benign flows fit and calibrate the verdicts anew.
   *
   * @param fitting captures whose benign flows validate; their attacks are tested
   * @throws CliException when a named capture does not exist, or they leave too few benign flows to
   *     fit or to test; names the option
   */
  public static FlowSplit refitted(
      FlowMetadata flows, Set<String> benignLabels, List<String> fitting) {
    FlowSplit split = allTested(flows, benignLabels);
    Set<String> captures = new LinkedHashSet<>();
    for (int i = 0; i < flows.size(); i++) {
      captures.add(flows.capture(i));
    }
    CaptureFilter filter = CaptureFilter.of(FIT_CAPTURE, fitting, captures, ExitCode.USAGE);
    for (int i = 0; i < flows.size(); i++) {
      if (split.benign[i] && filter.contains(flows.capture(i))) {
        split.uses[i] = Use.VALIDATION;
      }
    }
    split.requireBothSides(fitting);
    return split;
  }

  private void requireBothSides(List<String> fitting) {
    int fits = count(Use.VALIDATION);
    String named = FIT_CAPTURE + " " + String.join(", ", fitting) + ": ";
    if (fits < FEWEST_VALIDATION) {
      throw new CliException(
          ExitCode.DATA,
          named
              + "%s there, it takes %d to fit and calibrate verdicts; name captures with more"
                  .formatted(Quantity.of(fits, "benign flow"), FEWEST_VALIDATION));
    }
    if (testedBenign().length == 0) {
      throw new CliException(
          ExitCode.DATA,
          named + "these hold all benign flows, so that none is left to test; name fewer captures");
    }
  }

  private static FlowSplit allTested(
      FlowMetadata flows,
      Set<String> benignLabels,
      CaptureFilter tested,
      FlowSelection selection,
      SplitConfig.Order order) {
    Use[] uses = new Use[flows.size()];
    boolean[] benign = new boolean[flows.size()];
    for (int i = 0; i < flows.size(); i++) {
      String label = flows.label(i);
      benign[i] = benignLabels.contains(label);
      boolean known = benign[i] || !label.equals(LabelRules.UNLABELLED);
      boolean selected = known && selection.accepts(flows.tuple(i), flows.packets(i));
      uses[i] = selected && tested.contains(flows.capture(i)) ? Use.TEST : Use.UNUSED;
    }
    return new FlowSplit(uses, benign, order);
  }

  /**
   * Leaves unused what starts too soon after the last flow that trains, and what would be tested
   * too soon after the last one that validates, of the same capture.
   *
   * @param pool benign flows of the training captures by their start, the first {@code trainEnd} of
   *     which train
   */
  private void leaveGaps(FlowMetadata flows, int[] pool, int trainEnd, double gapHours) {
    long gapMicros = Math.round(gapHours * MICROS_PER_HOUR);
    long trained = flows.startMicros(pool[trainEnd - 1]);
    for (int k = trainEnd; k < pool.length; k++) {
      leaveOut(pool[k], flows.startMicros(pool[k]) - trained < gapMicros);
    }
    Map<String, Long> validated = new HashMap<>();
    for (int row : pool) {
      if (uses[row] == Use.VALIDATION) {
        validated.put(flows.capture(row), flows.startMicros(row));
      }
    }
    for (int row : pool) {
      Long last = validated.get(flows.capture(row));
      boolean soon = last != null && flows.startMicros(row) - last < gapMicros;
      leaveOut(row, soon && uses[row] == Use.TEST);
    }
  }

  private void leaveOut(int row, boolean inGap) {
    if (inGap) {
      uses[row] = Use.UNUSED;
      inGaps++;
    }
  }

  /** Benign flows that train, validate or, of what is left, are tested; in the order of the cut. */
  private int[] pool(FlowMetadata flows, CaptureFilter captures, SplitConfig split, long seed) {
    FlowSelection selection = split.selection();
    int[] candidates =
        flows.inOrderOfTime(
            IntStream.range(0, flows.size())
                .filter(i ->
                    benign[i]
                        && captures.contains(flows.capture(i))
                        && selection.accepts(flows.tuple(i), flows.packets(i)))
                .toArray());
    int[] pool = limit(candidates, flows, selection.trainPerCapture());
    if (split.order() == SplitConfig.Order.RANDOM) {
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

  /** The first so many rows of each capture; 0 for all. The others become unused. */
  private int[] limit(int[] rows, FlowMetadata flows, int mostOfACapture) {
    if (mostOfACapture == 0) {
      return rows;
    }
    Map<String, Integer> taken = new HashMap<>();
    for (int row : rows) {
      if (taken.merge(flows.capture(row), 1, Integer::sum) > mostOfACapture) {
        uses[row] = Use.UNUSED;
      }
    }
    taken.clear();
    return Arrays.stream(rows)
        .filter(row -> taken.merge(flows.capture(row), 1, Integer::sum) <= mostOfACapture)
        .toArray();
  }

  private static Set<String> labels(FlowMetadata flows) {
    Set<String> labels = new TreeSet<>();
    for (int i = 0; i < flows.size() && labels.size() < 40; i++) {
      labels.add(flows.label(i));
    }
    return labels;
  }

  /** Tested rows that are benign, ascending. */
  public int[] testedBenign() {
    return IntStream.of(rows(Use.TEST)).filter(i -> benign[i]).toArray();
  }

  /** Tested rows that are attacks, ascending. */
  public int[] testedAttack() {
    return IntStream.of(rows(Use.TEST)).filter(i -> !benign[i]).toArray();
  }

  /**
   * Fails where too few flows validate to fit and calibrate a verdict.
   *
   * @param purpose what they are too few for: "to ..."
   * @throws CliException with the keys that mend it
   */
  public void requireValidation(String purpose) {
    int flows = count(Use.VALIDATION);
    if (flows < FEWEST_VALIDATION) {
      throw new CliException(
          ExitCode.DATA,
          "%d benign validation flows are too few %s, it takes %d; raise split.validation, or lower"
                  .formatted(flows, purpose, FEWEST_VALIDATION)
              + " split.train or split.gap_hours");
    }
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

  /** How many flows there are and what they are used for, in words. */
  public String description() {
    String uses =
        "%s: %,d train, %,d validate, %,d test"
            .formatted(
                Quantity.of(size(), "flow"),
                count(Use.TRAIN),
                count(Use.VALIDATION),
                count(Use.TEST));
    return inGaps == 0 ? uses : uses + ", %,d left out by the gap".formatted(inGaps);
  }

  /** What figures from this split hide, in words; empty if it keeps earlier from later flows. */
  public Optional<String> caution() {
    return order == SplitConfig.Order.RANDOM
        ? Optional.of("flows were split at random: flows of one host and hour stand on both sides")
        : Optional.empty();
  }

  /** Number of flows. */
  public int size() {
    return uses.length;
  }
}
