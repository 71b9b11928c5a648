package dev.janus.contract.artifact;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what a Parquet file must say about itself at its end, and writes it down. */
final class ParquetFooter {
  /** In the form that readers take apart to know about faults of writers; 1 is this writer. */
  static final String CREATED_BY = "janus version 1 (build 1)";

  /** How values are coded; the numbers are Parquet's. */
  enum Encoding {
    PLAIN(0),
    RLE(3),
    RLE_DICTIONARY(8);

    private final int code;

    Encoding(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }
  }

  private static final int CODEC_GZIP = 2;

  /**
   * One column of one row group.
   *
   * @param dictionaryAt offset of the dictionary page, or -1
   */
  record Chunk(
      long dictionaryAt,
      long pagesAt,
      long rawBytes,
      long packedBytes,
      Optional<ColumnBuffer.Bounds> bounds) {
    long startsAt() {
      return dictionaryAt >= 0 ? dictionaryAt : pagesAt;
    }
  }

  private record RowGroup(List<Chunk> chunks, int rows) {}

  private final List<Column> columns;
  private final Map<String, String> metadata;
  private final List<RowGroup> groups = new ArrayList<>();
  private long rows;

  ParquetFooter(List<Column> columns, Map<String, String> metadata) {
    this.columns = columns;
    this.metadata = metadata;
  }

  void addRowGroup(List<Chunk> chunks, int groupRows) {
    groups.add(new RowGroup(List.copyOf(chunks), groupRows));
    rows += groupRows;
  }

  /** The footer without its length and the closing magic. */
  byte[] toBytes() {
    ThriftCompact out = new ThriftCompact();
    out.fieldI32(1, 2); // format version
    putSchema(out);
    out.fieldI64(3, rows);
    out.fieldList(4, ThriftCompact.Type.STRUCT, groups.size());
    for (int i = 0; i < groups.size(); i++) {
      putRowGroup(out, groups.get(i), i);
    }
    out.fieldList(5, ThriftCompact.Type.STRUCT, metadata.size() + 1);
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      putKeyValue(out, entry.getKey(), entry.getValue());
    }
    putKeyValue(out, ParquetChecksum.KEY, ParquetChecksum.BLANK);
    out.fieldText(6, CREATED_BY);
    out.fieldList(7, ThriftCompact.Type.STRUCT, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      out.beginElement();
      out.beginStruct(1); // bounds are in the order of the column's type
      out.endStruct();
      out.endStruct();
    }
    out.end();
    return out.toBytes();
  }

  private void putSchema(ThriftCompact out) {
    out.fieldList(2, ThriftCompact.Type.STRUCT, columns.size() + 1);
    out.beginElement();
    out.fieldText(4, "table");
    out.fieldI32(5, columns.size());
    out.endStruct();
    for (Column column : columns) {
      out.beginElement();
      out.fieldI32(1, physicalType(column.type()));
      out.fieldI32(3, 0); // required: no value is ever missing
      out.fieldText(4, column.name());
      if (column.type() == ColumnType.STRING) {
        out.fieldI32(6, 0); // UTF-8, for readers that do not know field 10
        out.beginStruct(10);
        out.beginStruct(1);
        out.endStruct();
        out.endStruct();
      }
      out.endStruct();
    }
  }

  private void putRowGroup(ThriftCompact out, RowGroup group, int number) {
    long raw = 0;
    long packed = 0;
    out.beginElement();
    out.fieldList(1, ThriftCompact.Type.STRUCT, columns.size());
    for (int i = 0; i < columns.size(); i++) {
      Chunk chunk = group.chunks().get(i);
      out.beginElement();
      out.fieldI64(2, chunk.startsAt());
      putColumnMetadata(out, columns.get(i), chunk, group.rows());
      out.endStruct();
      raw += chunk.rawBytes();
      packed += chunk.packedBytes();
    }
    out.fieldI64(2, raw);
    out.fieldI64(3, group.rows());
    out.fieldI64(5, group.chunks().getFirst().startsAt());
    out.fieldI64(6, packed);
    if (number <= Short.MAX_VALUE) {
      out.fieldI16(7, number);
    }
    out.endStruct();
  }

  private static void putColumnMetadata(
      ThriftCompact out, Column column, Chunk chunk, int groupRows) {
    boolean dictionary = chunk.dictionaryAt() >= 0;
    List<Encoding> encodings =
        dictionary
            ? List.of(Encoding.PLAIN, Encoding.RLE, Encoding.RLE_DICTIONARY)
            : List.of(Encoding.PLAIN, Encoding.RLE);
    out.beginStruct(3);
    out.fieldI32(1, physicalType(column.type()));
    out.fieldList(2, ThriftCompact.Type.I32, encodings.size());
    for (Encoding encoding : encodings) {
      out.elementI32(encoding.code());
    }
    out.fieldList(3, ThriftCompact.Type.BINARY, 1);
    out.elementText(column.name());
    out.fieldI32(4, CODEC_GZIP);
    out.fieldI64(5, groupRows);
    out.fieldI64(6, chunk.rawBytes());
    out.fieldI64(7, chunk.packedBytes());
    out.fieldI64(9, chunk.pagesAt());
    if (dictionary) {
      out.fieldI64(11, chunk.dictionaryAt());
    }
    out.beginStruct(12);
    out.fieldI64(3, 0); // no value is missing
    chunk
        .bounds()
        .ifPresent(bounds -> {
          out.fieldBytes(5, bounds.max());
          out.fieldBytes(6, bounds.min());
        });
    out.endStruct();
    out.endStruct();
  }

  private static void putKeyValue(ThriftCompact out, String key, String value) {
    out.beginElement();
    out.fieldText(1, key);
    out.fieldText(2, value);
    out.endStruct();
  }

  private static int physicalType(ColumnType type) {
    return switch (type) {
      case BOOLEAN -> 0;
      case INT32 -> 1;
      case INT64 -> 2;
      case FLOAT -> 4;
      case DOUBLE -> 5;
      case STRING -> 6;
      case OTHER -> throw new IllegalArgumentException("columns of other types are only read");
    };
  }
}
