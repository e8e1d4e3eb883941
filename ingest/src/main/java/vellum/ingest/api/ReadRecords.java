package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.seal.Rejected;
import vellum.ingest.importer.BodyRows;
import vellum.ingest.importer.ImportException;
import vellum.ingest.importer.Row;
import vellum.v1.RejectionCode;

/**
 * The records of one request's body, and which of them are rejected: first those that could not be
 * read, then those that the sealer did not take. Not thread-safe.
 */
final class ReadRecords {

  /** Records of a request, at most. */
  static final int MOST = 10_000;

  /** Rejections that an answer lists; the others are counted. */
  static final int MOST_LISTED = 1_000;

  private final List<byte[]> records = new ArrayList<>();

  /** Place in the body of each record that could be read. */
  private final List<Integer> places = new ArrayList<>();

  private final SortedMap<Integer, Rejection> rejections = new TreeMap<>();
  private int rows;

  private record Rejection(String code, String field, String reason) {}

  private ReadRecords() {}

  /**
   * Reads all of a body before anything of it is taken.
   *
   * @throws Problem when it is not a body of records, or of too many
   */
  static ReadRecords of(BodyRows body) {
    ReadRecords read = new ReadRecords();
    try {
      for (Row row = body.next(); row != null; row = body.next()) {
        read.add(row);
      }
    } catch (ImportException.BadHeader e) {
      throw Problem.bad("BAD_HEADER", String.valueOf(e.getMessage()));
    } catch (ImportException.BrokenDocument e) {
      throw Problem.bad("BAD_JSON", "the body " + e.getMessage());
    }
    if (read.rows == 0) {
      throw Problem.bad("NO_RECORDS", "the body has no record");
    }
    return read;
  }

  private void add(Row row) {
    if (rows == MOST) {
      throw new Problem(
          HttpStatus.REQUEST_ENTITY_TOO_LARGE,
          "TOO_MANY_RECORDS",
          "a request brings at most " + MOST + " records; nothing of it was taken");
    }
    if (row instanceof Row.Mapped mapped) {
      records.add(mapped.record().toByteArray());
      places.add(rows);
    } else if (row instanceof Row.Bad bad) {
      rejections.put(rows, new Rejection(bad.code().name(), bad.field(), bad.reason()));
    }
    rows++;
  }

  /** Those that could be read, in their Protobuf encoding. */
  List<byte[]> records() {
    return records;
  }

  /** Notes what the sealer did not take. */
  void reject(List<Rejected> rejected) {
    for (Rejected one : rejected) {
      RejectionCode code = RejectionCode.forNumber(one.code());
      rejections.put(
          places.get(one.offset()),
          new Rejection(code == null ? "" + one.code() : code.name(), "", one.reason()));
    }
  }

  int accepted() {
    return rows - rejections.size();
  }

  /** 200 when all were taken, 207 when some were, 422 when none was. */
  HttpStatus status() {
    if (rejections.isEmpty()) {
      return HttpStatus.OK;
    }
    return accepted() == 0 ? HttpStatus.UNPROCESSABLE_ENTITY : HttpStatus.MULTI_STATUS;
  }

  /** How many, and which not. */
  void writeTo(ObjectNode answer) {
    answer.put("accepted", accepted()).put("rejected", rejections.size());
    SortedMap<String, Integer> counts = new TreeMap<>();
    rejections.values().forEach(one -> counts.merge(one.code, 1, Integer::sum));
    ArrayNode codes = answer.putArray("codes");
    counts.forEach((code, count) -> codes.addObject().put("code", code).put("records", count));
    ArrayNode listed = answer.putArray("rejections");
    rejections.entrySet().stream()
        .limit(MOST_LISTED)
        .forEach(
            one -> {
              Rejection rejection = one.getValue();
              ObjectNode node =
                  listed.addObject().put("index", one.getKey()).put("code", rejection.code);
              if (!rejection.field.isEmpty()) {
                node.put("field", rejection.field);
              }
              node.put("reason", rejection.reason);
            });
  }
}
