package dev.janus.bench.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Builds an ONNX model of float tensors node by node: field numbers of {@code ModelProto}, {@code
 * GraphProto}, {@code NodeProto}, {@code TensorProto} and {@code ValueInfoProto}. Names of results
 * are made up; constants keep theirs.
 */
final class OnnxGraph {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  /** Version of the file format that goes with operator set 23. */
  private static final int IR_VERSION = 11;

  private static final int OPERATOR_SET = 23;

  private final ProtoMessage graph = new ProtoMessage();
  private int results;

  /** A named float input. */
  String input(String name, long... shape) {
    graph.message(11, valueInfo(name, shape));
    return name;
  }

  /** Makes {@code result} an output of that name. */
  void output(String name, String result, long... shape) {
    graph.message(1, node("Identity", "", List.of(result), List.of(name), List.of()));
    graph.message(12, valueInfo(name, shape));
  }

  /** A float constant: {@code values} from {@code offset} on. */
  String constant(String name, float[] values, int offset, long... shape) {
    int length = Math.toIntExact(elements(shape));
    ByteBuffer raw = littleEndian(length * Float.BYTES);
    raw.asFloatBuffer().put(values, offset, length);
    graph.message(5, tensor(name, FLOAT, raw, shape));
    return name;
  }

  /** A vector of integers: shapes, axes, indices. */
  String integers(String name, long... values) {
    ByteBuffer raw = littleEndian(values.length * Long.BYTES);
    raw.asLongBuffer().put(values);
    graph.message(5, tensor(name, INT64, raw, values.length));
    return name;
  }

  /** A node of the standard operator set with one result. */
  String apply(String operator, List<String> inputs, OnnxAttribute... attributes) {
    return apply(operator, "", inputs, 1, attributes).getFirst();
  }

  /** A node of the operator set {@code domain} with several results. */
  List<String> apply(
      String operator, String domain, List<String> inputs, int count, OnnxAttribute... attributes) {
    List<String> outputs = IntStream.range(0, count).mapToObj(i -> "r" + results++).toList();
    graph.message(1, node(operator, domain, inputs, outputs, List.of(attributes)));
    return outputs;
  }

  /** The finished model. */
  byte[] toModel() {
    ProtoMessage standard = new ProtoMessage().text(1, "").number(2, OPERATOR_SET);
    ProtoMessage runtime = new ProtoMessage().text(1, "com.microsoft").number(2, 1);
    return new ProtoMessage()
        .number(1, IR_VERSION)
        .text(2, "janus")
        .message(7, graph.text(2, "network"))
        .message(8, standard)
        .message(8, runtime)
        .toByteArray();
  }

  private static ProtoMessage node(
      String operator,
      String domain,
      List<String> inputs,
      List<String> outputs,
      List<OnnxAttribute> attributes) {
    ProtoMessage node = new ProtoMessage();
    inputs.forEach(input -> node.text(1, input));
    outputs.forEach(output -> node.text(2, output));
    node.text(4, operator);
    attributes.forEach(attribute -> node.message(5, attribute.message()));
    return domain.isEmpty() ? node : node.text(7, domain);
  }

  private static ProtoMessage tensor(String name, int type, ByteBuffer raw, long... shape) {
    ProtoMessage tensor = new ProtoMessage();
    for (long size : shape) {
      tensor.number(1, size);
    }
    return tensor.number(2, type).text(8, name).bytes(9, raw.array());
  }

  private static ProtoMessage valueInfo(String name, long... shape) {
    ProtoMessage dimensions = new ProtoMessage();
    for (long size : shape) {
      dimensions.message(1, new ProtoMessage().number(1, size));
    }
    ProtoMessage tensorType = new ProtoMessage().number(1, FLOAT).message(2, dimensions);
    return new ProtoMessage().text(1, name).message(2, new ProtoMessage().message(1, tensorType));
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long elements(long... shape) {
    long product = 1;
    for (long size : shape) {
      product *= size;
    }
    return product;
  }
}
