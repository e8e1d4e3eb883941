package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.HttpStatus;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.casefile.CaseException;
import vellum.core.casefile.CaseScope;
import vellum.core.order.GrantedClass;
import vellum.core.order.NewOrder;

/** An order in a request's body. Stateless. */
final class OrderBody {

  private static final List<String> FIELDS =
      List.of(
          "authority",
          "country",
          "legal_basis",
          "reference",
          "deadline",
          "emergency",
          "scope",
          "classes",
          "certificate",
          "forms",
          "dry_run");

  private OrderBody() {}

  /**
   * Reads an order.
   *
   * @throws Problem when a field is not as it must be; of a subject, as a refusal
   */
  static NewOrder read(ObjectNode body) {
    Json.onlyFields(body, FIELDS);
    return new NewOrder(
        orEmpty(Query.text(body, "authority")),
        Query.text(body, "country"),
        orEmpty(Query.text(body, "legal_basis")),
        orEmpty(Query.text(body, "reference")),
        ScopeBody.instant(Query.text(body, "deadline"), "deadline"),
        PeriodRequests.flag(body, "emergency"),
        scope(body),
        classes(body),
        orEmpty(Query.text(body, "certificate")),
        texts(body, "forms"));
  }

  /** A subject that can be nobody is refused as the order's other faults are. */
  private static CaseScope scope(ObjectNode body) {
    try {
      return ScopeBody.read(body.get("scope"));
    } catch (CaseException.BadSubject e) {
      throw refused(String.valueOf(e.getMessage()));
    } catch (Problem e) {
      throw e.code().equals("BAD_SUBJECT") ? refused(e.detail()) : e;
    }
  }

  private static Problem refused(String detail) {
    return new Problem(HttpStatus.CONFLICT, "BAD_SUBJECT", detail);
  }

  private static Set<GrantedClass> classes(ObjectNode body) {
    Set<GrantedClass> classes = EnumSet.noneOf(GrantedClass.class);
    for (String text : texts(body, "classes")) {
      classes.add(
          GrantedClass.of(text)
              .orElseThrow(
                  () ->
                      Problem.bad(
                          "BAD_ORDER",
                          "a class is routing, billing, identity, content, usage or free_text")));
    }
    return classes;
  }

  private static Set<String> texts(ObjectNode body, String field) {
    JsonNode list = body.path(field);
    Set<String> texts = new LinkedHashSet<>();
    if (!list.isMissingNode() && !list.isArray()) {
      throw Problem.bad("BAD_FIELD", field + " must be a list of texts");
    }
    list.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
