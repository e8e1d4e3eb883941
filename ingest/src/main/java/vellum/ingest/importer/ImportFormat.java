package vellum.ingest.importer;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A layout of import files, named as {@code --format} names it. */
public enum ImportFormat {
  /** One record a line in the Protobuf JSON mapping of {@code vellum.v1.DetailRecord}. */
  NDJSON,
  /** A header of field names, then one record a row (RFC 4180). */
  CSV,
  /** Infobip: SMS logs and reports, e-mail reports, call logs, as {@code {"results":[...]}}. */
  INFOBIP,
  /** Twilio: lists of Message and Call resources. */
  TWILIO,
  /** Vonage Reports API: CSV, or JSON as {@code {"records":[...]}}. */
  VONAGE;

  /** All names, for messages: {@code ndjson, csv, infobip, twilio, vonage}. */
  public static String names() {
    return Arrays.stream(values()).map(ImportFormat::toString).collect(Collectors.joining(", "));
  }

  /**
   * The format of a name, in any case.
   *
   * @throws ImportException.UnknownFormat when there is none
   */
  public static ImportFormat of(String name) {
    for (ImportFormat format : values()) {
      if (format.toString().equalsIgnoreCase(name)) {
        return format;
      }
    }
    throw new ImportException.UnknownFormat("no format has that name; there are " + names());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
