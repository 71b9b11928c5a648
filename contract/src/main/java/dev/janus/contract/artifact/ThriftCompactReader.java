package dev.janus.contract.artifact;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * Reads structures in Thrift's compact protocol as far as page headers need it, and steps over the
 * rest. Nothing is allocated, whatever the bytes say. Running out of bytes is a {@link
 * BufferUnderflowException}, anything else that makes no sense an {@link IllegalArgumentException}.
 */
final class ThriftCompactReader {
  private static final int MAX_DEPTH = 16;

  private static final int TRUE = 1;
  private static final int FALSE = 2;
  private static final int BYTE = 3;
  private static final int I16 = 4;
  private static final int I32 = 5;
  private static final int I64 = 6;
  private static final int DOUBLE = 7;
  private static final int BINARY = 8;
  private static final int LIST = 9;
  private static final int SET = 10;
  private static final int MAP = 11;
  private static final int STRUCT = 12;

  /** Takes the fields of a structure, one after the other. */
  @FunctionalInterface
  interface FieldVisitor {
    /** Reads the field's value with {@code reader}, or leaves it for the reader to step over. */
    void field(int number, ThriftCompactReader reader);
  }

  private final ByteBuffer in;
  private int fieldType;
  private boolean fieldRead;
  private int depth;

  ThriftCompactReader(ByteBuffer in) {
    this.in = in;
  }

  /** Reads a structure to its end. */
  void struct(FieldVisitor visitor) {
    if (++depth > MAX_DEPTH) {
      throw new IllegalArgumentException("structures too deep");
    }
    int number = 0;
    for (int header = in.get() & 0xff; header != 0; header = in.get() & 0xff) {
      number = header >>> 4 == 0 ? (int) zigzag() : number + (header >>> 4);
      int type = header & 0x0f;
      fieldType = type;
      fieldRead = false;
      visitor.field(number, this);
      if (!fieldRead) {
        skip(type);
      }
    }
    depth--;
  }

  /** The present field, a 32-bit number. */
  int i32() {
    take(I32);
    return (int) zigzag();
  }

  /** The present field, a structure. */
  void nested(FieldVisitor visitor) {
    take(STRUCT);
    struct(visitor);
    fieldRead = true;
  }

  private void take(int type) {
    if (fieldType != type) {
      throw new IllegalArgumentException("field of type " + fieldType + " instead of " + type);
    }
    fieldRead = true;
  }

  private void skip(int type) {
    switch (type) {
      case TRUE, FALSE -> {} // the type is the value
      case BYTE -> in.get();
      case I16, I32, I64 -> varint();
      case DOUBLE -> in.getDouble();
      case BINARY -> skipBytes(varint());
      case LIST, SET -> skipList();
      case MAP -> skipMap();
      case STRUCT -> struct((number, reader) -> {});
      default -> throw new IllegalArgumentException("unknown type " + type);
    }
  }

  private void skipList() {
    int header = in.get() & 0xff;
    long size = header >>> 4 == 15 ? varint() : header >>> 4;
    skipElements(size, header & 0x0f);
  }

  private void skipMap() {
    long size = varint();
    if (size != 0) {
      int types = in.get() & 0xff;
      for (long i = 0; i < size; i++) {
        skipElements(1, types >>> 4);
        skipElements(1, types & 0x0f);
      }
    }
  }

  private void skipElements(long size, int type) {
    for (long i = 0; i < size; i++) {
      if (type == TRUE || type == FALSE) {
        in.get();
      } else {
        skip(type);
      }
    }
  }

  private void skipBytes(long count) {
    if (count < 0 || count > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + (int) count);
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte b = in.get();
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("number too long");
  }
}
