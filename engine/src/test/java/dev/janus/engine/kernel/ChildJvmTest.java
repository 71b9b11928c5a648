package dev.janus.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice of kernels, and equality of their bits, in JVMs started with other flags. */
class ChildJvmTest {
  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  @Test
  void withoutTheModuleTheScalarKernelsRun() throws Exception {
    assertThat(run("-Xlog:class+load"))
        .contains("kernels scalar")
        .contains("--add-modules jdk.incubator.vector")
        .doesNotContain("dev.janus.engine.kernel.Panama")
        .doesNotContain("dev.janus.engine.kernel.VectorWidths");
  }

  @Test
  void withoutTheOptimisingCompilerTheScalarKernelsRun() throws Exception {
    assertThat(run(MODULE, "-XX:TieredStopAtLevel=1"))
        .contains("kernels scalar")
        .contains("C2 is off");
    assertThat(run(MODULE, "-Xint")).contains("kernels scalar").contains("-Xint");
  }

  @Test
  void bitsAreTheSameInterpretedCompiledAndAtEveryWidth() throws Exception {
    String expected = hash(run("-Djanus.kernels=scalar"));
    assertThat(hash(run("-Djanus.kernels=scalar", "-Xint"))).isEqualTo(expected);
    assertThat(hash(run(MODULE, "-Djanus.kernels=128", "-Xint"))).isEqualTo(expected);
    assertThat(hash(run(MODULE, "-XX:TieredStopAtLevel=1"))).isEqualTo(expected);
    assertThat(hash(run(MODULE))).isEqualTo(expected);
  }

  /**
   * A method that C1 gives up on may never reach C2: it stays interpreted, a hundred times slower.
   * With -Xcomp every method is compiled by both when it first runs.
   */
  @Test
  void everyKernelCompiles() throws Exception {
    assertCompiles("-Djanus.kernels=scalar");
    assertCompiles(MODULE, "-Djanus.kernels=128");
    assertCompiles(MODULE);
  }

  private static void assertCompiles(String... kernels) throws Exception {
    List<String> flags = new ArrayList<>(List.of(kernels));
    flags.add("-Xcomp");
    flags.add("-XX:+PrintCompilation");
    flags.add("-XX:CompileCommand=compileonly,dev.janus.engine.kernel.*::*");
    String output = run(flags.toArray(new String[0]));
    assertThat(output).contains("dev.janus.engine.kernel").contains("hash ");
    assertThat(output.lines()).noneMatch(line -> line.contains("COMPILE SKIPPED"));
  }

  @Test
  void aNarrowerJvmUsesItsOwnWidthAndRefusesAWiderOne() throws Exception {
    assumeTrue(List.of("amd64", "x86_64").contains(System.getProperty("os.arch")));
    assumeTrue(TestedKernels.vector() != ScalarKernels.INSTANCE);
    assertThat(run(MODULE, "-XX:UseAVX=2")).contains("kernels vector256");
    assertThat(run(MODULE, "-XX:UseAVX=2", "-Djanus.kernels=512"))
        .contains("EngineException")
        .contains("use 256 or less");
    assertThat(run(MODULE, "-XX:UseAVX=1")).contains("kernels scalar").contains("128 bits");
  }

  /** This setting leaves no trace in any system property: only the trial shows what it costs. */
  @Test
  void aJvmThatHidesThatC2IsOffFailsTheTrial() throws Exception {
    assumeTrue(TestedKernels.vector() != ScalarKernels.INSTANCE);
    assertThat(measure(MODULE, "-XX:TieredStopAtLevel=3"))
        .contains("measured scalar")
        .contains("C2 off or limited")
        .contains("at start scalar");
  }

  @Test
  void aJvmThatCompilesVectorsPassesTheTrialAndStartsScalarAllTheSame() throws Exception {
    assumeTrue(TestedKernels.vector() != ScalarKernels.INSTANCE);
    assertThat(measure(MODULE))
        .contains("measured vector")
        .contains("times as fast in a trial")
        .contains("at start scalar");
    assertThat(measure(MODULE, "-XX:-UseSuperWord")).contains("measured vector");
  }

  @Test
  void kernelsThatTheUserAskedForRunFromTheStart() throws Exception {
    assumeTrue(TestedKernels.vector() != ScalarKernels.INSTANCE);
    assertThat(measure(MODULE, "-Djanus.kernels=128", "-XX:TieredStopAtLevel=3"))
        .contains("measured vector128")
        .contains("at start vector128");
  }

  private static String hash(String output) {
    return output.lines().filter(line -> line.startsWith("hash ")).findFirst().orElse(output);
  }

  private static String measure(String... flags) throws IOException, InterruptedException {
    return run(List.of(flags), List.of(ChildJvm.MEASURE));
  }

  private static String run(String... flags) throws IOException, InterruptedException {
    return run(List.of(flags), List.of());
  }

  private static String run(List<String> flags, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ChildJvm.class.getName());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
