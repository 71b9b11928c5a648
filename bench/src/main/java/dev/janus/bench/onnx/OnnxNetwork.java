package dev.janus.bench.onnx;

import dev.janus.autograd.Parameter;
import dev.janus.contract.flow.FlowFeature;
import dev.janus.model.JanusNetwork;
import dev.janus.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The network of the method, section 5, as an ONNX graph for flows of one length. Products are
 * {@code Gemm} over all rows of the batch, which takes the bias and constant weights that the
 * runtime packs once. Attention is the operator of set 23, which the runtime has a kernel for; it
 * is a little faster than products, mask and softmax as nodes of their own and than the runtime's
 * own operator. Either form of GELU takes the same time.
 */
final class OnnxNetwork {
  static final String PACKETS = "packets";
  static final String FEATURES = "features";
  static final String TIME = "time";
  static final String VELOCITY = "velocity";
  static final String FLOW_VELOCITY = "flowVelocity";
  static final String LOGITS = "logits";

  private static final long FREE = -1;

  private final OnnxGraph graph = new OnnxGraph();
  private final ModelConfig config;
  private final float[] weights;
  private final Map<String, Parameter> parameters = new HashMap<>();
  private final long flows;
  private final long tokens;
  private final long d;

  private OnnxNetwork(ModelConfig config, float[] weights, int flows, int packets) {
    this.config = config;
    this.weights = weights;
    this.flows = flows;
    this.tokens = packets + 1L;
    this.d = config.dModel();
    for (Parameter parameter : new JanusNetwork(config).layout().parameters()) {
      parameters.put(parameter.name(), parameter);
    }
  }

  /**
   * The model file: inputs {@code packets [flows, packets, 9]}, {@code features [flows, 20]},
   * {@code time [flows, d]}; outputs {@code velocity [flows, packets, 3]}, {@code flowVelocity
   * [flows, 20]}, {@code logits [flows, packets, 6]}.
   */
  static byte[] model(ModelConfig config, float[] weights, int flows, int packets) {
    return new OnnxNetwork(config, weights, flows, packets).build();
  }

  private byte[] build() {
    graph.constant("one", new float[] {1}, 0);
    graph.constant("ones", ones(), 0, d);
    graph.integers("rowShape", FREE, d);
    graph.integers("tokenShape", flows, tokens, d);
    graph.integers("modulationShape", flows, 1, FREE);
    String time = graph.input(TIME, flows, d);
    String condition = silu(gemm("t2", silu(gemm("t1", time))));
    String x = tokens();
    for (int layer = 0; layer < config.layers(); layer++) {
      x = block("blocks." + layer + ".", x, condition);
    }
    List<String> parts = modulation("ada", condition, 2);
    heads(rows(modulate(x, parts.get(0), parts.get(1))));
    return graph.toModel();
  }

  private String tokens() {
    String packets = graph.input(PACKETS, flows, tokens - 1, JanusNetwork.PACKET_INPUTS);
    String features = graph.input(FEATURES, flows, FlowFeature.COUNT);
    String packetRows =
        reshape(packets, graph.integers("packetRows", FREE, JanusNetwork.PACKET_INPUTS));
    String embedded =
        reshape(gemm("pin", packetRows), graph.integers("packetShape", flows, tokens - 1, d));
    String places = graph.constant("pos", weights, parameter("pos").offset(), tokens - 1, d);
    String flow = add(gemm("fin", features), constant("ftok"));
    String flowToken = reshape(flow, graph.integers("flowShape", flows, 1, d));
    return graph.apply(
        "Concat", List.of(add(embedded, places), flowToken), OnnxAttribute.of("axis", 1));
  }

  private String block(String name, String x, String condition) {
    List<String> parts = modulation(name + "ada", condition, 6);
    String y = rows(modulate(x, parts.get(0), parts.get(1)));
    String attended = attention(name + "qkv", y);
    String middle = gate(x, parts.get(2), gemm(name + "proj", rows(attended)));
    y = rows(modulate(middle, parts.get(3), parts.get(4)));
    String hidden =
        graph.apply(
            "Gelu", List.of(gemm(name + "fc1", y)), OnnxAttribute.of("approximate", "tanh"));
    return gate(middle, parts.get(5), gemm(name + "fc2", hidden));
  }

