package dev.janus.contract.artifact;

import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.FileMetaData;
import dev.hardwood.metadata.RowGroup;
import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Checks that the pages of a flat Parquet file are what its footer says: inside the file, filling
 * their column chunk exactly, with as many values as the row group has rows. The reading library
 * believes all that, and loops for ever or asks for any amount of memory when it is wrong.
 */
final class ParquetPages {
  private static final int MAGIC_BYTES = 4;
  private static final int TAIL_BYTES = 8;
  private static final int USUAL_HEADER = 1 << 8;
  private static final int LONGEST_HEADER = 1 << 20;

  /** No deflate stream packs denser than this. */
  private static final long MAX_DEFLATE_RATIO = 1032;

  /** No Snappy block packs denser: three bytes copy 64 at most. */
  private static final long MAX_SNAPPY_RATIO = 22;

  /** A Zstandard block of four bytes can stand for 128 KiB. */
  private static final long MAX_ZSTD_RATIO = 1 << 15;

  /** Pages of real files have a megabyte; the ratio above alone would let one claim anything. */
  private static final long MAX_ZSTD_PAGE = 1 << 28;

  private static final int DATA_PAGE = 0;
  private static final int INDEX_PAGE = 1;
  private static final int DICTIONARY_PAGE = 2;
  private static final int DATA_PAGE_V2 = 3;

  /** What is needed of a page header; filled while it is read. */
  private static final class Header {
    private int type = -1;
    private int rawBytes = -1;
    private int packedBytes = -1;
    private int values = -1;
    private int headerBytes;
  }

  private final Path file;
  private final FileChannel channel;

  private ParquetPages(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Walks over the headers of all pages.
   *
   * @throws ContractException when something does not add up
   */
  static void check(Path file, FileMetaData metadata, int columns) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      new ParquetPages(file, channel).check(metadata, columns);
    } catch (IOException e) {
      throw new ContractException(file + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }

  private void check(FileMetaData metadata, int columns) throws IOException {
    long rows = 0;
    for (RowGroup group : metadata.rowGroups()) {
      rows += group.numRows();
      if (group.columns().size() != columns) {
        throw damaged("a row group has %d of %d columns", group.columns().size(), columns);
      }
      for (ColumnChunk chunk : group.columns()) {
        checkChunk(chunk, group.numRows());
      }
    }
    if (rows != metadata.numRows()) {
      throw damaged("%d rows stated, %d rows in its groups", metadata.numRows(), rows);
    }
  }

  private void checkChunk(ColumnChunk chunk, long rows) throws IOException {
    ColumnMetaData column = chunk.metaData();
    String name = String.valueOf(column.pathInSchema());
    long at = chunk.chunkStartOffset();
    long end = at + column.totalCompressedSize();
    if (at < MAGIC_BYTES || end < at || end > channel.size() - TAIL_BYTES) {
      throw damaged("column %s lies at %d to %d, outside of the file", name, at, end);
    }
    long values = 0;
    while (at < end) {
      Header page = header(at, end, name);
      long dataEnd = at + page.headerBytes + page.packedBytes;
      if (dataEnd > end) {
        throw damaged("column %s: the page at %d reaches beyond the column", name, at);
      }
      checkSizes(page, column.codec(), name, at);
      values += page.type == DATA_PAGE || page.type == DATA_PAGE_V2 ? page.values : 0;
      at = dataEnd;
    }
    if (values != rows || column.numValues() != rows) {
      throw damaged(
          "column %s: %d values stated and %d in pages for %d rows",
          name, column.numValues(), values, rows);
    }
  }

  private void checkSizes(Header page, CompressionCodec codec, String name, long at) {
    long packed = page.packedBytes;
    long most =
        switch (codec) {
          case GZIP -> MAX_DEFLATE_RATIO * packed;
          case SNAPPY -> MAX_SNAPPY_RATIO * packed;
          case ZSTD -> Math.min(MAX_ZSTD_RATIO * packed, MAX_ZSTD_PAGE);
          default -> packed;
        };
    if (page.rawBytes > most) {
      throw damaged(
          "column %s: the page at %d cannot unpack from %d to %d bytes",
          name, at, page.packedBytes, page.rawBytes);
    }
  }

  private Header header(long at, long end, String name) throws IOException {
    for (int window = USUAL_HEADER; ; window = LONGEST_HEADER) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(window, end - at));
      read(bytes.order(ByteOrder.LITTLE_ENDIAN), at);
      try {
        return header(bytes, name, at);
      } catch (BufferUnderflowException e) {
        if (window == LONGEST_HEADER || bytes.capacity() == end - at) {
          throw damaged("column %s: no end to the page header at %d", name, at);
        }
      } catch (IllegalArgumentException e) {
        throw damaged("column %s: no page header at %d", name, at);
      }
    }
  }

  private Header header(ByteBuffer bytes, String name, long at) {
    Header header = new Header();
    new ThriftCompactReader(bytes)
        .struct((number, reader) -> {
          switch (number) {
            case 1 -> header.type = reader.i32();
            case 2 -> header.rawBytes = reader.i32();
            case 3 -> header.packedBytes = reader.i32();
            case 5, 7, 8 ->
                reader.nested((n, r) -> header.values = n == 1 ? r.i32() : header.values);
            default -> {}
          }
        });
    header.headerBytes = bytes.position();
    boolean known =
        header.type == DATA_PAGE
            || header.type == INDEX_PAGE
            || header.type == DICTIONARY_PAGE
            || header.type == DATA_PAGE_V2;
    if (!known || header.rawBytes < 0 || header.packedBytes < 0) {
      throw damaged("column %s: no page header at %d", name, at);
    }
    if (header.type != INDEX_PAGE && header.values < 0) {
      throw damaged("column %s: the page at %d does not count its values", name, at);
    }
    return header;
  }

  private void read(ByteBuffer bytes, long at) throws IOException {
    long position = at;
    while (bytes.hasRemaining()) {
      int got = channel.read(bytes, position);
      if (got < 0) {
        throw new IOException("the file became shorter while it was read");
      }
      position += got;
    }
    bytes.flip();
  }

  private ContractException damaged(String what, Object... values) {
    return new ContractException(file + ": damaged: " + what.formatted(values));
  }
}
