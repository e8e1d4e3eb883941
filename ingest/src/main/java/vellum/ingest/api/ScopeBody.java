package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.CaseSubject;
import vellum.core.casefile.ScopeJson;
import vellum.v1.Channel;

/**
 * The scope of a case in a request's body, as people write it. Stateless.
 *
 * <pre>{@code
 * {"subjects":["+49 170 1234567","imsi:262…","sender:ACME","record:019a…","ip:192.0.2.1"],
 *  "region":"DE","accounts":["acme"],"from":"2026-01-01","to":"2026-12-01T00:00:00Z",
 *  "channels":["SMS"]}
 * }</pre>
 *
 * A subject is written as in a look-up of a person ({@link SubjectText}), or with a prefix that
 * says that it is none.
 */
final class ScopeBody {

  private static final List<String> FIELDS =
      List.of("subjects", "region", "accounts", "from", "to", "channels");

  private static final Map<String, CaseSubject.Kind> PREFIXES =
      Map.of(
          "sender:", CaseSubject.Kind.SENDER_ID,
          "record:", CaseSubject.Kind.RECORD_ID,
          "ip:", CaseSubject.Kind.PLATFORM_IP);

  private ScopeBody() {}

  /**
   * Reads a scope.
   *
   * @param json null: it is missing
   * @throws Problem when it is not as it must be; no subject is repeated
   * @throws CaseException likewise
   */
  static CaseScope read(@Nullable JsonNode json) {
    if (!(json instanceof ObjectNode scope)) {
      throw new CaseException.BadScope("scope is missing, or no object");
    }
    scope
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw Problem.bad("UNKNOWN_FIELD", "a scope may have " + FIELDS);
              }
            });
    SortedSet<String> accounts = new TreeSet<>(texts(scope, "accounts"));
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    for (String channel : texts(scope, "channels")) {
      channels.add(ScopeJson.channel(channel.toUpperCase(Locale.ROOT)));
    }
    return new CaseScope(
        subjects(scope),
        accounts,
        instant(Query.text(scope, "from"), "from"),
        instant(Query.text(scope, "to"), "to"),
        channels);
  }

  /** The fields {@code subjects} and {@code region} of an object; none when they are not there. */
  static List<CaseSubject> subjects(ObjectNode json) {
    String region = Query.text(json, "region");
    List<CaseSubject> subjects = new ArrayList<>();
    texts(json, "subjects").forEach(text -> subjects.add(subject(text, region)));
    return subjects;
  }

  /** A subject as somebody wrote it. */
  static CaseSubject subject(String text, @Nullable String region) {
    String given = text.strip();
    for (Map.Entry<String, CaseSubject.Kind> prefix : PREFIXES.entrySet()) {
      int length = prefix.getKey().length();
      if (given.regionMatches(true, 0, prefix.getKey(), 0, length)) {
        return CaseSubject.of(prefix.getValue(), given.substring(length));
      }
    }
    try {
      return CaseSubject.of(SubjectText.ofCase(given, region));
    } catch (Problem e) {
      throw new Problem(HttpStatus.UNPROCESSABLE_ENTITY, e.code(), e.detail());
    }
  }

  /**
   * An instant, or the start of a day of UTC.
   *
   * @param text null: it is missing, which is refused as any other bad one
   */
  static Instant instant(@Nullable String text, String field) {
    long micros = Query.micros(text, field);
    long seconds = TimeUnit.MICROSECONDS.toSeconds(micros);
    long rest = micros - TimeUnit.SECONDS.toMicros(seconds);
    return Instant.ofEpochSecond(seconds, TimeUnit.MICROSECONDS.toNanos(rest));
  }

  private static List<String> texts(ObjectNode scope, String field) {
    JsonNode list = scope.path(field);
    List<String> texts = new ArrayList<>();
    if (list.size() > CaseScope.MOST) {
      throw new CaseException.BadScope("a scope has at most " + CaseScope.MOST + " " + field);
    }
    for (JsonNode one : list) {
      texts.add(one.isTextual() ? one.textValue() : "");
    }
    if (texts.contains("") || !(list.isArray() || list.isMissingNode())) {
      throw Problem.bad("BAD_FIELD", field + " must be a list of texts");
    }
    return texts;
  }
}
