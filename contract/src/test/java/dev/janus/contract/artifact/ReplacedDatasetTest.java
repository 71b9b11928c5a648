package dev.janus.contract.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.janus.contract.OutputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store and arrays take each other's place; at every moment one of them is whole and counts. */
class ReplacedDatasetTest {
  private static final String KILLED = "00000000-0000-4000-8000-000000000123";
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

  /** The name of a store that a killed writer had set aside. */
  private Path aside() {
    return folder.resolve(".full_store." + KILLED + ".old");
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
  void aStoreCountsBesideArraysAndAFailureRemovesNeither() throws IOException {
    leaveArrays("packets.npz", "flows.parquet", "flow_features.parquet");
    Path other = Files.createDirectory(parent.resolve("other"));
    writeStore(other, STORE);
    Files.move(other.resolve("full_store"), folder.resolve("full_store"));
    assertFlows(STORE);
    failWritingBoth();
    assertFlows(STORE);
    assertHoldsOnly("full_store", "packets.npz", "flows.parquet", "flow_features.parquet");
    writeStore(folder, STORE);
    assertHoldsOnly("full_store");
  }

  /** A store is set aside for a newer one alone, so whatever lies beside it is older than both. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aStoreThatWasSetAsideCountsBesideArrays(int arrays) throws IOException {
    writeStore(folder, STORE);
    Files.move(folder.resolve("full_store"), aside());
    leaveArrays(
        Arrays.copyOf(
            new String[] {"packets.npz", "flow_features.parquet", "flows.parquet"}, arrays));
    failWritingBoth();
    assertFlows(STORE);
    Files.move(folder.resolve("full_store"), aside());
    writeArrays(folder, ARRAYS);
    assertFlows(ARRAYS);
    assertArraysOnly();
  }

  @Test
  void arraysCountOnceTheStoreIsTakenAway() throws IOException {
    writeStore(folder, STORE);
    leaveArrays("packets.npz", "flow_features.parquet", "flows.parquet");
    assertFlows(STORE);
    Path taken = folder.resolve(".full_store." + KILLED + ".tmp");
    Files.move(folder.resolve("full_store"), taken);
    assertFlows(ARRAYS);
    writeArrays(folder, ARRAYS + 1);
    assertFlows(ARRAYS + 1);
    assertArraysOnly();
  }

  @Test
  void aReaderBetweenTheMovesOfAReplacementDoesNoHarm() throws IOException {
    writeStore(folder, STORE);
    Stores.replaceByArrays(
        folder,
        () -> {
          assertFlows(STORE);
          try {
            leaveArrays("packets.npz", "flow_features.parquet", "flows.parquet");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          assertFlows(STORE);
        });
    assertFlows(ARRAYS);
    assertArraysOnly();
    failWritingBoth();
    assertFlows(ARRAYS);
    assertArraysOnly();
  }

  @Test
  void readersAtWorkWhileFormsTakeEachOthersPlaceDoNoHarm() throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    FutureTask<Void> restoring =
        new FutureTask<>(() -> {
          while (!ended.get()) {
            Stores.restore(folder);
          }
          return null;
        });
    Thread reader = Thread.ofPlatform().start(restoring);
    try {
      for (int i = 0; i < 20; i++) {
        writeStore(folder, STORE);
        writeStore(folder, STORE);
        assertHoldsOnly("full_store");
        writeArrays(folder, ARRAYS);
        assertArraysOnly();
      }
    } finally {
      ended.set(true);
      reader.join();
    }
    restoring.get();
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
  void aStoreStaysWithItsSummaryWhereArraysCannotBePutInPlace() throws IOException {
    Path summary = folder.resolve("extract.json");
    for (String name : new String[] {"packets.npz", "flow_features.parquet"}) {
      writeStore(folder, STORE);
      Files.writeString(summary, "of the store");
      putInTheWay(name);
      assertThatExceptionOfType(OutputException.class)
          .isThrownBy(() -> writeArrays(folder, ARRAYS));
      assertFlows(STORE);
      assertThat(summary).hasContent("of the store");
      Files.delete(folder.resolve(name).resolve("in the way"));
      Files.delete(folder.resolve(name));
    }
    writeArrays(folder, ARRAYS);
    assertArraysOnly();
  }

  private void putInTheWay(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    Files.createFile(Files.createDirectory(folder.resolve(name)).resolve("in the way"));
  }
}
