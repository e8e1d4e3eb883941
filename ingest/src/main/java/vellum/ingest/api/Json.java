package vellum.ingest.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Requests' and answers' bodies. Stateless. */
final class Json {

  private static final MediaType PROBLEM = MediaType.parse("application/problem+json");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** The object of a request's body. */
  static ObjectNode body(AggregatedHttpRequest request) {
    MediaType type = request.contentType();
    if (type == null || !type.isJson()) {
      throw new Problem(
          HttpStatus.UNSUPPORTED_MEDIA_TYPE, "NOT_JSON", "content-type must be application/json");
    }
    try {
      if (MAPPER.readTree(request.content().array()) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      // The parser's words may repeat the body.
    }
    throw Problem.bad("BAD_JSON", "the body must be one JSON object");
  }

  /** Refuses a body with other fields than these. */
  static void onlyFields(ObjectNode body, List<String> fields) {
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!fields.contains(name)) {
                throw Problem.bad("UNKNOWN_FIELD", "the body may have " + fields);
              }
            });
  }

  static HttpResponse response(HttpStatus status, JsonNode body) {
    return HttpResponse.of(status, MediaType.JSON_UTF_8, bytes(body));
  }

  static HttpResponse response(Problem problem) {
    int retryAfter = problem.retryAfterSeconds();
    ResponseHeadersBuilder headers = ResponseHeaders.builder(problem.status()).contentType(PROBLEM);
    if (retryAfter > 0) {
      headers.setInt(HttpHeaderNames.RETRY_AFTER, retryAfter);
    }
    return HttpResponse.of(headers.build(), problemBody(problem));
  }

  /** An answer that was kept. */
  static HttpResponse response(KeptAnswers.Kept kept) {
    return HttpResponse.of(
        ResponseHeaders.of(
            HttpStatus.valueOf(kept.status()),
            HttpHeaderNames.CONTENT_TYPE,
            kept.isProblem() ? PROBLEM : MediaType.JSON_UTF_8,
            Idempotency.REPLAYED,
            "true"),
        HttpData.wrap(kept.body()));
  }

  static HttpData problemBody(Problem problem) {
    return bytes(problemNode(problem));
  }

  /** RFC 9457; members may be added. */
  static ObjectNode problemNode(Problem problem) {
    ObjectNode body =
        object()
            .put("type", "about:blank")
            .put("title", problem.status().reasonPhrase())
            .put("status", problem.status().code())
            .put("detail", problem.detail())
            .put("code", problem.code());
    if (!problem.roles().isEmpty()) {
      problem.roles().forEach(body.putArray("roles")::add);
    }
    return body;
  }

  static MediaType problemType() {
    return PROBLEM;
  }

  static byte[] write(JsonNode body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  /** Writes to memory. */
  static JsonGenerator generator(ByteArrayOutputStream out) {
    try {
      return MAPPER.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpData bytes(JsonNode body) {
    return HttpData.wrap(write(body));
  }
}
