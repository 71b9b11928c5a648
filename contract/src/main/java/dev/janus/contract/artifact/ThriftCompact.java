package dev.janus.contract.artifact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Writes structures in Thrift's compact protocol, as far as Parquet's metadata needs it. Fields of
 * a structure are written in ascending order of their numbers. Not thread-safe.
 */
final class ThriftCompact {
  /** Type codes of fields and list elements. */
  enum Type {
    BOOL(2),
    I16(4),
    I32(5),
    I64(6),
    BINARY(8),
    LIST(9),
    STRUCT(12);

    private final int code;

    Type(int code) {
      this.code = code;
    }
  }

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Deque<Integer> outerFields = new ArrayDeque<>();
  private int lastField;

  int size() {
    return out.size();
  }

  byte[] toBytes() {
    return out.toByteArray();
  }

  void fieldBool(int field, boolean value) {
    fieldHeader(field, value ? 1 : 2);
  }

  void fieldI16(int field, int value) {
    fieldHeader(field, Type.I16.code);
    zigzag(value);
  }

  void fieldI32(int field, int value) {
    fieldHeader(field, Type.I32.code);
    zigzag(value);
  }

  void fieldI64(int field, long value) {
    fieldHeader(field, Type.I64.code);
    zigzag(value);
  }

  void fieldText(int field, String value) {
    fieldBytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  void fieldBytes(int field, byte[] value) {
    fieldHeader(field, Type.BINARY.code);
    bytes(value);
  }

  /** Starts a structure inside the present one. */
  void beginStruct(int field) {
    fieldHeader(field, Type.STRUCT.code);
    beginElement();
  }

  void fieldList(int field, Type elements, int count) {
    fieldHeader(field, Type.LIST.code);
    if (count < 15) {
      out.write(count << 4 | elements.code);
    } else {
      out.write(0xf0 | elements.code);
      varint(count);
    }
  }

  /** Starts a structure that is an element of a list. */
  void beginElement() {
    outerFields.push(lastField);
    lastField = 0;
  }

  /** Ends the structure begun last. */
  void endStruct() {
    end();
    lastField = outerFields.pop();
  }

  /** Ends the outermost structure. */
  void end() {
    out.write(0);
  }

  void elementI32(int value) {
    zigzag(value);
  }

  void elementText(String value) {
    bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  private void fieldHeader(int field, int type) {
    int delta = field - lastField;
    if (delta < 1) {
      throw new IllegalStateException("field " + field + " after " + lastField);
    }
    if (delta < 16) {
      out.write(delta << 4 | type);
    } else {
      out.write(type);
      zigzag(field);
    }
    lastField = field;
  }

  private void bytes(byte[] value) {
    varint(value.length);
    out.writeBytes(value);
  }

  private void zigzag(long value) {
    varint(value << 1 ^ value >> 63);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }
}
