package dev.janus.cli.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.cli.config.RunConfig;
import dev.janus.cli.config.RunConfigReader;
import dev.janus.cli.dataset.FlowSplit.Use;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.ArtifactWriter;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.artifact.FlowMetadata;
import dev.janus.contract.artifact.FlowSpill;
import dev.janus.contract.artifact.SpilledFlows;
import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.packet.PacketSchema;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlowSplitTest {
  @TempDir private Path folder = Path.of("");

  /** Ten benign flows on monday, in reverse order of time; two benign and three more on tuesday. */
  private FlowMetadata week() {
    String[] labels = new String[15];
    int[] captures = new int[15];
    long[] starts = new long[15];
    for (int i = 0; i < 15; i++) {
      captures[i] = i < 10 ? 0 : 1;
      labels[i] = i < 12 ? "BENIGN" : i < 14 ? "Bot" : "UNLABELLED";
      starts[i] = i < 10 ? 1000 - i : 2000 + i;
    }
    return dataset(labels, captures, starts);
  }

  @Test
  void trainingTakesTheEarliestFlowsOfItsCaptures() {
    FlowSplit split =
        FlowSplit.of(
            week(),
            config(
                "split: {train_captures: [Monday], test_captures: [tuesday], train: 0.6,"
                    + " validation: 0.2}"));
    assertThat(split.rows(Use.TRAIN)).containsExactly(4, 5, 6, 7, 8, 9);
    assertThat(split.rows(Use.VALIDATION)).containsExactly(2, 3);
    assertThat(split.rows(Use.TEST)).containsExactly(0, 1, 10, 11, 12, 13);
    assertThat(split.rows(Use.UNUSED)).containsExactly(14);
    assertThat(split.benign(11)).isTrue();
    assertThat(split.benign(12)).isFalse();
  }

  @Test
  void emptyCaptureListsMeanEveryCapture() {
    FlowSplit split = FlowSplit.of(week(), config("split: {train: 0.5, validation: 0.5}"));
    assertThat(split.count(Use.TRAIN)).isEqualTo(6);
    assertThat(split.count(Use.VALIDATION)).isEqualTo(6);
    assertThat(split.rows(Use.TEST)).containsExactly(12, 13);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 42, 20261122})
  void aRandomSplitIsAFunctionOfTheSeed(long seed) {
    String yaml = "seed: " + seed + "\nsplit: {order: random, train: 0.5, validation: 0.2}";
    FlowSplit first = FlowSplit.of(week(), config(yaml));
    FlowSplit second = FlowSplit.of(week(), config(yaml));
    assertThat(first.rows(Use.TRAIN)).hasSize(6).isEqualTo(second.rows(Use.TRAIN));
    assertThat(first.rows(Use.VALIDATION)).doesNotContain(first.rows(Use.TRAIN));
    int[] all =
        Arrays.stream(Use.values()).flatMapToInt(use -> Arrays.stream(first.rows(use))).toArray();
    assertThat(all).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void captureNamesMayHaveWildcards() {
    FlowSplit split = FlowSplit.of(week(), config("split: {train_captures: ['mon*']}"));
    assertThat(split.count(Use.TRAIN)).isEqualTo(6);
  }

  @Test
  void aCaptureGivesNoMoreThanItsEarliestFlows() {
    FlowSplit split =
        FlowSplit.of(week(), config("split: {train_per_capture: 4, train: 0.5, validation: 0.5}"));
    assertThat(split.rows(Use.TRAIN)).containsExactly(7, 8, 9);
    assertThat(split.rows(Use.VALIDATION)).containsExactly(6, 10, 11);
    assertThat(split.rows(Use.TEST)).containsExactly(12, 13);
    assertThat(split.rows(Use.UNUSED)).containsExactly(0, 1, 2, 3, 4, 5, 14);
    split =
        FlowSplit.of(
            week(),
            config(
                "split: {train_captures: [monday], train: 0.4, validation: 0.2,"
                    + " test_benign_per_capture: 1}"));
    assertThat(split.count(Use.TRAIN)).isEqualTo(4);
    assertThat(split.rows(Use.TEST)).containsExactly(3, 10, 12, 13);
    assertThat(split.rows(Use.UNUSED)).containsExactly(0, 1, 2, 11, 14);
  }

  /** An hour apart: training ends at 9:00, validation, without the gap, at 12:00. */
  @Test
  void aGapKeepsTrainingValidationAndTestApart() {
    long hour = 3_600_000_000L;
    String[] labels = new String[16];
    int[] captures = new int[16];
    long[] starts = new long[16];
    for (int i = 0; i < 16; i++) {
      labels[i] = i == 13 ? "Bot" : "BENIGN";
      captures[i] = i < 14 ? 0 : 1;
      starts[i] = i * hour;
    }
    FlowMetadata day = dataset(labels, captures, starts);
    String yaml = "split: {train_captures: [monday], train: 0.5, validation: 0.3, gap_hours: ";
    FlowSplit none = FlowSplit.of(day, config(yaml + "0}"));
    assertThat(none.rows(Use.TRAIN)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(none.rows(Use.VALIDATION)).containsExactly(7, 8, 9);
    assertThat(none.rows(Use.TEST)).containsExactly(10, 11, 12, 13, 14, 15);
    assertThat(none.description()).doesNotContain("gap");

    // Flow 6 trains last; 7 starts an hour later, less than the gap. Flow 9 validates last.
    FlowSplit some = FlowSplit.of(day, config(yaml + "1.5}"));
    assertThat(some.rows(Use.TRAIN)).containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(some.rows(Use.VALIDATION)).containsExactly(8, 9);
    assertThat(some.rows(Use.TEST)).containsExactly(11, 12, 13, 14, 15);
    assertThat(some.rows(Use.UNUSED)).containsExactly(7, 10);
    assertThat(some.description()).endsWith(", 2 left out by the gap");

    // A start just one gap later is far enough; attacks and other captures are tested all the same.
    FlowSplit exact = FlowSplit.of(day, config(yaml + "1}"));
    assertThat(exact.count(Use.UNUSED)).isZero();
    FlowSplit wide = FlowSplit.of(day, config(yaml + "4}"));
    assertThat(wide.count(Use.VALIDATION)).isZero();
    assertThat(wide.rows(Use.TEST)).containsExactly(10, 11, 12, 13, 14, 15);
  }

  @Test
  void aGapBehindValidationIsOfItsCaptureOnly() {
    long hour = 3_600_000_000L;
    String[] labels = new String[12];
    int[] captures = new int[12];
    long[] starts = new long[12];
    for (int i = 0; i < 12; i++) {
      labels[i] = "BENIGN";
      captures[i] = i < 8 ? 0 : 1;
      starts[i] = i * hour;
    }
    FlowMetadata flows = dataset(labels, captures, starts);
    // 6 train, 2 validate, which are the last of monday; all of tuesday is tested.
    FlowSplit split =
        FlowSplit.of(flows, config("split: {train: 0.5, validation: 0.17, gap_hours: 0.5}"));
    assertThat(split.rows(Use.VALIDATION)).containsExactly(6, 7);
    assertThat(split.rows(Use.TEST)).containsExactly(8, 9, 10, 11);
    split = FlowSplit.of(flows, config("split: {train: 0.5, validation: 0.17, gap_hours: 2}"));
    assertThat(split.rows(Use.VALIDATION)).containsExactly(7);
    assertThat(split.rows(Use.TEST)).containsExactly(8, 9, 10, 11);
  }

  /** Captures at the same time: each has a last flow of its own that validates. */
  @Test
  void aGapBehindValidationCountsFromTheLastFlowOfTheSameCapture() {
    double[] hours = {0, 1, 2, 3, 4, 5, 10, 12, 12.5, 13, 20, 21};
    String[] labels = new String[12];
    int[] captures = new int[12];
    long[] starts = new long[12];
    for (int i = 0; i < 12; i++) {
      labels[i] = "BENIGN";
      captures[i] = i % 2;
      starts[i] = Math.round(hours[i] * 3.6e9);
    }
    FlowSplit split =
        FlowSplit.of(
            dataset(labels, captures, starts),
            config("split: {train: 0.5, validation: 0.17, gap_hours: 2}"));
    assertThat(split.rows(Use.VALIDATION)).containsExactly(6, 7);
    assertThat(split.rows(Use.TEST)).containsExactly(8, 10, 11);
    assertThat(split.rows(Use.UNUSED)).containsExactly(9);
  }

  @Test
  void benignFlowsOfNamedCapturesFitAndAreNotTested() {
    FlowSplit split = FlowSplit.refitted(week(), Set.of("BENIGN"), List.of("MONDAY"));
    assertThat(split.rows(Use.VALIDATION)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(split.rows(Use.TEST)).containsExactly(10, 11, 12, 13);
    assertThat(split.rows(Use.UNUSED)).containsExactly(14);
    FlowMetadata mixed =
        dataset(
            new String[] {"BENIGN", "Bot", "BENIGN", "BENIGN", "BENIGN", "BENIGN", "Bot"},
            new int[] {0, 0, 0, 0, 0, 1, 1},
            new long[] {1, 2, 3, 4, 5, 6, 7});
    FlowSplit attacked = FlowSplit.refitted(mixed, Set.of("BENIGN"), List.of("m*"));
    assertThat(attacked.rows(Use.VALIDATION)).containsExactly(0, 2, 3, 4);
    assertThat(attacked.rows(Use.TEST)).containsExactly(1, 5, 6);
  }

  @Test
  void capturesThatCannotBeFittedOnAreNamedWithTheirOption() {
    assertThatThrownBy(() -> FlowSplit.refitted(week(), Set.of("BENIGN"), List.of("sunday")))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessage(
            "--fit-capture: no capture named 'sunday' in the data; it holds: monday, tuesday");
    assertThatThrownBy(() -> FlowSplit.refitted(week(), Set.of("BENIGN"), List.of("tuesday")))
        .isInstanceOfSatisfying(
            CliException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.DATA))
        .hasMessage(
            "--fit-capture tuesday: 2 benign flows there, it takes 4 to fit and calibrate verdicts;"
                + " name captures with more");
    assertThatThrownBy(
            () -> FlowSplit.refitted(week(), Set.of("BENIGN"), List.of("monday", "tuesday")))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "--fit-capture monday, tuesday: these hold all benign flows, so that none is left to"
                + " test; name fewer captures");
  }

  @Test
  void aRandomSplitHasACautionAndNoGap() {
    FlowSplit random = FlowSplit.of(week(), config("split: {order: random}"));
    assertThat(random.caution())
        .hasValue("flows were split at random: flows of one host and hour stand on both sides");
    assertThat(FlowSplit.of(week(), config("split: {order: time}")).caution()).isEmpty();
    assertThat(FlowSplit.allTested(week(), Set.of("BENIGN")).caution()).isEmpty();
    assertThatThrownBy(() -> config("split:\n  order: random\n  gap_hours: 1\n"))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "test:3:14: split.gap_hours must be 0 where order is random: a gap lies between earlier"
                + " and later flows; set order: time");
    assertThatThrownBy(() -> config("split: {gap_hours: -1}"))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("gap_hours");
  }

  /** Of the flows here each has one datagram of UDP between 0.0.0.1 and 0.0.0.2. */
  @Test
  void flowsThatAreNotSelectedAreUnused() {
    FlowSplit all = FlowSplit.of(week(), config("split: {train: 0.5, validation: 0.5}"));
    for (String wide : List.of("protocols: [6, udp]", "hosts: [0.0.0.0/30]", "hosts: [0.0.0.2]")) {
      FlowSplit same =
          FlowSplit.of(week(), config("split: {train: 0.5, validation: 0.5, " + wide + "}"));
      for (Use use : Use.values()) {
        assertThat(same.rows(use)).as(wide).isEqualTo(all.rows(use));
      }
    }
    for (String narrow : List.of("protocols: [tcp]", "hosts: [0.0.0.3]", "min_packets: 2")) {
      assertThatThrownBy(() -> FlowSplit.of(week(), config("split: {" + narrow + "}")))
          .as(narrow)
          .isInstanceOf(CliException.class)
          .hasMessageStartingWith("0 benign flows to train on are too few")
          .hasMessageEndingWith("takes only some of them (protocols, hosts, min_packets)");
    }
  }

  /** Protocols, hosts and lengths are mixed; what each flow is used for follows from the rule. */
  @ParameterizedTest
  @ValueSource(longs = {7, 8, 9, 10, 11, 12})
  void ofMixedFlowsThoseThatFitEveryConditionTakePart(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int n = 90;
    String[] labels = new String[n];
    long[] starts = new long[n];
    FlowTuple[] tuples = new FlowTuple[n];
    int[] packets = new int[n];
    int[] protocols = {1, 6, 17};
    for (int i = 0; i < n; i++) {
      labels[i] = List.of("BENIGN", "BENIGN", "BENIGN", "Bot", "UNLABELLED").get(random.nextInt(5));
      starts[i] = random.nextInt(40); // many start together
      tuples[i] =
          new FlowTuple(
              IpAddress.ofV4(random.nextInt(1, 10)),
              0,
              IpAddress.ofV4(random.nextInt(1, 10)),
              0,
              protocols[random.nextInt(3)]);
      packets[i] = random.nextInt(1, 6);
    }
    FlowSplit split =
        FlowSplit.of(
            dataset(labels, new int[n], starts, tuples, packets),
            config(
                "split: {protocols: [icmp, 6], hosts: [0.0.0.2, 0.0.0.4/30], min_packets: 3,"
                    + " train: 0.5, validation: 0.25}"));
    int[] benign =
        IntStream.range(0, n)
            .filter(i -> takesPart(tuples[i], packets[i]) && labels[i].equals("BENIGN"))
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> starts[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(benign.length).as("seed %d", seed).isBetween(4, n / 2);
    Use[] expected = new Use[n];
    for (int i = 0; i < n; i++) {
      boolean attack = takesPart(tuples[i], packets[i]) && labels[i].equals("Bot");
      expected[i] = attack ? Use.TEST : Use.UNUSED;
    }
    for (int k = 0; k < benign.length; k++) {
      expected[benign[k]] =
          k < Math.round(0.5 * benign.length)
              ? Use.TRAIN
              : k < Math.round(0.75 * benign.length) ? Use.VALIDATION : Use.TEST;
    }
    for (int i = 0; i < n; i++) {
      assertThat(split.use(i)).as("seed %d, flow %d", seed, i).isEqualTo(expected[i]);
    }
    assertThat(split.testedBenign().length + split.testedAttack().length)
        .isEqualTo(split.count(Use.TEST));
  }

  /** The conditions of the test above, put another way. */
  private static boolean takesPart(FlowTuple tuple, int packets) {
    Set<IpAddress> hosts =
        Set.of(
            IpAddress.ofV4(2),
            IpAddress.ofV4(4),
            IpAddress.ofV4(5),
            IpAddress.ofV4(6),
            IpAddress.ofV4(7));
    return tuple.protocol() != 17
        && packets > 2
        && (hosts.contains(tuple.initiator()) || hosts.contains(tuple.responder()));
  }

  @Test
  void tooFewValidationFlowsAreToldWithTheKeysThatMendIt() {
    FlowSplit.of(week(), config("split: {train: 0.5, validation: 0.5}")).requireValidation("");
    FlowSplit none = FlowSplit.of(week(), config("split: {train: 1, validation: 0}"));
    assertThatThrownBy(() -> none.requireValidation("to calibrate a control"))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "0 benign validation flows are too few to calibrate a control, it takes 4; raise"
                + " split.validation, or lower split.train or split.gap_hours");
  }

  @Test
  void unknownCapturesAreNamedWithThoseThatExist() {
    assertThatThrownBy(() -> FlowSplit.of(week(), config("split: {test_captures: [friday]}")))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "split.test_captures: no capture named 'friday' in the data; it holds: monday,"
                + " tuesday");
  }

  @Test
  void dataWithoutBenignFlowsSaysWhichLabelsThereAre() {
    assertThatThrownBy(() -> FlowSplit.of(week(), config("benign_labels: [Normal]")))
        .isInstanceOf(CliException.class)
        .hasMessage(
            "0 benign flows to train on are too few; benign_labels is [Normal] and the data holds"
                + " [BENIGN, Bot, UNLABELLED]");
  }

  @Test
  void anotherNetworkIsTestedWhole() {
    FlowSplit split = FlowSplit.allTested(week(), Set.of("BENIGN"));
    assertThat(split.count(Use.TEST)).isEqualTo(14);
    assertThat(split.count(Use.TRAIN)).isZero();
  }

  @Test
  void theFingerprintTellsLabelsAndTimesApart() {
    FlowMetadata a = dataset(new String[] {"BENIGN", "x"}, new int[2], new long[] {1, 2});
    FlowMetadata b = dataset(new String[] {"BENIGN", "y"}, new int[2], new long[] {1, 2});
    FlowMetadata c = dataset(new String[] {"BENIGN", "x"}, new int[2], new long[] {1, 3});
    assertThat(Set.of(DatasetFingerprint.of(a), DatasetFingerprint.of(b), DatasetFingerprint.of(c)))
        .hasSize(3);
    assertThat(DatasetFingerprint.of(week())).isEqualTo(DatasetFingerprint.of(week()));
  }

  private FlowMetadata dataset(String[] labels, int[] captures, long[] starts) {
    FlowTuple[] tuples = new FlowTuple[labels.length];
    Arrays.fill(tuples, new FlowTuple(IpAddress.ofV4(1), 1, IpAddress.ofV4(2), 2, 17));
    int[] packets = new int[labels.length];
    Arrays.fill(packets, 1);
    return dataset(labels, captures, starts, tuples, packets);
  }

  private FlowMetadata dataset(
      String[] labels, int[] captures, long[] starts, FlowTuple[] tuples, int[] packets) {
    Path file = folder.resolve("flows.spill");
    try (FlowSpill spill = FlowSpill.create(file)) {
      for (int i = 0; i < labels.length; i++) {
        spill.accept(
            new Flow(
                i,
                tuples[i],
                starts[i],
                starts[i],
                packets[i],
                new float[packets[i] * PacketSchema.CHANNELS],
                new FlowOrigin(captures[i], i, 0),
                FlowStart.DATAGRAM,
                EndReason.CAPTURE_END,
                new FlowPart(i, 0)));
      }
      spill.complete();
    }
    try (SpilledFlows flows = SpilledFlows.open(List.of(file))) {
      ArtifactWriter.write(
          folder,
          flows,
          List.of("monday", "tuesday"),
          flow -> labels[(int) flow.flowId()],
          written -> {});
    }
    return FlowDataset.read(folder).metadata();
  }

  private static RunConfig config(String yaml) {
    return RunConfigReader.parse(yaml, "test");
  }
}
