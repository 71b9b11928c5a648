package dev.janus.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.engine.kernel.KernelSelection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The same training gives the same bits in every JVM: each way to run is another process. The full
 * set of ways is a group of the comparison bench, {@code hash}.
 */
class OneHashTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";
  private static final Pattern HASH = Pattern.compile("(?m)^hash ([0-9a-f]{64})$");

  private final int widest = KernelSelection.choose().vectorBits();

  @Test
  void weightsMomentsAndScoresDoNotDependOnThreadsCollectorKernelsOrRun() throws Exception {
    String expected = hash(1, "-XX:+UseSerialGC", "-Djanus.kernels=scalar");
    assertThat(hash(2, "-XX:+UseParallelGC")).as("2 threads, Parallel").isEqualTo(expected);
    assertThat(hash(3, "-XX:+UseG1GC")).as("3 threads, G1").isEqualTo(expected);
    assertThat(hash(2, "-XX:+UseZGC", width(256))).as("ZGC, 256 bits").isEqualTo(expected);
    assertThat(hash(3, "-XX:+UseSerialGC", width(128))).as("128 bits").isEqualTo(expected);
    assertThat(hash(3, "-XX:+UseG1GC")).as("the same again").isEqualTo(expected);
  }

  private String width(int bits) {
    return "-Djanus.kernels=" + (bits <= widest ? bits : "scalar");
  }

  private String hash(int threads, String... flags) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (widest > 0) {
      command.add(MODULE);
    }
    command.addAll(List.of(flags));
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(HashingRun.class.getName(), Integer.toString(threads)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    Matcher hash = HASH.matcher(output);
    assertThat(hash.find()).as(output).isTrue();
    return hash.group(1);
  }
}
