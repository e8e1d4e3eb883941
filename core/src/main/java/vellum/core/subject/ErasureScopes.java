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
 * after a restart. Thread-safe.
 */
final class ErasureScopes {

  private static final String NAME = "erasure-scopes";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final CaseFiles cases;

  ErasureScopes(CaseFiles cases) {
    this.cases = cases;
  }

  void keep(CaseId id, List<CaseScope> scopes) {
    ArrayNode json = JSON.createArrayNode();
    scopes.forEach(scope -> json.add(ScopeJson.write(scope)));
    try {
      cases.attach(id, NAME, JSON.writeValueAsBytes(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("scopes are JSON", e);
    }
  }

  List<CaseScope> find(CaseId id) {
    byte[] bytes =
        cases
            .attachment(id, NAME)
            .orElseThrow(() -> new ErasureException.BrokenLedger("lacks its scopes"));
    try {
      List<CaseScope> scopes = new ArrayList<>();
      for (JsonNode scope : JSON.readTree(bytes)) {
        scopes.add(ScopeJson.read(scope));
      }
      return scopes;
    } catch (IOException e) {
      throw new ErasureException.BrokenLedger("has scopes that cannot be read");
    }
  }

  void drop(CaseId id) {
    cases.detach(id, NAME);
  }
}
