package vellum.core.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rows of table {@code policy}: JSON, numbered by format. The key is the version, four bytes,
 * big-endian. Thread-safe.
 *
 * <pre>{@code
 * {"format":1,"version":1,"yaml":"…","sha256":"…","accepted_at":"2026-…Z","by":"…","reason":"…"}
 * }</pre>
 */
final class PolicyRows {

  /** The format written. All from 1 to it are read. */
  static final int FORMAT = 1;

  private static final JsonMapper MAPPER = new JsonMapper();

  private PolicyRows() {}

  static byte[] key(int version) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
  }

  static byte[] write(PolicyVersion version) {
    ObjectNode row =
        MAPPER
            .createObjectNode()
            .put("format", FORMAT)
            .put("version", version.version())
            .put("yaml", version.yaml())
            .put("sha256", version.sha256())
            .put("accepted_at", version.acceptedAt().toString())
            .put("by", version.by())
            .put("reason", version.reason());
    try {
      return MAPPER.writeValueAsBytes(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a row of strings and numbers can be written", e);
    }
  }

  static PolicyVersion read(byte[] key, byte[] row) {
    int number = ByteBuffer.wrap(key).getInt();
    try {
      JsonNode json = MAPPER.readTree(row);
      int format = json.required("format").asInt();
      if (format > FORMAT) {
        throw new PolicyException.WrongFormat(
            "policy version "
                + number
                + " has format "
                + format
                + ", this version reads "
                + FORMAT);
      }
      PolicyVersion version =
          new PolicyVersion(
              json.required("version").asInt(),
              json.required("yaml").asText(),
              json.required("sha256").asText(),
              Instant.parse(json.required("accepted_at").asText()),
              json.required("by").asText(),
              json.required("reason").asText());
      if (version.version() == number) {
        return version;
      }
      throw corrupt(number, null);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw corrupt(number, e);
    }
  }

  static PolicyException.Corrupt corrupt(int number, @Nullable Throwable cause) {
    return new PolicyException.Corrupt(
        "version " + number + " of the policy is not what was accepted: restore the control store",
        cause);
  }
}
