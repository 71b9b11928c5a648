package dev.janus.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.janus.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelSelectionTest {
  private static final String HOTSPOT = "OpenJDK 64-Bit Server VM";
  private static final JvmFacts GOOD = new JvmFacts(true, HOTSPOT, "25+36", "mixed mode, sharing");

  @Test
  void aJvmWithoutTheModuleGetsScalarKernelsAndTheFlagToAdd() {
    JvmFacts jvm = new JvmFacts(false, HOTSPOT, "25+36", "mixed mode");
    KernelSelection selection =
        KernelSelection.choose(RequestedKernels.AUTOMATIC, jvm, KernelSelectionTest::untouched);
    assertThat(selection.kernels()).isSameAs(ScalarKernels.INSTANCE);
    assertThat(selection.vectorBits()).isZero();
    assertThat(selection.explanation()).contains("--add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OpenJDK 64-Bit Server VM | 25+36               | interpreted mode, sharing            | -Xint
          OpenJDK 64-Bit Server VM | 25+36               | mixed mode, emulated-client, sharing | -XX:TieredStopAtLevel=1
          OpenJDK 64-Bit Server VM | 25+36-jvmci-25.0-b1 | mixed mode, sharing                  | not C2
          OpenJDK 64-Bit Client VM | 25+36               | mixed mode                           | HotSpot server JVM
          Eclipse OpenJ9 VM        | master              | JRE 25                               | HotSpot server JVM
          Substrate VM             | 25+36               | static mode                          | HotSpot server JVM
          """)
  void aJvmThatCompilesVectorsBadlyGetsScalarKernelsAndTheReason(
      String name, String version, String info, String reason) {
    JvmFacts jvm = new JvmFacts(true, name, version, info);
    KernelSelection selection =
        KernelSelection.choose(RequestedKernels.AUTOMATIC, jvm, KernelSelectionTest::untouched);
    assertThat(selection.kernels()).isSameAs(ScalarKernels.INSTANCE);
    assertThat(selection.explanation()).contains(reason);
  }

  @Test
  void narrowVectorsAreNotWorthIt() {
    KernelSelection selection = KernelSelection.choose(RequestedKernels.AUTOMATIC, GOOD, () -> 128);
    assertThat(selection.kernels()).isSameAs(ScalarKernels.INSTANCE);
    assertThat(selection.explanation()).contains("128 bits").contains("-Djanus.kernels=128");
  }

  @Test
  void aProcessorWithWiderVectorsThanAnyKernelGetsTheWidestKernels() {
    assertThat(VectorWidths.usableBits(2048)).isEqualTo(512);
    assertThat(VectorWidths.usableBits(256)).isEqualTo(256);
  }

  @Test
  void aChoiceOfTheUserIsNotPutToATrial() {
    KernelSelection selection =
        KernelSelection.choose(RequestedKernels.SCALAR, GOOD, KernelSelectionTest::untouched);
    assertThat(selection.origin()).isEqualTo(KernelSelection.Origin.ASKED_FOR);
    assertThat(selection.measured()).isSameAs(selection);
  }

  @Test
  void scalarKernelsCanBeAskedForOnAnyJvm() {
    KernelSelection selection =
        KernelSelection.choose(RequestedKernels.SCALAR, GOOD, KernelSelectionTest::untouched);
    assertThat(selection.kernels()).isSameAs(ScalarKernels.INSTANCE);
    assertThat(selection.explanation()).contains("-Djanus.kernels=scalar");
  }

  @Test
  void aWidthBeyondThePreferredOneIsRefusedWithTheWidestPossible() {
    assertThatThrownBy(() -> KernelSelection.choose(RequestedKernels.BITS_512, GOOD, () -> 256))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("-Djanus.kernels=512")
        .hasMessageContaining("use 256 or less");
  }

  @Test
  void aWidthWithoutTheModuleIsRefusedWithTheFlagToAdd() {
    JvmFacts jvm = new JvmFacts(false, HOTSPOT, "25+36", "mixed mode");
    assertThatThrownBy(() ->
            KernelSelection.choose(RequestedKernels.BITS_256, jvm, KernelSelectionTest::untouched))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("--add-modules jdk.incubator.vector");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "vector", "1024", "256 ", "SCALAR"})
  void anUnknownPropertyValueIsRefusedWithTheKnownOnes(String value) {
    assertThatThrownBy(() -> RequestedKernels.parse(value))
        .isInstanceOf(EngineException.class)
        .hasMessageContaining("-Djanus.kernels=" + value)
        .hasMessageContaining("scalar, 128, 256 or 512");
  }

  private static int untouched() {
    throw new AssertionError("vector classes must not be touched here");
  }
}
