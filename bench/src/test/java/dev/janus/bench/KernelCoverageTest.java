package dev.janus.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelCoverageTest {
  /** They compute sizes, or are the body of another product without its bias. */
  private static final Set<String> NOT_HOT =
      Set.of(
          "name",
          "packedLength",
          "outerScratchLength",
          "attentionSavedLength",
          "attentionScratchLength",
          "multiply");

  @Test
  void everyHotKernelHasAJmhBenchmark() throws IOException {
    String benchmarks = sources(Path.of("src/main/java/dev/janus/bench"));
    List<String> without =
        Stream.of(Kernels.class.getMethods())
            .map(method -> method.getName())
            .filter(name -> !NOT_HOT.contains(name))
            .filter(name -> !benchmarks.contains("kernels." + name + "("))
            .sorted()
            .toList();
    assertThat(without).isEmpty();
  }

  private static String sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith("Benchmark.java"))
          .map(KernelCoverageTest::text)
          .collect(Collectors.joining());
    }
  }

  private static String text(Path file) {
    try {
      // A call may be broken after the receiver.
      return Files.readString(file).replaceAll("kernels\\s*\\.", "kernels.");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
