package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store and arrays take each other's place; at every moment one of them is whole and counts. */
class ReplacedDatasetTest {
  private static final List<String> CAPTURES = List.of("mon", "tue", "wed");
  private static final int ARRAYS = 5;
  private static final int STORE = 6;

  @TempDir Path parent;

  private Path folder = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(parent.resolve("data"));
    elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
  }

  private void writeStore(Path to, int flows) {
    try (SpilledFlows spilled = RandomFlows.spilled(elsewhere, RandomFlows.of(flows, 1))) {
      StoreWriter.write(to, spilled, CAPTURES, RandomFlows::label, 4, written -> {});
    }
  }

  private void writeArrays(Path to, int flows) {
    RandomFlows.write(to, RandomFlows.of(flows, 2), 2);
  }

  /** Puts the named files into the folder as if a writer had been killed behind them. */
  private void leaveArrays(String... names) throws IOException {
    Path whole = Files.createDirectory(parent.resolve("arrays"));
    writeArrays(whole, ARRAYS);
    for (String name : names) {
      Files.move(whole.resolve(name), folder.resolve(name));
    }
  }

  private void assertFlows(int expected) {
    assertThat(FlowDataset.read(folder).size()).isEqualTo(expected);
  }

  private void assertHoldsOnly(String... names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> String.valueOf(path.getFileName())))
          .containsExactlyInAnyOrder(names);
    }
  }

  private void assertArraysOnly() throws IOException {
    assertHoldsOnly("packets.npz", "flows.parquet", "flow_features.parquet");
  }

  private void failWritingBoth() {
    try (SpilledFlows spilled = RandomFlows.spilled(elsewhere, RandomFlows.of(9, 3))) {
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              StoreWriter.write(folder, spilled, CAPTURES, ReplacedDatasetTest::fail, 4, n -> {}));
      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() ->
              ArtifactWriter.write(folder, spilled, CAPTURES, ReplacedDatasetTest::fail, n -> {}));
    }
  }

  private static String fail(Object flow) {
    throw new IllegalStateException("no label for " + flow);
  }

  @Test
  void eachFormTakesThePlaceOfTheOther() throws IOException {
    writeStore(folder, 4);
    writeArrays(folder, ARRAYS);
    assertFlows(ARRAYS);
    assertArraysOnly();
    writeStore(folder, STORE);
    assertFlows(STORE);
    assertHoldsOnly("full_store");
  }

  @Test
  void aStoreCountsBesideTheArraysThatItReplaces() throws IOException {
    leaveArrays("packets.npz", "flows.parquet", "flow_features.parquet");
    Path other = Files.createDirectory(parent.resolve("other"));
    writeStore(other, STORE);
    Files.move(other.resolve("full_store"), folder.resolve("full_store"));
    assertFlows(STORE);
    failWritingBoth();
    assertFlows(STORE);
    assertHoldsOnly("full_store");
  }

  @Test
  void aStoreCountsWhereNotAllArraysHaveReplacedIt() throws IOException {
    writeStore(folder, STORE);
    Files.move(folder.resolve("full_store"), folder.resolve(".full_store.00000000-0000-4000-8000-000000000123.old"));
    leaveArrays("packets.npz", "flow_features.parquet");
    assertFlows(STORE);
    Files.move(folder.resolve("full_store"), folder.resolve(".full_store.00000000-0000-4000-8000-000000000123.old"));
    failWritingBoth();
    assertFlows(STORE);
    assertHoldsOnly("full_store");
  }

  @Test
  void arraysCountOnceAllHaveReplacedTheStore() throws IOException {
    writeStore(folder, STORE);
    Files.move(folder.resolve("full_store"), folder.resolve(".full_store.00000000-0000-4000-8000-000000000123.old"));
    leaveArrays("packets.npz", "flow_features.parquet", "flows.parquet");
    assertFlows(ARRAYS);
    failWritingBoth();
    assertFlows(ARRAYS);
    assertArraysOnly();
  }

  @Test
  void aStoreIsInPlaceBeforeTheArraysGo() throws IOException {
    writeArrays(folder, ARRAYS);
    putInTheWay("packets.npz");
    assertThatExceptionOfType(OutputException.class)
        .isThrownBy(() -> writeStore(folder, STORE))
        .withMessageContainingAll("packets.npz", "cannot be removed");
    assertFlows(STORE);
  }

  @Test
  void aStoreStaysWhereArraysCannotBePutInPlace() throws IOException {
    for (String name : new String[] {"packets.npz", "flow_features.parquet"}) {
      writeStore(folder, STORE);
      putInTheWay(name);
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> writeArrays(folder, ARRAYS));
      assertFlows(STORE);
      Files.delete(folder.resolve(name).resolve("in the way"));
      Files.delete(folder.resolve(name));
    }
  }

  private void putInTheWay(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    Files.createFile(Files.createDirectory(folder.resolve(name)).resolve("in the way"));
  }
}
