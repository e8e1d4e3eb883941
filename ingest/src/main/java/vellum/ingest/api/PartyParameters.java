package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.DateTimeException;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.AccountId;

/** Whose period, and which: parameters of requests about bills. Stateless. */
final class PartyParameters {

  private PartyParameters() {}

  /** The one account or supplier that a query names. */
  static Party party(ServiceRequestContext context) {
    return required(optional(context));
  }

  /** The account or supplier that a query names, or null. */
  static @Nullable Party optional(ServiceRequestContext context) {
    return of(context.queryParam("account"), context.queryParam("supplier"));
  }

  /** The one account or supplier that a body names. */
  static Party party(ObjectNode body) {
    return required(optional(body));
  }

  /** The account or supplier that a body names, or null. */
  static @Nullable Party optional(ObjectNode body) {
    return of(Query.text(body, "account"), Query.text(body, "supplier"));
  }

  private static Party required(@Nullable Party party) {
    if (party == null) {
      throw Problem.bad("BAD_PARTY", "name an account or a supplier");
    }
    return party;
  }

  private static @Nullable Party of(@Nullable String account, @Nullable String supplier) {
    if (account != null && supplier != null) {
      throw Problem.bad("BAD_PARTY", "name an account or a supplier, not both");
    }
    if (account != null) {
      return new Party(Cube.SALE, Query.account(account).value());
    }
    if (supplier == null || supplier.isEmpty()) {
      return supplier == null ? null : new Party(Cube.COST, "");
    }
    try {
      return new Party(Cube.COST, AccountId.of(supplier).value());
    } catch (IllegalArgumentException e) {
      throw Problem.bad(
          "BAD_SUPPLIER", "supplier must have 1 to " + AccountId.MAX_BYTES + " bytes");
    }
  }

  /** A calendar month. */
  static YearMonth period(@Nullable String text) {
    try {
      if (text != null && text.matches("[0-9]{4}-[0-9]{2}")) {
        YearMonth period = YearMonth.parse(text);
        if (period.getYear() >= 1970) {
          return period;
        }
      }
    } catch (DateTimeException e) {
      // Said below, for all ways to be wrong.
    }
    throw Problem.bad("BAD_PERIOD", "a period is a month such as 2026-10, from 1970 on");
  }

  static int revision(ServiceRequestContext context) {
    String text = context.queryParam("revision");
    if (text == null) {
      return 0;
    }
    if (!text.matches("[1-9][0-9]{0,5}")) {
      throw Problem.bad("BAD_REVISION", "revision must be a number from 1");
    }
    return Integer.parseInt(text);
  }
}
