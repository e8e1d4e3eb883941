package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.util.List;

/** In which form a look-up is to be answered, by {@code Accept} (RFC 9110, 12.5.1). */
enum Wanted {
  /** A page, with the cursor of the next. */
  JSON("application/json; charset=utf-8"),
  /** All of it, one JSON object a line. */
  NDJSON("application/x-ndjson"),
  /** All of it as RFC 4180. */
  CSV("text/csv; charset=utf-8; header=present");

  @SuppressWarnings("ImmutableEnumChecker") // It is, but carries another library's annotation.
  private final MediaType type;

  Wanted(String name) {
    this.type = MediaType.parse(name);
  }

  MediaType type() {
    return type;
  }

  /**
   * What the headers ask for: the one that they like best, JSON where they like several as much.
   *
   * @throws Problem when none of them is acceptable
   */
  static Wanted of(RequestHeaders headers) {
    List<MediaType> accepted = headers.accept();
    if (accepted.isEmpty()) {
      return JSON;
    }
    for (MediaType range : accepted) {
      for (Wanted one : values()) {
        if (one.isIn(range)) {
          return one;
        }
      }
    }
    throw new Problem(
        HttpStatus.NOT_ACCEPTABLE,
        "NOT_ACCEPTABLE",
        "answers are application/json, application/x-ndjson or text/csv");
  }

  private boolean isIn(MediaType range) {
    boolean isOlderName = this == NDJSON && range.subtype().equals("ndjson");
    return (range.type().equals("*") || range.type().equals(type.type()))
        && (range.subtype().equals("*") || range.subtype().equals(type.subtype()) || isOlderName);
  }
}
