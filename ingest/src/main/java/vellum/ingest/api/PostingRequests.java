package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.AuditEvent;
import vellum.core.billing.Party;
import vellum.core.period.Place;
import vellum.core.settlement.ManualPosting;
import vellum.core.settlement.PostingDesk;

/** Takes postings by hand, and lists all that stands on a bill. Thread-safe. */
final class PostingRequests {

  private static final List<String> FIELDS =
      List.of(
          "account",
          "supplier",
          "period",
          "kind",
          "amount",
          "currency",
          "reason",
          "record",
          "line",
          "reverses",
          "dry_run");

  private final PostingDesk postings;
  private final PartyNames names;
  private final Freshness freshness;

  PostingRequests(PostingDesk postings, PartyNames names, Freshness freshness) {
    this.postings = postings;
    this.names = names;
    this.freshness = freshness;
  }

  JsonNode add(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    Json.onlyFields(body, FIELDS);
    String reason = Query.text(body, "reason");
    PostingDesk.Request asked =
        new PostingDesk.Request(
            PartyParameters.party(body),
            PartyParameters.period(Query.text(body, "period")),
            kind(Query.text(body, "kind")),
            Query.text(body, "amount"),
            Query.text(body, "currency"),
            reason == null ? "" : reason,
            record(Query.text(body, "record")),
            Query.text(body, "line"),
            reverses(body.get("reverses")));
    String by = Caller.name(context);
    freshness.await();
    if (PeriodRequests.flag(body, "dry_run")) {
      return PeriodJson.of(postings.add(asked, by, true));
    }
    Audited audited = Audited.of(context);
    String about = asked.period() + " of " + names.of(asked.party());
    ManualPosting made =
        audited.change(
            audited.draft(AuditEvent.POSTING_ADDED, asked.reason()).about(about),
            () -> postings.add(asked, by, false),
            (draft, done) -> draft.about("posting " + done.number() + ", " + about));
    return PeriodJson.of(made);
  }

  private static ManualPosting.Kind kind(@Nullable String text) {
    for (ManualPosting.Kind kind : ManualPosting.Kind.values()) {
      if (text != null && kind.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return kind;
      }
    }
    throw Problem.bad(
        "BAD_KIND", "kind must be one of " + Arrays.toString(ManualPosting.Kind.values()));
  }

  private static @Nullable UUID record(@Nullable String text) {
    return text == null ? null : RecordRequests.id(text);
  }

  private static long reverses(@Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return 0;
    }
    if (!node.canConvertToLong() || !node.isIntegralNumber() || node.longValue() < 1) {
      throw Problem.bad("BAD_REFERENCE", "reverses must be the number of a posting, from 1");
    }
    return node.longValue();
  }

  JsonNode list(ServiceRequestContext context, AggregatedHttpRequest request) {
    Party party = PartyParameters.party(context);
    String text = Query.optional(context, "period");
    YearMonth period = text == null ? null : PartyParameters.period(text);
    int limit = Query.limit(context);
    String cursor = Query.optional(context, "cursor");
    Place after = cursor == null ? null : Cursor.parse(cursor);
    freshness.await();
    PostingDesk.Listed listed = postings.list(party, period, after, limit);
    ObjectNode answer = Json.object();
    ArrayNode all = answer.putArray("postings");
    listed.manual().forEach(one -> all.add(PeriodJson.of(one)));
    listed.made().forEach(one -> all.add(PeriodJson.of(one, PostingDesk.currency(one))));
    Place next = listed.next();
    return next == null ? answer : answer.put("next", Cursor.text(next));
  }
}