  private String attention(String layer, String y) {
    List<String> qkv = new ArrayList<>();
    for (int part = 0; part < 3; part++) {
      qkv.add(reshape(thirdOf(layer, part, y), "tokenShape"));
    }
    return graph.apply(
        "Attention",
        qkv,
        OnnxAttribute.of("q_num_heads", config.heads()),
        OnnxAttribute.of("kv_num_heads", config.heads()),
        OnnxAttribute.of("is_causal", 1));
  }

  private void heads(String hidden) {
    graph.integers("first", 0);
    graph.integers("last", tokens - 1);
    graph.integers("tokenAxis", 1);
    packetHead(VELOCITY, "vout", hidden, JanusNetwork.CONTINUOUS);
    packetHead(LOGITS, "dout", hidden, JanusNetwork.BITS);
    String all = reshape(hidden, "tokenShape");
    String flow = graph.apply("Gather", List.of(all, "last"), OnnxAttribute.of("axis", 1));
    graph.output(FLOW_VELOCITY, gemm("fout", rows(flow)), flows, FlowFeature.COUNT);
  }

  /** All rows go through the head, the flow token's results are cut off. */
  private void packetHead(String output, String layer, String hidden, int columns) {
    String shape = graph.integers(layer + "Shape", flows, tokens, columns);
    String all = reshape(gemm(layer, hidden), shape);
    String packets = graph.apply("Slice", List.of(all, "first", "last", "tokenAxis"));
    graph.output(output, packets, flows, tokens - 1, columns);
  }

  private List<String> modulation(String layer, String condition, int parts) {
    String all = reshape(gemm(layer, condition), "modulationShape");
    return graph.apply(
        "Split",
        "",
        List.of(all),
        parts,
        OnnxAttribute.of("axis", 2),
        OnnxAttribute.of("num_outputs", parts));
  }

  private String modulate(String x, String shift, String scale) {
    String norm =
        graph.apply(
            "LayerNormalization",
            List.of(x, "ones"),
            OnnxAttribute.of("axis", -1),
            OnnxAttribute.of("epsilon", 1e-6f));
    return add(graph.apply("Mul", List.of(norm, add(scale, "one"))), shift);
  }

  private String gate(String x, String gate, String rows) {
    return add(x, graph.apply("Mul", List.of(reshape(rows, "tokenShape"), gate)));
  }

  private String silu(String x) {
    return graph.apply("Mul", List.of(x, graph.apply("Sigmoid", List.of(x))));
  }

  private String add(String a, String b) {
    return graph.apply("Add", List.of(a, b));
  }

  private String reshape(String x, String shape) {
    return graph.apply("Reshape", List.of(x, shape));
  }

  private String rows(String x) {
    return reshape(x, "rowShape");
  }

  private String gemm(String layer, String x) {
    return gemm(x, constant(layer + ".weight"), constant(layer + ".bias"));
  }

  /** The product with one of the three row blocks of a joint weight: q, k or v. */
  private String thirdOf(String layer, int part, String x) {
    int square = Math.toIntExact(d * d);
    int weight = parameter(layer + ".weight").offset() + part * square;
    int bias = Math.toIntExact(parameter(layer + ".bias").offset() + part * d);
    return gemm(
        x,
        graph.constant(layer + part + ".weight", weights, weight, d, d),
        graph.constant(layer + part + ".bias", weights, bias, d));
  }

  private String gemm(String x, String weight, String bias) {
    return graph.apply("Gemm", List.of(x, weight, bias), OnnxAttribute.of("transB", 1));
  }

  private String constant(String name) {
    Parameter parameter = parameter(name);
    long[] shape = parameter.shape().stream().mapToLong(Integer::longValue).toArray();
    return graph.constant(name, weights, parameter.offset(), shape);
  }

  private Parameter parameter(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return parameter;
  }

  private float[] ones() {
    float[] values = new float[Math.toIntExact(d)];
    Arrays.fill(values, 1);
    return values;
  }
}
