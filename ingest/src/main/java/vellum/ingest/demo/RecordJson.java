package vellum.ingest.demo;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import vellum.v1.DetailRecord;

/**
 * A record as one line of NDJSON in the Protobuf JSON mapping, with the field names of the schema.
 * Thread-safe.
 */
public final class RecordJson {

  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace().preservingProtoFieldNames();

  private RecordJson() {}

  /** The line, without its end. */
  public static String line(DetailRecord record) {
    try {
      return PRINTER.print(record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the schema has no Any fields, nothing else fails", e);
    }
  }
}
