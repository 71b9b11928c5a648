package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.artifact.FlowDataset;
import dev.janus.contract.flow.FlowBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreCommandTest {
  private static final Path CAPTURES = CliRun.HOME.resolve("examples/testbed-c");

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void extract() {
    ok(
        "extract",
        "--pcap",
        CAPTURES,
        "--dataset",
        CliRun.HOME.resolve("configs/datasets/testbed-c.yaml"),
        "--labels",
        CAPTURES,
        "--active-timeout",
        5,
        "--layout",
        "store",
        "--shard-flows",
        700,
        "--out",
        week());
  }

  private static Path week() {
    return folder.resolve("week");
  }

  private static CliRun ok(Object... args) {
    CliRun run = CliRun.of(args);
    assertThat(run.ended(ExitCode.OK)).as(run.err()).isTrue();
    return run;
  }

  @Test
  void aStoreSplitByCaptureAndMergedIsTheSameStore() {
    Path days = folder.resolve("days");
    ok("store", "split", week(), "--by", "capture", "--out", days);
    Path again = folder.resolve("again");
    ok("store", "merge", days.resolve("c-01-benign"), days.resolve("c-02-mixed"), "--out", again);
    FlowDataset expected = FlowDataset.read(week());
    FlowDataset merged = FlowDataset.read(again);
    assertThat(FlowDataset.read(days.resolve("c-01-benign")).size()).isLessThan(expected.size());
    assertEqual(merged, expected);
    assertThat(IntStream.range(0, merged.size()).map(i -> merged.metadata().part(i).number()))
        .as("flows cut by the active time-out")
        .contains(1);
  }

  private static void assertEqual(FlowDataset one, FlowDataset other) {
    assertThat(one.size()).isEqualTo(other.size());
    int[] rows = IntStream.range(0, one.size()).toArray();
    for (int row : rows) {
      assertThat(one.metadata().flow(row)).isEqualTo(other.metadata().flow(row));
    }
    FlowBatch a = new FlowBatch();
    FlowBatch b = new FlowBatch();
    one.flows().copy(rows, 0, rows.length, a);
    other.flows().copy(rows, 0, rows.length, b);
    assertThat(a.packets()).isEqualTo(b.packets());
    assertThat(Arrays.equals(a.tokens(), 0, a.packets() * 9, b.tokens(), 0, a.packets() * 9))
        .isTrue();
  }

  @Test
  void piecesOfSoManyFlowsAddUp() {
    Path pieces = folder.resolve("pieces");
    ok("store", "split", week(), "--flows", 1000, "--out", pieces);
    int size = FlowDataset.read(week()).size();
    int sum = 0;
    for (int part = 0; part < Math.ceilDiv(size, 1000); part++) {
      FlowDataset piece = FlowDataset.read(pieces.resolve("part-0000" + part));
      assertThat(piece.size()).isLessThanOrEqualTo(1000);
      for (int i = 0; i < piece.size(); i++) {
        assertThat(piece.metadata().part(i).parentId()).isBetween(0L, (long) i);
      }
      sum += piece.size();
    }
    assertThat(sum).isEqualTo(size);
  }

  @Test
  void piecesOfOneDataSetMergeBackUnderTheNamesTheyHad() {
    Path pieces = folder.resolve("halves");
    ok("store", "split", week(), "--flows", 1000, "--out", pieces);
    FlowDataset expected = FlowDataset.read(week());
    List<Object> merge = new ArrayList<>(List.of("store", "merge"));
    for (int part = 0; part < Math.ceilDiv(expected.size(), 1000); part++) {
      merge.add(pieces.resolve("part-0000" + part));
    }
    assertThat(merge).hasSizeGreaterThan(3);
    Path whole = folder.resolve("whole");
    merge.addAll(List.of("--same-captures", "--out", whole));
    ok(merge.toArray());
    FlowDataset merged = FlowDataset.read(whole);
    assertThat(merged.size()).isEqualTo(expected.size());
    for (int row = 0; row < merged.size(); row++) {
      assertThat(merged.metadata().capture(row)).isEqualTo(expected.metadata().capture(row));
      assertThat(merged.metadata().fileOffset(row)).isEqualTo(expected.metadata().fileOffset(row));
      assertThat(merged.metadata().label(row)).isEqualTo(expected.metadata().label(row));
    }
  }

  @Test
  void flowsThatAreThereTwiceAreNoPartsOfOneDataSet() {
    Path out = folder.resolve("doubled");
    Path copy = folder.resolve("sibling");
    ok("store", "merge", week(), "--out", copy);
    CliRun run = CliRun.of("store", "merge", week(), copy, "--same-captures", "--out", out);
    assertThat(run.ended(ExitCode.DATA)).as(run.err()).isTrue();
    assertThat(run.err()).contains("two flows of capture", "not parts of one");
    assertThat(out).doesNotExist();
    CliRun both =
        CliRun.of("store", "merge", week(), "--same-captures", "--prefix-captures", "--out", out);
    assertThat(both.ended(ExitCode.USAGE)).as(both.err()).isTrue();
  }

  @Test
  void verifyTellsWholeFromDamaged() throws IOException {
    assertThat(ok("store", "verify", week()).out()).contains("whole; ", " shards, ");
    assertThat(ok("--json", "store", "verify", week().resolve("full_store")).out())
        .contains("\"shards\"");
    Path copy = folder.resolve("copy");
    ok("store", "merge", week(), "--out", copy);
    String aside = ".full_store.00000000-0000-4000-8000-000000000123.old";
    Files.move(copy.resolve("full_store"), copy.resolve(aside));
    assertThat(ok("store", "verify", copy.resolve("full_store")).out()).contains("whole; ");
    Path tokens = copy.resolve("full_store/shard-00000/packet_tokens.npy");
    byte[] bytes = Files.readAllBytes(tokens);
    bytes[bytes.length / 2] ^= 1;
    Files.write(tokens, bytes);
    CliRun run = CliRun.of("store", "verify", copy);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.errorLines()).hasSize(1);
    assertThat(run.err()).contains("packet_tokens.npy", "SHA-256");
  }

  @Test
  void capturesOfOneNameNeedAPrefix() {
    Path twice = folder.resolve("twice");
    CliRun run = CliRun.of("store", "merge", week(), week(), "--out", twice);
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.err())
        .contains("c-01-benign", "could not be told apart", "--same-captures", "--prefix-captures");
    Path copy = folder.resolve("other");
    ok("store", "merge", week(), "--out", copy);
    ok("store", "merge", week(), copy, "--prefix-captures", "--out", twice);
    FlowDataset both = FlowDataset.read(twice);
    assertThat(both.size()).isEqualTo(2 * FlowDataset.read(week()).size());
    assertThat(both.metadata().capture(both.size() - 1)).isEqualTo("other/c-02-mixed");
  }

  @Test
  void featuresOfAStoreAreThoseOfTheArrays() throws IOException {
    Path arrays = folder.resolve("arrays");
    ok("extract", "--pcap", CAPTURES, "--active-timeout", 5, "--out", arrays);
    Path tables = Files.createDirectory(folder.resolve("tables"));
    Files.copy(arrays.resolve("flows.parquet"), tables.resolve("flows.parquet"));
    ok("features", "--data", tables, "--source-store", week());
    assertThat(tables.resolve("flow_features.parquet"))
        .hasSameBinaryContentAs(arrays.resolve("flow_features.parquet"));
    Path days = folder.resolve("some");
    ok("store", "split", week(), "--flows", 100, "--out", days);
    CliRun run =
        CliRun.of(
            "features",
            "--data",
            tables,
            "--source-store",
            days.resolve("part-00000"),
            "--overwrite");
    assertThat(run.ended(ExitCode.DATA)).isTrue();
    assertThat(run.err()).contains("give the store that the table is of");
  }

  @Test
  void wrongUseIsExplained() {
    assertThat(CliRun.of("store").ended(ExitCode.USAGE)).isTrue();
    assertThat(CliRun.of("store", "split", week(), "--out", folder.resolve("x")).err())
        .contains("either --by or --flows");
    assertThat(CliRun.of("store", "verify", folder).err()).contains("holds no store");
    CliRun over = CliRun.of("store", "merge", week(), "--out", week(), "--overwrite");
    assertThat(over.ended(ExitCode.USAGE)).as(over.err()).isTrue();
    assertThat(over.err()).contains("overlap");
    Path there = folder.resolve("there");
    ok("store", "merge", week(), "--out", there);
    CliRun again = CliRun.of("store", "merge", week(), "--out", there);
    assertThat(again.ended(ExitCode.CANNOT_CREATE)).as(again.err()).isTrue();
    CliRun resumed =
        CliRun.of("extract", "--pcap", CAPTURES, "--out", there, "--layout", "store", "--resume");
    assertThat(resumed.ended(ExitCode.CANNOT_CREATE)).as(resumed.err()).isTrue();
    CliRun other = CliRun.of("extract", "--pcap", CAPTURES, "--out", week(), "--resume");
    assertThat(other.ended(ExitCode.CANNOT_CREATE)).as(other.err()).isTrue();
    assertThat(other.err()).contains("other captures or with other rules");
  }
}
