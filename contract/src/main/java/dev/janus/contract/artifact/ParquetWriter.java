package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Writes flat tables of required columns as Parquet: numbers plain, text by dictionary where it
 * repeats, gzip, pages of version 1 with checksums. Holds one row group, 65,536 rows, in memory.
 */
public final class ParquetWriter implements TableWriter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int ROWS_PER_GROUP = 1 << 16;
  private static final int ROWS_PER_PAGE = 1 << 13;
  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;

  private final AtomicFile file;
  private final ChannelOutput out;
  private final GzipCoder gzip = new GzipCoder();
  private final ParquetFooter footer;
  private final List<Column> columns;
  private final List<ColumnBuffer> buffers = new ArrayList<>();
  private int rows;
  private boolean finished;

  private ParquetWriter(AtomicFile file, List<Column> columns, Map<String, String> metadata) {
    this.file = file;
    this.columns = List.copyOf(columns);
    this.out = new ChannelOutput(file.channel());
    this.footer = new ParquetFooter(this.columns, new TreeMap<>(metadata));
    for (Column column : columns) {
      buffers.add(ColumnBuffer.of(column.type(), ROWS_PER_GROUP));
    }
  }

  /**
   * Starts a file.
   *
   * @param columns at least one; names differ
   * @param metadata written as the file's key-value metadata
   * @throws ContractException when the folder cannot be written to
   */
  public static ParquetWriter create(
      Path file, List<Column> columns, Map<String, String> metadata) {
    Set<String> names = new HashSet<>();
    for (Column column : columns) {
      if (!names.add(column.name()) || column.type() == ColumnType.OTHER) {
        throw new IllegalArgumentException("column " + column + " cannot be written");
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("a table needs a column");
    }
    ParquetWriter writer = new ParquetWriter(AtomicFile.create(file), columns, metadata);
    try {
      writer.out.write(MAGIC);
    } catch (IOException e) {
      writer.close();
      throw writer.failed(e);
    }
    return writer;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    ((BitBuffer) unset(column, ColumnType.BOOLEAN)).add(value);
  }

  @Override
  public void setInt(int column, int value) {
    ((NumberBuffer) unset(column, ColumnType.INT32)).add(value);
  }

  @Override
  public void setLong(int column, long value) {
    ((NumberBuffer) unset(column, ColumnType.INT64)).add(value);
  }

  @Override
  public void setFloat(int column, float value) {
    ((NumberBuffer) unset(column, ColumnType.FLOAT)).add(value);
  }

  @Override
  public void setDouble(int column, double value) {
    ((NumberBuffer) unset(column, ColumnType.DOUBLE)).add(value);
  }

  @Override
  public void setString(int column, String value) {
    ((TextBuffer) unset(column, ColumnType.STRING)).add(value);
  }

  private ColumnBuffer unset(int column, ColumnType type) {
    ColumnBuffer buffer = buffers.get(column);
    if (columns.get(column).type() != type || buffer.rows() != rows) {
      throw new IllegalStateException(
          columns.get(column) + " cannot be set to a value of type " + type + " now");
    }
    return buffer;
  }

  @Override
  public void endRow() {
    for (int i = 0; i < buffers.size(); i++) {
      if (buffers.get(i).rows() != rows + 1) {
        throw new IllegalStateException(columns.get(i) + " was not set");
      }
    }
    rows++;
    if (rows == ROWS_PER_GROUP) {
      writeRowGroup();
    }
  }

  private void writeRowGroup() {
    List<ParquetFooter.Chunk> chunks = new ArrayList<>();
    try {
      for (ColumnBuffer buffer : buffers) {
        chunks.add(writeChunk(buffer));
        buffer.clear();
      }
    } catch (IOException e) {
      throw failed(e);
    }
    footer.addRowGroup(chunks, rows);
    rows = 0;
  }

  private ParquetFooter.Chunk writeChunk(ColumnBuffer buffer) throws IOException {
    buffer.seal();
    long start = out.position();
    long raw = 0;
    Optional<ColumnBuffer.DictionaryPage> dictionary = buffer.dictionary();
    if (dictionary.isPresent()) {
      raw += writePage(dictionary.get().bytes(), dictionary.get().values(), DICTIONARY_PAGE, 0);
    }
    long pagesAt = out.position();
    int encoding =
        (dictionary.isPresent()
                ? ParquetFooter.Encoding.RLE_DICTIONARY
                : ParquetFooter.Encoding.PLAIN)
            .code();
    for (int from = 0; from < rows; from += ROWS_PER_PAGE) {
      int to = Math.min(rows, from + ROWS_PER_PAGE);
      raw += writePage(buffer.page(from, to), to - from, DATA_PAGE, encoding);
    }
    return new ParquetFooter.Chunk(
        dictionary.isPresent() ? start : -1, pagesAt, raw, out.position() - start, buffer.bounds());
  }

  /** Writes a page and returns what it takes unpacked, its header included. */
  private long writePage(byte[] page, int values, int pageType, int encoding) throws IOException {
    byte[] packed = gzip.encode(page);
    CRC32 crc = new CRC32();
    crc.update(packed);
    ThriftCompact header = new ThriftCompact();
    header.fieldI32(1, pageType);
    header.fieldI32(2, page.length);
    header.fieldI32(3, packed.length);
    header.fieldI32(4, (int) crc.getValue());
    header.beginStruct(pageType == DATA_PAGE ? 5 : 7);
    header.fieldI32(1, values);
    header.fieldI32(2, encoding);
    if (pageType == DATA_PAGE) {
      header.fieldI32(3, ParquetFooter.Encoding.RLE.code());
      header.fieldI32(4, ParquetFooter.Encoding.RLE.code());
    }
    header.endStruct();
    header.end();
    out.write(header.toBytes());
    out.write(packed);
    return header.size() + (long) page.length;
  }

  /** Completes the file on the disk, still under its temporary name; nothing more can be added. */
  void finish() {
    if (rows > 0) {
      writeRowGroup();
    }
    try {
      byte[] bytes = footer.toBytes();
      long valueAt = out.position() + ParquetChecksum.find(bytes).orElseThrow();
      out.write(bytes);
      out.putInt(bytes.length);
      out.write(MAGIC);
      out.patch(valueAt, ByteBuffer.wrap(ParquetChecksum.toBytes(out.crc())));
    } catch (IOException e) {
      throw failed(e);
    }
    file.force();
    finished = true;
  }

  @Override
  public void commit() {
    if (!finished) {
      finish();
    }
    file.commit();
  }

  /** Throws away what was written, unless it was committed. */
  @Override
  public void close() {
    gzip.close();
    file.close();
  }

  private ContractException failed(IOException cause) {
    return FileFailure.writing(file.target(), cause);
  }
}
