package dev.janus.bench.onnx;

/** An attribute of a node: field numbers of {@code AttributeProto}. */
record OnnxAttribute(ProtoMessage message) {
  private static final int NAME = 1;
  private static final int FLOAT = 2;
  private static final int INT = 3;
  private static final int STRING = 4;
  private static final int INTS = 8;
  private static final int TYPE = 20;

  static OnnxAttribute of(String name, float value) {
    return new OnnxAttribute(named(name).real(FLOAT, value).number(TYPE, 1));
  }

  static OnnxAttribute of(String name, long value) {
    return new OnnxAttribute(named(name).number(INT, value).number(TYPE, 2));
  }

  static OnnxAttribute of(String name, String value) {
    return new OnnxAttribute(named(name).text(STRING, value).number(TYPE, 3));
  }

  static OnnxAttribute of(String name, long[] values) {
    ProtoMessage message = named(name);
    for (long value : values) {
      message.number(INTS, value);
    }
    return new OnnxAttribute(message.number(TYPE, 7));
  }

  private static ProtoMessage named(String name) {
    return new ProtoMessage().text(NAME, name);
  }
}
