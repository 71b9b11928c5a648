package dev.janus.bench.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxGraphTest {
  /** {@code y = -x} for two numbers, put together by hand from the format's description. */
  private static final String NEGATION =
      "080b12056a616e7573" // version of the format, producer
          + "3a4c" // graph
          + "5a0f0a0178120a0a08080112040a020802" // input x
          + "0a0c0a01781202723022034e6567" // node Neg
          + "0a110a02723012017922084964656e74697479" // node Identity
          + "620f0a0179120a0a08080112040a020802" // output y
          + "12076e6574776f726b" // name of the graph
          + "42040a00101742110a0d636f6d2e6d6963726f736f66741001"; // operator sets

  @Test
  void aModelOfOneOperatorHasTheBytesOfTheFormat() {
    OnnxGraph graph = new OnnxGraph();
    String x = graph.input("x", 2);
    graph.output("y", graph.apply("Neg", List.of(x)), 2);

    assertThat(HexFormat.of().formatHex(graph.toModel())).isEqualTo(NEGATION);
  }

  @Test
  void attributesSayTheirType() {
    assertThat(hex(OnnxAttribute.of("axis", 1))).isEqualTo("0a04617869731801a00102");
    assertThat(hex(OnnxAttribute.of("e", 1f))).isEqualTo("0a0165150000803fa00101");
    assertThat(hex(OnnxAttribute.of("s", "t"))).isEqualTo("0a0173220174a00103");
    assertThat(hex(OnnxAttribute.of("p", new long[] {0, 2}))).isEqualTo("0a017040004002a00107");
  }

  private static String hex(OnnxAttribute attribute) {
    return HexFormat.of().formatHex(attribute.message().toByteArray());
  }
}
