package vellum.core.audit;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import vellum.core.record.JsonString;

/**
 * An entry's bytes, format 1: one line of JSON in UTF-8, without line feed. Fields stand in this
 * order, those that are empty are left out, nothing is escaped that need not be (RFC 8259, section
 * 7). Written here, since the bytes of an entry must not depend on a library's version. Stateless.
 *
 * <pre>
 *   {"entry":17,"at":"2026-11-22T14:20:11.123Z","event":"IDENTITIES_REVEALED","outcome":"ANSWERED",
 *    "who":"jane","role":"privacy","means":"token","about":"record 019a…","case":"C-12",
 *    "why":"…","count":1,"of":16,"details":"&lt;hex&gt;","previous":"&lt;hex&gt;"}
 *   {"entry":18,"at":"…","key":"h-1","sealed":"&lt;base64&gt;","previous":"&lt;hex&gt;"}
 * </pre>
 */
final class EntryLine {

  private static final int MOST_BYTES = 16 * 1024;
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final StringBuilder out = new StringBuilder(512);

  private EntryLine() {}

  static byte[] write(Entry entry) {
    EntryLine line = new EntryLine();
    line.number("entry", entry.number());
    line.text("at", entry.at().toString());
    if (entry.content() instanceof Draft draft) {
      line.draft(draft);
    } else if (entry.content() instanceof SealedDraft sealed) {
      line.text("key", sealed.key());
      line.text("sealed", Base64.getEncoder().encodeToString(sealed.body()));
    }
    line.text("previous", entry.previous());
    return line.out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /** What an entry says, alone: one object of JSON, fields as above. */
  static byte[] write(Draft draft) {
    EntryLine line = new EntryLine();
    line.draft(draft);
    return line.out.append('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  private void draft(Draft draft) {
    text("event", draft.event().name());
    text("outcome", draft.outcome().name());
    text("who", draft.actor().name());
    text("role", draft.actor().role());
    text("means", draft.actor().means());
    text("about", draft.about());
    text("case", draft.caseId());
    text("why", draft.why());
    number("count", draft.count());
    number("of", draft.of());
    text("details", draft.details());
  }

  private void number(String name, long value) {
    if (value >= 0) {
      name(name);
      out.append(value);
    }
  }

  private void text(String name, String value) {
    if (!value.isEmpty()) {
      name(name);
      JsonString.append(out, value);
    }
  }

  private void name(String name) {
    out.append(out.isEmpty() ? '{' : ',');
    JsonString.append(out, name);
    out.append(':');
  }

  /** The entry of a line; empty when no entry is written so. */
  static Optional<Entry> read(byte[] line) {
    if (line.length > MOST_BYTES) {
      return Optional.empty();
    }
    try {
      Entry entry = entry(MAPPER.readTree(line));
      return Arrays.equals(entry.line(), line) ? Optional.of(entry) : Optional.empty();
    } catch (IOException | IllegalArgumentException | DateTimeException notAnEntry) {
      return Optional.empty();
    }
  }

  /** What an entry says, as {@link #write(Draft)} wrote it; empty when it is nothing such. */
  static Optional<Draft> readDraft(byte[] text) {
    try {
      Draft draft = draft(MAPPER.readTree(text));
      return Arrays.equals(write(draft), text) ? Optional.of(draft) : Optional.empty();
    } catch (IOException | IllegalArgumentException notAnEntry) {
      return Optional.empty();
    }
  }

  private static Entry entry(JsonNode node) {
    Content content =
        node.has("sealed")
            ? new SealedDraft(text(node, "key"), Base64.getDecoder().decode(text(node, "sealed")))
            : draft(node);
    return new Entry(
        node.path("entry").asLong(Draft.NONE),
        Instant.parse(text(node, "at")),
        content,
        text(node, "previous"));
  }

  private static Draft draft(JsonNode node) {
    return new Draft(
        AuditEvent.valueOf(text(node, "event")),
        Outcome.valueOf(text(node, "outcome")),
        new Actor(text(node, "who"), text(node, "role"), text(node, "means")),
        text(node, "about"),
        text(node, "case"),
        text(node, "why"),
        node.path("count").asLong(Draft.NONE),
        node.path("of").asLong(Draft.NONE),
        text(node, "details"));
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
