package vellum.core.export;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.SizeStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.statistics.geospatial.GeospatialStatistics;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;

/**
 * The pages of one column, compressed, each behind its header, as they will stand in the file. Not
 * thread-safe.
 */
final class ParquetPages implements PageWriter {

  private final ColumnDescriptor column;
  private final ZstdCompressCtx zstd;
  private final Output data = new Output(1 << 12);
  private final Output dictionary = new Output(0);
  private final Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
  private @Nullable Statistics<?> statistics;
  private long values;
  private long plainBytes;

  ParquetPages(ColumnDescriptor column, ZstdCompressCtx zstd) {
    this.column = column;
    this.zstd = zstd;
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> of,
      SizeStatistics sizes,
      GeospatialStatistics places,
      org.apache.parquet.column.Encoding repetitions,
      org.apache.parquet.column.Encoding definitions,
      org.apache.parquet.column.Encoding encoding)
      throws IOException {
    add(bytes, valueCount, of, List.of(encoding, definitions, repetitions));
  }

  @Override
  public void writePage(
      BytesInput bytes,
      int valueCount,
      int rowCount,
      Statistics<?> of,
      org.apache.parquet.column.Encoding repetitions,
      org.apache.parquet.column.Encoding definitions,
      org.apache.parquet.column.Encoding encoding)
      throws IOException {
    add(bytes, valueCount, of, List.of(encoding, definitions, repetitions));
  }

  @Override
  @SuppressWarnings("deprecation") // The interface wants it still.
  public void writePage(
      BytesInput bytes,
      int valueCount,
      Statistics<?> of,
      org.apache.parquet.column.Encoding repetitions,
      org.apache.parquet.column.Encoding definitions,
      org.apache.parquet.column.Encoding encoding)
      throws IOException {
    add(bytes, valueCount, of, List.of(encoding, definitions, repetitions));
  }

  /**
   * Adds a page.
   *
   * @param of values, of definition levels, of repetition levels
   */
  private void add(
      BytesInput bytes,
      int valueCount,
      Statistics<?> bounds,
      List<org.apache.parquet.column.Encoding> of)
      throws IOException {
    byte[] plain = array(bytes);
    byte[] packed = zstd.compress(plain);
    DataPageHeader page =
        new DataPageHeader(valueCount, format(of.get(0)), format(of.get(1)), format(of.get(2)));
    PageHeader header = new PageHeader(PageType.DATA_PAGE, plain.length, packed.length);
    append(data, header.setData_page_header(page), packed);
    values += valueCount;
    of.forEach(encoding -> encodings.add(format(encoding)));
    if (statistics == null) {
      statistics = bounds.copy();
    } else {
      statistics.mergeStatistics(bounds);
    }
  }

  @Override
  public void writePageV2(
      int rowCount,
      int nullCount,
      int valueCount,
      BytesInput repetitions,
      BytesInput definitions,
      org.apache.parquet.column.Encoding encoding,
      BytesInput bytes,
      Statistics<?> of) {
    throw new UnsupportedOperationException("pages are of version 1");
  }

  @Override
  public void writeDictionaryPage(DictionaryPage page) throws IOException {
    byte[] plain = array(page.getBytes());
    byte[] packed = zstd.compress(plain);
    Encoding encoding = format(page.getEncoding());
    PageHeader header = new PageHeader(PageType.DICTIONARY_PAGE, plain.length, packed.length);
    header.setDictionary_page_header(new DictionaryPageHeader(page.getDictionarySize(), encoding));
    append(dictionary, header, packed);
    encodings.add(encoding);
  }

  private static byte[] array(BytesInput bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) bytes.size());
    bytes.writeAllTo(out);
    return out.toByteArray();
  }

  private void append(Output out, PageHeader header, byte[] packed) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    Util.writePageHeader(header, bytes);
    out.write(bytes.toByteArray(), 0, bytes.size());
    out.write(packed, 0, packed.length);
    plainBytes += bytes.size() + header.getUncompressed_page_size();
  }

  /** Appends the column to the file; what is said of it at the file's end. */
  ColumnChunk appendTo(Output file) {
    long start = file.size();
    file.write(dictionary.bytes(), 0, dictionary.size());
    file.write(data.bytes(), 0, data.size());
    ColumnMetaData meta =
        new ColumnMetaData(
            type(),
            new ArrayList<>(encodings),
            List.of(column.getPath()),
            CompressionCodec.ZSTD,
            values,
            plainBytes,
            file.size() - start,
            start + dictionary.size());
    if (dictionary.size() > 0) {
      meta.setDictionary_page_offset(start);
    }
    Statistics<?> of = statistics;
    if (of != null && of.isNumNullsSet()) {
      meta.setStatistics(bounds(of));
    }
    return new ColumnChunk(0).setMeta_data(meta);
  }

  private static org.apache.parquet.format.Statistics bounds(Statistics<?> of) {
    org.apache.parquet.format.Statistics bounds = new org.apache.parquet.format.Statistics();
    bounds.setNull_count(of.getNumNulls());
    if (of.hasNonNullValue()) {
      bounds.setMin_value(of.getMinBytes());
      bounds.setMax_value(of.getMaxBytes());
    }
    return bounds;
  }

  private Type type() {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> Type.BYTE_ARRAY;
      case FIXED_LEN_BYTE_ARRAY -> Type.FIXED_LEN_BYTE_ARRAY;
      case INT64 -> Type.INT64;
      case INT32 -> Type.INT32;
      case BOOLEAN -> Type.BOOLEAN;
      default -> throw new IllegalStateException("no column has this type: " + column);
    };
  }

  private static Encoding format(org.apache.parquet.column.Encoding encoding) {
    return Encoding.valueOf(encoding.name());
  }

  @Override
  public long getMemSize() {
    return (long) data.size() + dictionary.size();
  }

  @Override
  public long allocatedSize() {
    return (long) data.bytes().length + dictionary.bytes().length;
  }

  @Override
  public String memUsageString(String prefix) {
    return prefix + getMemSize() + " bytes";
  }
}
