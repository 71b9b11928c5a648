package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.ContractException;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.flow.FlowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Extractions in processes of their own, killed without warning at random moments, 50 times by
 * default ({@code -Djanus.kills}). Whatever the moment: what can be read as a data set is the whole
 * one, and the next run with {@code --resume} ends with it.
 */
final class KilledExtractionTest {
  private static final int KILLS = Integer.getInteger("janus.kills", 50);
  private static final Path CAPTURES = CliRun.HOME.resolve("examples/testbed-c");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"npz, 91", "store, 92"})
  void noKillLeavesAnythingThatReadsAsWholeButIsNot(String layout, long seed) throws Exception {
    CliRun whole = CliRun.of(arguments(folder.resolve("whole"), layout));
    assertThat(whole.ended(ExitCode.OK)).as(whole.err()).isTrue();
    FlowDataset expected = FlowDataset.read(folder.resolve("whole"));
    long wholeMillis = run(folder.resolve("timed"), layout, Long.MAX_VALUE);

    SplittableRandom random = new SplittableRandom(seed);
    int killed = 0;
    int complete = 0;
    Path out = folder.resolve("out");
    while (killed < KILLS / 2) {
      long millis = run(out, layout, 1 + random.nextLong(wholeMillis * 5 / 4));
      boolean ended = millis >= 0;
      killed += ended ? 0 : 1;
      boolean readable = requireWholeOrNothing(out, expected);
      complete += readable ? 1 : 0;
      if (ended) {
        assertThat(readable).isTrue();
        assertThat(out.resolve(".extraction")).doesNotExist();
      }
      // Half of the time the next run finds a whole result and, perhaps, what a kill left beside
      // it.
      if (readable && random.nextBoolean()) {
        remove(out);
      }
    }
    System.out.printf(
        "%s, seed %d: %d kills, %d times a whole data set was there%n",
        layout, seed, killed, complete);
    assertThat(run(out, layout, Long.MAX_VALUE)).isNotNegative();
    assertEqual(FlowDataset.read(out), expected);
    try (Stream<Path> left = Files.list(out)) {
      assertThat(left.map(file -> String.valueOf(file.getFileName())))
          .noneMatch(name -> name.startsWith("."));
    }
  }

  private static Object[] arguments(Path out, String layout) {
    List<Object> arguments =
        new ArrayList<>(List.of("extract", "--pcap", CAPTURES, "--out", out, "--resume"));
    arguments.addAll(List.of("--layout", layout));
    if (layout.equals("store")) {
      arguments.addAll(List.of("--shard-flows", "500"));
    }
    return arguments.toArray();
  }

  /** Runs an extraction; -1 when it had to be killed, else how long it took. */
  private static long run(Path out, String layout, long killAfterMillis) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(JanusCli.class.getName());
    Arrays.stream(arguments(out, layout)).map(Object::toString).forEach(command::add);
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(killAfterMillis, TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
      return -1;
    }
    assertThat(process.exitValue()).isZero();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  private static boolean requireWholeOrNothing(Path out, FlowDataset expected) {
    FlowDataset found;
    try {
      found = FlowDataset.read(out);
    } catch (ContractException e) {
      return false;
    }
    assertEqual(found, expected);
    return true;
  }

  private static void assertEqual(FlowDataset found, FlowDataset expected) {
    assertThat(found.size()).isEqualTo(expected.size());
    int[] rows = IntStream.range(0, expected.size()).toArray();
    for (int row : rows) {
      assertThat(found.metadata().flow(row)).isEqualTo(expected.metadata().flow(row));
    }
    FlowBatch one = new FlowBatch();
    FlowBatch other = new FlowBatch();
    found.flows().copy(rows, 0, rows.length, one);
    expected.flows().copy(rows, 0, rows.length, other);
    assertThat(one.packets()).isEqualTo(other.packets());
    int tokens = one.packets() * 9;
    assertThat(Arrays.equals(one.tokens(), 0, tokens, other.tokens(), 0, tokens)).isTrue();
  }

  private static void remove(Path out) throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
