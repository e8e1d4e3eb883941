package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.access.AccountScope;
import vellum.core.access.Role;
import vellum.core.access.Token;
import vellum.core.access.TokenRequest;
import vellum.core.access.TokenStore;
import vellum.core.audit.AuditEvent;

/**
 * Makes, lists and revokes tokens. A token stands in the answer to the request that made it, and
 * nowhere else. Thread-safe.
 */
final class TokenRequests {

  private static final List<String> FIELDS = List.of("name", "roles", "accounts", "expires_at");

  private static final String NEVER = "never";

  private final TokenStore tokens;

  TokenRequests(TokenStore tokens) {
    this.tokens = tokens;
  }

  void add(RouteTable routes) {
    routes.get("/v1/tokens", Access.of(Role.ADMINISTRATOR, Role.AUDITOR)).answers(this::list);
    routes.post("/v1/tokens", Access.of(Role.ADMINISTRATOR)).answers(this::create);
    routes.post("/v1/tokens/{number}/revoke", Access.of(Role.ADMINISTRATOR)).answers(this::revoke);
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    Instant now = tokens.now();
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("tokens");
    tokens.all().forEach(token -> all.add(json(token, now)));
    return answer;
  }

  JsonNode create(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, FIELDS);
    String name = Query.text(body, "name");
    TokenRequest asked =
        new TokenRequest(name == null ? "" : name, roles(body), accounts(body), expiry(body));
    String by = Caller.name(context);
    Audited audited = Audited.of(context);
    TokenStore.Made made =
        audited.change(
            audited
                .draft(AuditEvent.TOKEN_CREATED)
                .about("token " + asked.name() + ", " + Role.texts(asked.roles())),
            () -> tokens.create(asked, by),
            (draft, done) ->
                draft.about(
                    "token "
                        + done.token().number()
                        + ", "
                        + asked.name()
                        + ", "
                        + Role.texts(asked.roles())));
    ObjectNode answer = json(made.token(), tokens.now()).put("token", made.text());
    List<Long> others = sameName(made.token());
    if (!others.isEmpty()) {
      others.forEach(answer.putArray("same_name")::add);
    }
    return answer;
  }

  /** Numbers of good tokens that have a token's name too, as while an old one is exchanged. */
  private List<Long> sameName(Token token) {
    Instant now = tokens.now();
    return tokens.all().stream()
        .filter(other -> other.number() != token.number() && other.name().equals(token.name()))
        .filter(other -> other.state(now) == Token.State.GOOD)
        .map(Token::number)
        .toList();
  }

  private static Set<Role> roles(ObjectNode body) {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String text : texts(body, "roles")) {
      try {
        roles.add(Role.of(text));
      } catch (IllegalArgumentException e) {
        throw Problem.bad("BAD_TOKEN_REQUEST", String.valueOf(e.getMessage()));
      }
    }
    return roles;
  }

  /** Those that are named. An empty list is no way to say all. */
  private static AccountScope accounts(ObjectNode body) {
    Set<String> ids = new HashSet<>(texts(body, "accounts"));
    if (ids.isEmpty() && body.has("accounts")) {
      throw Problem.bad("BAD_TOKEN_REQUEST", "accounts must name some, or be left out for all");
    }
    try {
      return new AccountScope(ids);
    } catch (IllegalArgumentException e) {
      throw Problem.bad("BAD_TOKEN_REQUEST", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> texts(ObjectNode body, String field) {
    JsonNode list = body.path(field);
    List<String> texts = new ArrayList<>();
    for (JsonNode one : list) {
      texts.add(one.isTextual() ? one.textValue() : "");
    }
    if (texts.contains("") || !(list.isArray() || list.isMissingNode())) {
      throw Problem.bad("BAD_FIELD", field + " must be a list of texts");
    }
    return texts;
  }

  private Instant expiry(ObjectNode body) {
    String text = Query.text(body, "expires_at");
    if (text == null) {
      return tokens.now().plus(TokenRequest.DEFAULT_LIFE).truncatedTo(ChronoUnit.SECONDS);
    }
    if (text.equals(NEVER)) {
      return Instant.MAX;
    }
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw Problem.bad(
          "BAD_TIME", "expires_at must be an instant such as 2027-01-31T23:00:00Z, or never");
    }
  }

  JsonNode revoke(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, List.of("reason", "dry_run"));
    long number = number(context.pathParam("number"));
    if (PeriodRequests.flag(body, "dry_run")) {
      return json(tokens.wouldRevoke(number), tokens.now()).put("dry_run", true);
    }
    String reason = Query.reason(Query.text(body, "reason"));
    String by = Caller.name(context);
    Audited audited = Audited.of(context);
    Token revoked =
        audited.change(
            audited.draft(AuditEvent.TOKEN_REVOKED, reason).about("token " + number),
            () -> tokens.revoke(number, by, reason));
    return json(revoked, tokens.now()).put("dry_run", false);
  }

  private static long number(@Nullable String text) {
    if (text == null || !text.matches("[1-9][0-9]{0,17}")) {
      throw Problem.bad("BAD_ID", "a token is revoked by its number, from 1");
    }
    return Long.parseLong(text);
  }

  private static ObjectNode json(Token token, Instant now) {
    ObjectNode node = Json.object().put("number", token.number()).put("name", token.name());
    token.roles().stream().sorted().map(Role::text).forEach(node.putArray("roles")::add);
    if (!token.accounts().isEvery()) {
      new TreeSet<>(token.accounts().ids()).forEach(node.putArray("accounts")::add);
    }
    node.put("state", token.state(now).name().toLowerCase(Locale.ROOT))
        .put("created_at", token.createdAt().toString())
        .put("created_by", token.createdBy());
    if (!token.expiresAt().equals(Instant.MAX)) {
      node.put("expires_at", token.expiresAt().toString());
    }
    Token.Revocation revoked = token.revocation();
    if (revoked != null) {
      node.put("revoked_at", revoked.at().toString())
          .put("revoked_by", revoked.by())
          .put("reason", revoked.reason());
    }
    return node;
  }
}
