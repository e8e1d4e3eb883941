package vellum.ingest.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells a file's format, and whether it holds a JSON object a line, from its beginning. The names
 * of fields decide; when they fit no format or several, the caller is asked to say.
 *
 * @param names names of the first object or of the CSV header; those of an object around the rows
 *     too
 * @param nothing what the beginning is when it holds no row at all, or empty
 */
record FormatDetector(boolean json, boolean lines, Set<String> names, String nothing) {

  /** Bytes of the beginning that are looked at. */
  static final int PEEK_BYTES = 64 * 1024;

  /** Arrays of rows, by format. */
  static final Map<ImportFormat, Set<String>> ARRAYS =
      new EnumMap<>(
          Map.of(
              ImportFormat.INFOBIP, Set.of("results"),
              ImportFormat.TWILIO, Set.of("messages", "calls"),
              ImportFormat.VONAGE, Set.of("records")));

  private static final Pattern EMPTY_LIST = Pattern.compile("\\[\\s*\\]\\s*");

  /** Names of fields that are all there in rows of a format. */
  private static final Map<ImportFormat, List<Set<String>>> MARKS =
      new EnumMap<>(
          Map.of(
              ImportFormat.NDJSON,
                  List.of(
                      Set.of("record_id"),
                      Set.of("recordId"),
                      Set.of("foreign_id"),
                      Set.of("started_at"),
                      Set.of("startedAt")),
              ImportFormat.CSV, List.of(Set.of("started_at")),
              ImportFormat.INFOBIP,
                  List.of(
                      Set.of("messageId", "status"),
                      Set.of("messageId", "sentAt"),
                      Set.of("callId", "startTime")),
              ImportFormat.TWILIO, List.of(Set.of("sid", "account_sid")),
              ImportFormat.VONAGE,
                  List.of(Set.of("account_id", "message_id"), Set.of("account_id", "call_id"))));

  /** Looks at the first bytes of a file's content. */
  static FormatDetector of(byte[] start) {
    String text = new String(start, StandardCharsets.UTF_8);
    String trimmed = (text.startsWith("\uFEFF") ? text.substring(1) : text).stripLeading();
    if (trimmed.isEmpty()) {
      return new FormatDetector(false, false, Set.of(), "the file is empty");
    }
    if (trimmed.startsWith("{") || trimmed.startsWith("[")) {
      return json(trimmed);
    }
    int end = trimmed.indexOf('\n');
    String header = end < 0 ? trimmed : trimmed.substring(0, end);
    Set<String> names = new HashSet<>();
    for (String name : header.split(",", Fields.MAX_FIELDS)) {
      names.add(name.strip().replace("\"", ""));
    }
    return new FormatDetector(false, false, names, "");
  }

  /**
   * The one format that the beginning fits.
   *
   * @throws ImportException.Empty when there is nothing to import
   * @throws ImportException.UnknownFormat when it is not exactly one
   */
  ImportFormat format() {
    if (!nothing.isEmpty()) {
      throw new ImportException.Empty(nothing + ": there is nothing to import");
    }
    List<ImportFormat> fitting = new ArrayList<>();
    for (ImportFormat format : ImportFormat.values()) {
      if (fits(format)) {
        fitting.add(format);
      }
    }
    if (fitting.size() == 1) {
      return fitting.get(0);
    }
    throw new ImportException.UnknownFormat(
        (fitting.isEmpty() ? "the file fits no known format" : "the file fits several formats")
            + "; say --format with one of "
            + ImportFormat.names());
  }

  private boolean fits(ImportFormat format) {
    boolean jsonOnly = format != ImportFormat.CSV && format != ImportFormat.VONAGE;
    if (json ? format == ImportFormat.CSV : jsonOnly) {
      return false;
    }
    for (String array : ARRAYS.getOrDefault(format, Set.of())) {
      if (names.contains(arrayMark(array))) {
        return true;
      }
    }
    return MARKS.getOrDefault(format, List.of()).stream().anyMatch(names::containsAll);
  }

  private static FormatDetector json(String text) {
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    Set<String> line = new HashSet<>();
    boolean whole = first.startsWith("{") && collect(first, line);
    boolean wrapped = line.stream().anyMatch(name -> name.endsWith(arrayMark("")));
    if (whole && !wrapped) {
      return new FormatDetector(true, true, line, "");
    }
    Set<String> names = new HashSet<>();
    collect(text, names);
    boolean none = EMPTY_LIST.matcher(text).matches();
    return new FormatDetector(true, false, names, none ? "the file holds an empty list" : "");
  }

  /**
   * Names at the top, and of the first object in each array; whether the text is one whole value.
   */
  private static boolean collect(String text, Set<String> names) {
    try (JsonParser parser = JsonRow.JSON.createParser(text)) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        rows(parser, names);
      } else {
        members(parser, names, true);
      }
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  private static void members(JsonParser parser, Set<String> names, boolean top)
      throws IOException {
    for (JsonToken token = parser.nextToken();
        token == JsonToken.FIELD_NAME;
        token = parser.nextToken()) {
      String name = parser.currentName();
      names.add(name);
      boolean array = parser.nextToken() == JsonToken.START_ARRAY;
      if (top && array && ARRAYS.values().stream().anyMatch(of -> of.contains(name))) {
        names.add(arrayMark(name));
        rows(parser, names);
      }
      parser.skipChildren();
    }
  }

  /** The first object of an array of rows; the rest is passed over. */
  private static void rows(JsonParser parser, Set<String> names) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_OBJECT) {
      members(parser, names, false);
    }
    while (token != null && token != JsonToken.END_ARRAY) {
      token = parser.nextToken();
      parser.skipChildren();
    }
  }

  private static String arrayMark(String name) {
    return name.toLowerCase(Locale.ROOT) + "[]";
  }
}
