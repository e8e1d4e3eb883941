package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.ByteArrayInputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditEvent;
import vellum.core.registry.Account;
import vellum.core.registry.Imported;
import vellum.core.registry.Registry;
import vellum.core.registry.RegistryException;
import vellum.core.registry.RegistryStore;

/** Reads and changes the registry. Thread-safe. */
final class AccountRequests {

  private final RegistryStore registry;

  AccountRequests(RegistryStore registry) {
    this.registry = registry;
  }

  JsonNode importAll(ServiceRequestContext context, AggregatedHttpRequest request) {
    requireYaml(request.contentType());
    byte[] yaml = request.content().array();
    Imported imported = change(context, "a file of accounts and suppliers", yaml, "");
    Registry now = registry.registry();
    return Json.object()
        .put("accounts", now.accounts().size())
        .put("suppliers", now.suppliers().size())
        .put("added", imported.added())
        .put("changed", imported.changed())
        .put("unchanged", imported.unchanged());
  }

  /** One account as JSON is a file with one account: JSON is YAML. */
  JsonNode put(ServiceRequestContext context, AggregatedHttpRequest request) {
    String id = Objects.requireNonNull(context.pathParam("id"));
    ObjectNode body = Json.body(request);
    JsonNode named = body.get("id");
    if (named != null && !(named.isTextual() && named.textValue().equals(id))) {
      throw Problem.bad("BAD_ACCOUNT", "id must be the one of the address, or left out");
    }
    ObjectNode file = Json.object().put("format", 1);
    file.putArray("accounts").add(body.put("id", id));
    change(context, "one account", Json.write(file), "line 1: accounts[0]");
    return show(context, request);
  }

  private Imported change(ServiceRequestContext context, String about, byte[] yaml, String place) {
    Audited audited = Audited.of(context);
    return audited.change(
        audited.draft(AuditEvent.ACCOUNTS_CHANGED).about(about),
        () -> importYaml(yaml, place),
        (draft, done) -> draft.counting((long) done.added() + done.changed()));
  }

  /**
   * @param place with which the message begins and that says nothing to the caller
   */
  private Imported importYaml(byte[] yaml, String place) {
    try {
      return registry.importYaml(new ByteArrayInputStream(yaml));
    } catch (RegistryException.Invalid | RegistryException.WrongFormat e) {
      String message = String.valueOf(e.getMessage());
      String detail = message.startsWith(place) ? message.substring(place.length()) : message;
      throw Problem.bad("BAD_ACCOUNT", detail.replaceFirst("^[:. ]+", ""));
    }
  }

  private static void requireYaml(@Nullable MediaType type) {
    if (type == null || !(type.isJson() || type.subtype().contains("yaml"))) {
      throw new Problem(
          com.linecorp.armeria.common.HttpStatus.UNSUPPORTED_MEDIA_TYPE,
          "NOT_YAML",
          "content-type must be application/yaml or application/json");
    }
  }

  JsonNode show(ServiceRequestContext context, AggregatedHttpRequest request) {
    Account account = registry.registry().account(Objects.requireNonNull(context.pathParam("id")));
    if (account == null) {
      throw Problem.notFound("no account of this id is registered");
    }
    return AccountJson.whole(account);
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode answer = Json.object();
    ArrayNode accounts = answer.putArray("accounts");
    registry.registry().accounts().forEach(account -> accounts.add(AccountJson.head(account)));
    return answer;
  }

  JsonNode suppliers(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode answer = Json.object();
    ArrayNode suppliers = answer.putArray("suppliers");
    registry.registry().suppliers().forEach(supplier -> suppliers.add(AccountJson.of(supplier)));
    return answer;
  }
}
