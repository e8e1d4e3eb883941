package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditEvent;
import vellum.core.record.Sha256;

/** Answers about retention, and takes what operators decide. Thread-safe. */
final class RetentionRequests {

  private static final int MOST_FIELD_CHARS = 128;
  private static final Pattern PERIOD =
      Pattern.compile("([0-9]{4})(-(?:0[1-9]|1[0-2]))?(?:\\.([a-z0-9-]{1,24}))?");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

  private final RetentionPort port;
  private final Freshness freshness;

  RetentionRequests(RetentionPort port, Freshness freshness) {
    this.port = port;
    this.freshness = freshness;
  }

  JsonNode status(ServiceRequestContext context, AggregatedHttpRequest request) {
    return RetentionJson.of(port.overview());
  }

  JsonNode explain(ServiceRequestContext context, AggregatedHttpRequest request) {
    UUID id = RecordRequests.id(context.pathParam("id"));
    String field = Query.optional(context, "field");
    if (field != null && (field.isBlank() || field.length() > MOST_FIELD_CHARS)) {
      throw Problem.bad("BAD_FIELD", "field must have 1 to " + MOST_FIELD_CHARS + " characters");
    }
    freshness.await();
    return port.explain(id, field)
        .map(explained -> RetentionJson.of(id.toString(), explained))
        .orElseThrow(() -> Problem.notFound("no record of this id is there"));
  }

  JsonNode policy(ServiceRequestContext context, AggregatedHttpRequest request) {
    OptionalInt version = version(context, "version");
    return port.policy(version)
        .map(RetentionJson::of)
        .orElseThrow(() -> Problem.notFound("the policy has no such version"));
  }

  JsonNode diff(ServiceRequestContext context, AggregatedHttpRequest request) {
    return RetentionJson.of(port.difference(yaml(request)));
  }

  JsonNode accept(ServiceRequestContext context, AggregatedHttpRequest request) {
    String reason = Query.reason(Query.optional(context, "reason"));
    int replaces =
        version(context, "replaces")
            .orElseThrow(
                () ->
                    Problem.bad(
                        "BAD_VERSION",
                        "replaces must be the version that the difference was made against: its"
                            + " from_version"));
    byte[] yaml = yaml(request);
    String by = Caller.name(context);
    Audited audited = Audited.of(context);
    return audited.change(
        audited
            .draft(AuditEvent.POLICY_CHANGED, reason)
            .about("version that replaces " + replaces)
            .digesting(Sha256.hex(yaml)),
        () -> RetentionJson.of(port.accept(yaml, replaces, by, reason)));
  }

  private static OptionalInt version(ServiceRequestContext context, String name) {
    String text = Query.optional(context, name);
    if (text == null) {
      return OptionalInt.empty();
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw Problem.bad("BAD_VERSION", name + " must be a number from 1");
    }
    return OptionalInt.of(Integer.parseInt(text));
  }

  JsonNode certificates(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("certificates");
    port.certificates().forEach(one -> all.add(RetentionJson.of(one)));
    return answer;
  }

  JsonNode certificate(ServiceRequestContext context, AggregatedHttpRequest request) {
    String period = period(Objects.requireNonNull(context.pathParam("period")));
    RetentionPort.Signed signed =
        port.certificate(period)
            .orElseThrow(() -> Problem.notFound("no certificate of this period has been made"));
    return Json.object().put("period", period).put("pem", signed.pem()).put("json", signed.json());
  }

  /** A month alone is the default class's, a year alone is the archive year of it. */
  static String period(String text) {
    Matcher parts = PERIOD.matcher(text);
    if (!parts.matches()) {
      throw Problem.bad(
          "BAD_PERIOD", "a period is 2025-03, 2025-03.default, 2024-01.usage, or 2025 for a year");
    }
    String name = parts.group(3) == null ? "default" : parts.group(3);
    return parts.group(2) == null
        ? parts.group(1) + "-01." + name + "-year"
        : parts.group(1) + parts.group(2) + "." + name;
  }

  JsonNode signer(ServiceRequestContext context, AggregatedHttpRequest request) {
    return Json.object().put("pem", port.signer());
  }

  JsonNode clock(ServiceRequestContext context, AggregatedHttpRequest request) {
    return RetentionJson.of(port.clock());
  }

  JsonNode confirmClock(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason"));
    String reason = Query.reason(text(body, "reason"));
    String by = Caller.name(context);
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.CLOCK_CONFIRMED, reason),
        () -> RetentionJson.of(port.confirmClock(by, reason)));
  }

  JsonNode backups(ServiceRequestContext context, AggregatedHttpRequest request) {
    return backups(port.backups());
  }

  JsonNode rewriteBackups(ServiceRequestContext context, AggregatedHttpRequest request) {
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.KEY_BACKUP_WRITTEN).about("all key backups"),
        () -> backups(port.rewriteBackups()));
  }

  private static JsonNode backups(List<RetentionPort.KeyBackup> backups) {
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("backups");
    backups.forEach(one -> all.add(RetentionJson.of(one)));
    return answer;
  }

  JsonNode addBackup(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("name", "directory", "key_encryption_file"));
    String name = text(body, "name");
    if (name == null || !NAME.matcher(name).matches()) {
      throw Problem.bad("BAD_BACKUP", "name must match " + NAME);
    }
    Path directory = path(body, "directory");
    Path keyEncryptionFile = path(body, "key_encryption_file");
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.KEY_BACKUP_ADDED).about("key backup " + name),
        () -> RetentionJson.of(port.addBackup(name, directory, keyEncryptionFile)));
  }

  private static Path path(ObjectNode body, String field) {
    String text = text(body, field);
    try {
      if (text != null && Path.of(text).isAbsolute()) {
        return Path.of(text);
      }
    } catch (InvalidPathException e) {
      // Said below, like every other path that is none.
    }
    throw Problem.bad("BAD_BACKUP", field + " must be an absolute path on the server's machine");
  }

  private static @Nullable String text(ObjectNode body, String field) {
    JsonNode node = body.get(field);
    return node == null || !node.isTextual() ? null : node.textValue();
  }

  private static byte[] yaml(AggregatedHttpRequest request) {
    MediaType type = request.contentType();
    if (type == null || !(type.isJson() || type.subtype().contains("yaml"))) {
      throw new Problem(
          com.linecorp.armeria.common.HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "NOT_YAML",
          "content-type must be application/yaml or application/json");
    }
    return request.content().array();
  }
}
