package vellum.core.export;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import vellum.core.record.Output;

/**
 * Rows as a Parquet file of one row group: the encodings and metadata are Apache Parquet's, the
 * file around them is made here, without Hadoop. Pages are of version 1, which every reader reads,
 * with dictionaries, and zstd. Nothing in the file depends on anything but the rows. Not
 * thread-safe.
 *
 * <pre>
 *   "PAR1"
 *   column after column: dictionary page, data pages
 *   metadata (Thrift) | u32 little-endian: its length | "PAR1"
 * </pre>
 */
final class ParquetPart implements PartWriter {

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int FILE_VERSION = 1;
  private static final String CREATED_BY = "vellum";
  private static final int ZSTD_LEVEL = 1;
  private static final int PAGE_BYTES = 1 << 20;
  private static final int PAGE_ROWS = 100_000;

  /** Rows after which pages may end, counted from the part's first: so they end where they do. */
  private static final int GROUP = 256;

  private final List<Column> columns;
  private final MessageType schema;
  private final ZstdCompressCtx zstd = new ZstdCompressCtx();
  private final Map<ColumnDescriptor, ParquetPages> pages = new LinkedHashMap<>();
  private final ColumnWriteStore store;
  private final ColumnWriter[] writers;
  private final Column.Type[] types;
  private final Column.Type[] memberTypes;
  private long rows;

  /** Rows that the encoders have, and were not told of. */
  private int pending;

  private boolean closed;

  ParquetPart(List<Column> columns) {
    this.columns = columns;
    this.types = types(columns);
    this.memberTypes = types(columns.get(columns.size() - 1).members());
    this.schema = ParquetSchema.types(columns);
    zstd.setLevel(ZSTD_LEVEL).setChecksum(false);
    for (ColumnDescriptor column : schema.getColumns()) {
      pages.put(column, new ParquetPages(column, zstd));
    }
    this.store = properties(schema).newColumnWriteStore(schema, pages::get);
    this.writers =
        schema.getColumns().stream().map(store::getColumnWriter).toArray(ColumnWriter[]::new);
  }

  private static Column.Type[] types(List<Column> columns) {
    return columns.stream().map(Column::type).toArray(Column.Type[]::new);
  }

  private static ParquetProperties properties(MessageType schema) {
    ParquetProperties.Builder properties =
        ParquetProperties.builder()
            .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
            .withPageSize(PAGE_BYTES)
            .withPageRowCountLimit(PAGE_ROWS)
            .withDictionaryPageSize(PAGE_BYTES)
            .withSizeStatisticsEnabled(false);
    for (ColumnDescriptor column : schema.getColumns()) {
      String path = String.join(".", column.getPath());
      LogicalTypeAnnotation type = column.getPrimitiveType().getLogicalTypeAnnotation();
      boolean isText = type instanceof StringLogicalTypeAnnotation;
      boolean isPlain = type == null;
      // Of other values few are equal: a dictionary would be made in vain, and that costs most.
      properties.withDictionaryEncoding(path, isText || isPlain);
      // Every part has all accounts and routes: bounds of texts would leave no part out.
      properties.withStatisticsEnabled(
          path, !isText && !(type instanceof UUIDLogicalTypeAnnotation));
    }
    return properties.build();
  }

  /** Column by column: what a column's encoders hold stays in the processor's cache. */
  @Override
  public int add(Cells[] rows, int from, int to, int bytes) {
    int end = Math.min(to, from + GROUP - pending);
    int writer = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i] == Column.Type.LIST) {
        for (int member = 0; member < memberTypes.length; member++) {
          members(writers[writer++], member, rows, from, end);
        }
      } else {
        values(writers[writer++], i, rows, from, end);
      }
    }
    pending += end - from;
    if (pending == GROUP) {
      endRows();
    }
    return end;
  }

  private void values(ColumnWriter writer, int column, Cells[] rows, int from, int to) {
    Column.Type type = types[column];
    for (int n = from; n < to; n++) {
      if (rows[n].has(column)) {
        value(writer, type, rows[n], column, 0, 1);
      } else {
        writer.writeNull(0, 0);
      }
    }
  }

  /** Of a list's elements: an empty list has the level 0, an element 1, a value in it 2. */
  private void members(ColumnWriter writer, int member, Cells[] rows, int from, int to) {
    Column.Type type = memberTypes[member];
    for (int n = from; n < to; n++) {
      Cells row = rows[n];
      if (row.count() == 0) {
        writer.writeNull(0, 0);
      }
      for (int i = 0; i < row.count(); i++) {
        Cells element = row.element(i);
        int repetition = i == 0 ? 0 : 1;
        if (element.has(member)) {
          value(writer, type, element, member, repetition, 2);
        } else {
          writer.writeNull(repetition, 1);
        }
      }
    }
  }

  /** Tells the encoders of rows; it is then that pages end. */
  private void endRows() {
    for (; pending > 0; pending--) {
      store.endRecord();
      rows++;
    }
  }

  private static void value(
      ColumnWriter writer, Column.Type type, Cells row, int column, int repetition, int level) {
    switch (type) {
      case NUMBER, TIME -> writer.write(row.number(column), repetition, level);
      case DAY -> writer.write((int) row.number(column), repetition, level);
      case FLAG -> writer.write(row.number(column) != 0, repetition, level);
      case TEXT, UUID, TOTAL, AMOUNT ->
          writer.write(
              Binary.fromReusedByteArray(row.array(), row.start(column), row.length(column)),
              repetition,
              level);
      case LIST -> throw new IllegalArgumentException("a list is no value");
    }
  }

  @Override
  public long bytes() {
    return store.getBufferedSize();
  }

  @Override
  public Output finish() {
    endRows();
    store.flush();
    Output file = new Output((int) Math.max(1 << 12, bytes() + (bytes() >> 4)));
    file.write(MAGIC, 0, MAGIC.length);
    List<ColumnChunk> chunks = new ArrayList<>();
    long plainBytes = 0;
    for (ParquetPages column : pages.values()) {
      ColumnChunk chunk = column.appendTo(file);
      chunks.add(chunk);
      plainBytes += chunk.getMeta_data().getTotal_uncompressed_size();
    }
    close();
    FileMetaData meta =
        new FileMetaData(
            FILE_VERSION,
            ParquetSchema.elements(columns),
            rows,
            List.of(new RowGroup(chunks, plainBytes, rows)));
    meta.setCreated_by(CREATED_BY);
    meta.setColumn_orders(
        schema.getColumns().stream()
            .map(column -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
            .toList());
    end(file, meta);
    return file;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      store.close();
      zstd.close();
    }
  }

  private static void end(Output file, FileMetaData meta) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
    try {
      Util.writeFileMetaData(meta, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    }
    file.write(bytes.toByteArray(), 0, bytes.size());
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      file.writeByte(bytes.size() >>> shift);
    }
    file.write(MAGIC, 0, MAGIC.length);
  }
}
