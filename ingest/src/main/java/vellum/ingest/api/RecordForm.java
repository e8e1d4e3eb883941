package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import vellum.ingest.importer.BodyRows;
import vellum.ingest.importer.CloudEvents;

/**
 * How a request brings records, by its headers. Immutable.
 *
 * @param isOne whether it must be one record: a CloudEvent in binary mode, whose attributes are
 *     headers and whose data is the body
 */
record RecordForm(BodyRows.Form form, boolean isOne) {

  /** In binary mode an attribute is a header with this in front of its name. */
  private static final String PREFIX = "ce-";

  private static final String SPEC_VERSION = PREFIX + CloudEvents.SPEC_VERSION;

  /**
   * Reads the headers.
   *
   * @throws Problem when they say something else
   */
  static RecordForm of(RequestHeaders headers) {
    BodyRows.Form form = form(headers.contentType());
    if (!headers.contains(SPEC_VERSION)) {
      return new RecordForm(form, false);
    }
    if (form != BodyRows.Form.JSON) {
      throw unsupported();
    }
    if (!headers.get(SPEC_VERSION, "").equals(CloudEvents.VERSION)) {
      throw Problem.bad("BAD_EVENT", SPEC_VERSION + " must be " + CloudEvents.VERSION);
    }
    for (String name : CloudEvents.REQUIRED) {
      if (headers.get(PREFIX + name, "").isEmpty()) {
        throw Problem.bad("BAD_EVENT", "the header " + PREFIX + name + " is missing");
      }
    }
    return new RecordForm(form, true);
  }

  private static BodyRows.Form form(@Nullable MediaType type) {
    if (type == null || !isUtf8(type.charset())) {
      throw unsupported();
    }
    return switch (type.type() + "/" + type.subtype()) {
      case "application/json" -> BodyRows.Form.JSON;
      case "application/x-ndjson", "application/ndjson" -> BodyRows.Form.NDJSON;
      case "text/csv" -> BodyRows.Form.CSV;
      case "application/cloudevents+json", "application/cloudevents-batch+json" ->
          BodyRows.Form.EVENTS;
      default -> throw unsupported();
    };
  }

  private static boolean isUtf8(@Nullable Charset charset) {
    return charset == null || charset.equals(StandardCharsets.UTF_8);
  }

  private static Problem unsupported() {
    return new Problem(
        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
        "NOT_RECORDS",
        "content-type must be application/json, application/x-ndjson, text/csv,"
            + " application/cloudevents+json or application/cloudevents-batch+json, in UTF-8");
  }

  /** The rows of the body. */
  BodyRows rows(AggregatedHttpRequest request, @Nullable String account) {
    byte[] body = request.content().array();
    if (isOne && firstOf(body) != '{') {
      throw Problem.bad("BAD_EVENT", "the data of an event must be one JSON object: the record");
    }
    return BodyRows.of(form, body, account);
  }

  private static int firstOf(byte[] body) {
    for (byte one : body) {
      if (one > ' ' || one < 0) {
        return one;
      }
    }
    return -1;
  }
}
