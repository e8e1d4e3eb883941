package vellum.core.subject;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import vellum.core.casefile.CaseFiles;
import vellum.core.casefile.CaseId;
import vellum.core.casefile.CaseScope;
import vellum.core.casefile.ScopeJson;

/**
 * Whom an erasure is of, sealed under its request's key until it is found: so that a search goes on
 * after a restart; and whose records it found, likewise. Thread-safe.
 */
final class ErasureScopes {

  private static final String NAME = "erasure-scopes";
  private static final String ACCOUNTS = "erasure-accounts";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CaseFiles cases;

  ErasureScopes(CaseFiles cases) {
    this.cases = cases;
  }

  void keep(CaseId id, List<CaseScope> scopes) {
    ArrayNode json = JSON.createArrayNode();
    scopes.forEach(scope -> json.add(ScopeJson.write(scope)));
    attach(id, NAME, json);
  }

  private void attach(CaseId id, String name, ArrayNode json) {
    try {
      cases.attach(id, name, JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scopes and names are JSON", e);
    }
  }

  /** Keeps the names of accounts. */
  void keepAccounts(CaseId id, List<String> accounts) {
    ArrayNode json = JSON.createArrayNode();
    accounts.forEach(json::add);
    attach(id, ACCOUNTS, json);
  }

  /** Forgets the scopes, which nobody needs when all is found. */
  void drop(CaseId id) {
    cases.detach(id, NAME);
  }

  /** What {@link #keepAccounts} keeps; none before. */
  List<String> accounts(CaseId id) {
    List<String> accounts = new ArrayList<>();
    cases
        .attachment(id, ACCOUNTS)
        .ifPresent(bytes -> read(bytes).forEach(name -> accounts.add(name.asText())));
    return accounts;
  }

  List<CaseScope> find(CaseId id) {
    byte[] bytes =
        cases
            .attachment(id, NAME)
            .orElseThrow(() -> new ErasureException.BrokenLedger("lacks its scopes"));
    List<CaseScope> scopes = new ArrayList<>();
    for (JsonNode scope : read(bytes)) {
      scopes.add(ScopeJson.read(scope));
    }
    return scopes;
  }

  private static JsonNode read(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new ErasureException.BrokenLedger("has scopes that cannot be read");
    }
  }
}
