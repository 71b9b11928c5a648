package dev.janus.contract.artifact;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.ColumnSchema;
import dev.hardwood.schema.FileSchema;
import dev.janus.contract.ContractException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A flat Parquet file: its columns and its rows, one after the other. Reads what {@link
 * ParquetWriter} writes and the flat files of others, as long as they are uncompressed or gzipped,
 * or packed with Snappy or Zstandard and a library for those is on the class path. Memory holds a
 * few pages, never the file. Not thread-safe; a thread of the reading library works ahead.
 */
public final class ParquetTable implements Closeable {
  private final Path file;
  private final ParquetFileReader reader;
  private final FileMetaData metadata;
  private final List<Column> columns;
  private final boolean own;

  private ParquetTable(Path file, ParquetFileReader reader, boolean own) {
    this.file = file;
    this.own = own;
    this.reader = reader;
    this.metadata = reader.getFileMetaData();
    this.columns = columns(reader.getFileSchema(), file);
  }

  /**
   * Opens a file; of one that {@link ParquetWriter} wrote the checksum is checked.
   *
   * @throws ContractException when the file is no flat Parquet table or is damaged
   */
  public static ParquetTable open(Path file) {
    boolean own = ParquetChecksum.verify(file);
    return guarded(
        file,
        () -> {
          ChannelInput input = ChannelInput.of(file);
          try {
            ParquetTable table = new ParquetTable(file, ParquetFileReader.open(input), own);
            table.checkCodecs();
            ParquetPages.check(file, table.metadata, table.columns.size());
            return table;
          } catch (IOException | RuntimeException | OutOfMemoryError e) {
            input.close();
            throw e;
          }
        });
  }

  /** The file, for messages. */
  public Path file() {
    return file;
  }

  /** Whether {@link ParquetWriter} wrote the file, and no other program has written it anew. */
  boolean isOwn() {
    return own;
  }

  public List<Column> columns() {
    return columns;
  }

  /** Number of rows the file states. */
  public long rowCount() {
    return metadata.numRows();
  }

  /** The file's key-value metadata. */
  public Map<String, String> metadata() {
    return Map.copyOf(metadata.keyValueMetadata());
  }

  /** Starts at the first row. Close the result before the table. */
  public Rows rows() {
    return new Rows(file, columns, guarded(file, () -> reader.buildRowReader().build()));
  }

  @Override
  public void close() {
    guarded(
        file,
        () -> {
          reader.close();
          return file;
        });
  }

  private void checkCodecs() {
    for (RowGroup group : metadata.rowGroups()) {
      for (ColumnChunk chunk : group.columns()) {
        CompressionCodec codec = chunk.metaData().codec();
        switch (codec) {
          case UNCOMPRESSED, GZIP -> {}
          case SNAPPY -> require(codec, "org.xerial.snappy.Snappy", "snappy-java");
          case ZSTD -> require(codec, "com.github.luben.zstd.Zstd", "zstd-jni");
          default ->
              throw new ContractException(
                  "%s: packed with %s, which is not read; write it again with gzip"
                      .formatted(file, codec));
        }
      }
    }
  }

  /** Says that a library is missing before the reader does, in the middle of the rows. */
  private void require(CompressionCodec codec, String className, String library) {
    String resource = className.replace('.', '/') + ".class";
    if (ParquetTable.class.getClassLoader().getResource(resource) == null) {
      throw new ContractException(
          "%s: packed with %s, for which %s is missing on the class path; write it again with gzip"
              .formatted(file, codec, library));
    }
  }

  private static List<Column> columns(FileSchema schema, Path file) {
    if (!schema.isFlatSchema()) {
      throw new ContractException(file + ": has nested columns; only flat tables are read");
    }
    List<Column> columns = new ArrayList<>();
    for (ColumnSchema column : schema.getColumns()) {
      columns.add(new Column(column.name(), type(column)));
    }
    return List.copyOf(columns);
  }

  private static ColumnType type(ColumnSchema column) {
    boolean plain = column.logicalType() == null;
    boolean signed = column.logicalType() instanceof LogicalType.IntType t && t.isSigned();
    boolean small = column.logicalType() instanceof LogicalType.IntType t && t.bitWidth() < 32;
    return switch (column.type()) {
      case BOOLEAN -> ColumnType.BOOLEAN;
      case INT32 -> plain || signed || small ? ColumnType.INT32 : ColumnType.OTHER;
      case INT64 -> plain || signed ? ColumnType.INT64 : ColumnType.OTHER;
      case FLOAT -> ColumnType.FLOAT;
      case DOUBLE -> ColumnType.DOUBLE;
      case BYTE_ARRAY ->
          column.logicalType() instanceof LogicalType.StringType
              ? ColumnType.STRING
              : ColumnType.OTHER;
      default -> ColumnType.OTHER;
    };
  }

  /** A step of the reading library; whatever it throws is about the file. */
  private interface Step<T> {
    T run() throws IOException;
  }

  private static <T> T guarded(Path file, Step<T> step) {
    try {
      return step.run();
    } catch (ContractException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ContractException(file + ": not readable as Parquet: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      // A damaged count in the footer asks for any amount; the reader keeps nothing of it.
      throw new ContractException(
          file + ": not readable as Parquet: it asks for more memory than there is", e);
    }
  }

  /**
   * Goes over the rows of a table. Columns are numbered from 0 as in {@link #columns}. Every getter
   * throws a {@link ContractException} naming file, row and column when the value is missing or of
   * another type.
   */
  public static final class Rows implements Closeable {
    private final Path file;
    private final List<Column> columns;
    private final RowReader reader;
    private long row = -1;

    private Rows(Path file, List<Column> columns, RowReader reader) {
      this.file = file;
      this.columns = columns;
      this.reader = reader;
    }

    /** Goes to the next row; false behind the last. */
    public boolean next() {
      try {
        if (!reader.hasNext()) {
          return false;
        }
        reader.next();
      } catch (RuntimeException e) {
        throw new ContractException(
            "%s: not readable behind row %d: %s".formatted(file, row, e.getMessage()), e);
      }
      row++;
      return true;
    }

    /** Number of the present row, from 0. */
    public long row() {
      return row;
    }

    /** Whether the column has no value in the present row. */
    public boolean isNull(int column) {
      try {
        return reader.isNull(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public int getInt(int column) {
      try {
        return reader.getInt(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public long getLong(int column) {
      try {
        return reader.getLong(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public float getFloat(int column) {
      try {
        return reader.getFloat(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public double getDouble(int column) {
      try {
        return reader.getDouble(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public boolean getBoolean(int column) {
      try {
        return reader.getBoolean(column);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    public String getString(int column) {
      try {
        return Objects.requireNonNull(reader.getString(column), "no value");
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    /** The value as text whatever its type, for showing; empty when there is none. */
    public Optional<String> text(int column) {
      try {
        return reader.isNull(column)
            ? Optional.empty()
            : Optional.ofNullable(reader.getValue(column)).map(Rows::shown);
      } catch (RuntimeException e) {
        throw unusable(column, e);
      }
    }

    private static String shown(Object value) {
      return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value.toString();
    }

    private ContractException unusable(int column, RuntimeException cause) {
      return new ContractException(
          "%s: row %d, column %s (%s): no usable value"
              .formatted(file, row, columns.get(column).name(), columns.get(column).type()),
          cause);
    }

    @Override
    public void close() {
      reader.close();
    }
  }
}
