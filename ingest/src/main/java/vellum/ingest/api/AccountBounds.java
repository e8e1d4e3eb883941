package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.QueryParams;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import vellum.core.access.AccountScope;
import vellum.core.billing.Dimension;

/**
 * Keeps whoever is bound to accounts to those: each request must name one of them at least, and
 * none but them. Stateless.
 */
final class AccountBounds {

  private AccountBounds() {}

  /**
   * Checks what is known before the body is there.
   *
   * @throws Problem when a caller asks beyond its accounts
   */
  static void check(ServiceRequestContext context, Access access, AccountScope scope) {
    if (scope.isEvery() || access.open()) {
      return;
    }
    switch (access.naming()) {
      case NOWHERE ->
          throw refused("this answers for all accounts, and the caller is bound to some");
      case QUERY -> require(scope, named(context.queryParams()));
      case PATH -> require(scope, List.of(String.valueOf(context.pathParam("id"))));
      case BODY, ROWS -> {}
    }
  }

  /** The same with the body; what it says beside accounts is the handler's to judge. */
  static void check(Access access, AccountScope scope, AggregatedHttpRequest request) {
    if (!scope.isEvery() && access.naming() == Access.Naming.BODY) {
      require(scope, named(Json.body(request)));
    }
  }

  private static List<String> named(QueryParams query) {
    List<String> named = new ArrayList<>();
    for (String name : query.names()) {
      if (isAccount(name)) {
        named.addAll(query.getAll(name));
      }
    }
    return named;
  }

  /** Dimensions are understood in capitals too ({@code Dimension.parse}). */
  private static boolean isAccount(String name) {
    return name.toLowerCase(Locale.ROOT).equals(Dimension.ACCOUNT.toString());
  }

  private static List<String> named(ObjectNode body) {
    List<String> named = new ArrayList<>();
    String account = Query.text(body, "account");
    if (account != null) {
      named.add(account);
    }
    for (Map.Entry<String, JsonNode> dimension : body.path("where").properties()) {
      if (isAccount(dimension.getKey())) {
        dimension.getValue().forEach(one -> named.add(one.asText()));
      }
    }
    return named;
  }

  private static void require(AccountScope scope, List<String> named) {
    if (named.isEmpty()) {
      throw refused("the caller is bound to accounts: name one of them as account");
    }
    if (!named.stream().allMatch(scope::has)) {
      throw refused("the caller is bound to other accounts");
    }
  }

  private static Problem refused(String detail) {
    return new Problem(HttpStatus.FORBIDDEN, "ACCOUNT_NOT_ALLOWED", detail);
  }
}
