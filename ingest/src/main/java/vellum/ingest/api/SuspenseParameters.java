package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.seal.SuspenseCode;
import vellum.core.suspense.Corrections;
import vellum.core.suspense.SuspenseFilter;

/** Which rows of suspense a request is about, and what is to be corrected. Stateless. */
final class SuspenseParameters {

  private SuspenseParameters() {}

  static Corrections corrections(@Nullable JsonNode set) {
    Map<String, String> values = new LinkedHashMap<>();
    if (set != null) {
      if (!set.isObject()) {
        throw Problem.bad("BAD_FIELD", "set must be an object of fields and values");
      }
      set.properties().forEach(one -> values.put(one.getKey(), one.getValue().asText()));
    }
    return Corrections.of(values);
  }

  static SuspenseFilter filter(ServiceRequestContext context, long asOf) {
    return filter(
        Query.optional(context, "code"),
        Query.optional(context, "account"),
        Query.optional(context, "from"),
        Query.optional(context, "to"),
        asOf);
  }

  static SuspenseFilter filter(
      @Nullable String code,
      @Nullable String account,
      @Nullable String from,
      @Nullable String to,
      long asOf) {
    long first = from == null ? 0 : Query.micros(from, "from");
    long end = to == null ? Long.MAX_VALUE : Query.micros(to, "to");
    if (first >= end) {
      throw Problem.bad("BAD_TIME", "from must be before to");
    }
    String of = account == null ? "" : Query.account(account).value();
    return new SuspenseFilter(code(code), of, first, end, asOf);
  }

  private static int code(@Nullable String name) {
    if (name == null) {
      return 0;
    }
    for (SuspenseCode one : SuspenseCode.values()) {
      if (one.name().equals(name)) {
        return one.number();
      }
    }
    throw Problem.bad("BAD_CODE", "code must be one of " + List.of(SuspenseCode.values()));
  }
}
