package vellum.core.casefile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.v1.Channel;

/**
 * A scope as part of a case's document. Empty lists are left out. Stateless.
 *
 * <pre>{@code
 * {"subjects":[{"kind":"number","value":"+49…"}],"accounts":["acme"],
 *  "from":"2026-01-01T00:00:00Z","to":"2026-12-01T00:00:00Z","channels":["SMS"]}
 * }</pre>
 */
public final class ScopeJson {

  private static final Set<String> FIELDS =
      Set.of("subjects", "accounts", "from", "to", "channels");

  private ScopeJson() {}

  public static ObjectNode write(CaseScope scope) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (!scope.subjects().isEmpty()) {
      ArrayNode subjects = json.putArray("subjects");
      for (CaseSubject subject : scope.subjects()) {
        subjects.addObject().put("kind", subject.kind().text()).put("value", subject.value());
      }
    }
    if (!scope.accounts().isEmpty()) {
      scope.accounts().forEach(json.putArray("accounts")::add);
    }
    json.put("from", scope.from().toString()).put("to", scope.to().toString());
    if (!scope.channels().isEmpty()) {
      ArrayNode channels = json.putArray("channels");
      scope.channels().forEach(channel -> channels.add(channel.name()));
    }
    return json;
  }

  /**
   * Reads a scope.
   *
   * @throws CaseException.BadScope when it is not as it must be; no value is repeated
   * @throws CaseException.BadSubject when a subject is not
   */
  public static CaseScope read(JsonNode json) {
    if (!json.isObject()) {
      throw new CaseException.BadScope("a scope is an object");
    }
    json.fieldNames()
        .forEachRemaining(
            name -> {
              if (!FIELDS.contains(name)) {
                throw new CaseException.BadScope("a scope has the fields " + new TreeSet<>(FIELDS));
              }
            });
    List<CaseSubject> subjects = new ArrayList<>();
    list(json, "subjects").forEach(each -> subjects.add(subject(each)));
    SortedSet<String> accounts = new TreeSet<>();
    list(json, "accounts").forEach(each -> accounts.add(text("an account", each)));
    Set<Channel> channels = EnumSet.noneOf(Channel.class);
    list(json, "channels").forEach(each -> channels.add(channel(text("a channel", each))));
    return new CaseScope(subjects, accounts, instant(json, "from"), instant(json, "to"), channels);
  }

  /**
   * The channel of a name.
   *
   * @throws CaseException.BadScope naming those that there are
   */
  public static Channel channel(String name) {
    try {
      return Channel.valueOf(name);
    } catch (IllegalArgumentException e) {
      List<Channel> known = new ArrayList<>(List.of(Channel.values()));
      known.removeAll(List.of(Channel.CHANNEL_UNSPECIFIED, Channel.UNRECOGNIZED));
      throw new CaseException.BadScope("a channel is one of " + known);
    }
  }

  private static CaseSubject subject(JsonNode json) {
    CaseSubject.Kind kind =
        CaseSubject.Kind.of(text("a subject's kind", json.path("kind")))
            .orElseThrow(() -> new CaseException.BadScope("a subject's kind is not known"));
    return CaseSubject.of(kind, text("a subject's value", json.path("value")));
  }

  private static Iterable<JsonNode> list(JsonNode json, String field) {
    JsonNode list = json.path(field);
    if (!list.isMissingNode() && !list.isArray()) {
      throw new CaseException.BadScope("of a scope, " + field + " is a list");
    }
    if (list.size() > CaseScope.MOST) {
      throw new CaseException.BadScope("of a scope, " + field + " has at most " + CaseScope.MOST);
    }
    return list;
  }

  private static String text(String what, JsonNode json) {
    if (!json.isTextual()) {
      throw new CaseException.BadScope(what + " is a text");
    }
    return json.textValue();
  }

  private static Instant instant(JsonNode json, String field) {
    try {
      return Instant.parse(text("of a scope, " + field, json.path(field)));
    } catch (DateTimeException e) {
      throw new CaseException.BadScope(
          "of a scope, " + field + " is an instant such as 2026-01-01T00:00:00Z");
    }
  }
}
