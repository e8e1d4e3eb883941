package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.math.BigInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Money;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;

/**
 * Records as the server answers them, page by page: in tables a row each, or one for each leg that
 * was asked for, or for each posting. For one thread.
 */
final class RecordRows {

  /** What a row is. */
  enum Kind {
    RECORD("STARTED ACCOUNT CHANNEL DIR FROM TO STATUS >UNITS >SALE IDENTITIES ID"),
    LEG("STARTED ACCOUNT CHANNEL >LEG SUPPLIER CONNECTION ROUTE STATUS >UNITS >COST ID"),
    POSTING("STARTED ACCOUNT CHANNEL NUMBER >COUNT >UNITS >AMOUNT RUN IDENTITIES ID");

    private final String titles;

    Kind(String titles) {
      this.titles = titles;
    }
  }

  private final Screen screen;
  private final Kind kind;
  private final PagedRows rows;
  private long legs;
  private long stripped;

  RecordRows(Screen screen, OutputFormat format, Kind kind) {
    this.screen = screen;
    this.kind = kind;
    this.rows = new PagedRows(screen, format, new Table(kind.titles.split(" ", -1)), this::row);
  }

  /** Takes a page's records; the server is asked for no more than so many. */
  void add(JsonNode records, long most) {
    rows.add(records, most);
    records.forEach(record -> legs += record.path("matching_legs").size());
  }

  long rows() {
    return rows.rows();
  }

  /** Says of archived records among them, where a table shows them, what their ids are. */
  void tellStripped() {
    if (stripped > 0) {
      screen
          .err()
          .println(
              Figures.count(stripped, "record")
                  + " without identities; in place of the id stands the archive's reference");
    }
  }

  /** How many there are, in words. */
  String count() {
    return switch (kind) {
      case RECORD -> Figures.count(rows(), "record");
      case LEG -> Figures.count(legs, "leg") + " of " + Figures.count(rows(), "record");
      case POSTING -> Figures.count(rows(), "posting");
    };
  }

  /** Prints what is not printed yet, with what {@link PagedRows#end} says. */
  void end(@Nullable ObjectNode summary) {
    rows.end(summary);
  }

  private void row(Table table, JsonNode json) {
    DetailRecord record = read(json.path("record"));
    stripped += json.hasNonNull("archive_reference") ? 1 : 0;
    String id =
        record.getRecordId().isEmpty()
            ? json.path("archive_reference").asText("")
            : record.getRecordId();
    switch (kind) {
      case RECORD -> record(table, json, record, id);
      case LEG ->
          StreamSupport.stream(json.path("matching_legs").spliterator(), false)
              .flatMap(
                  number ->
                      record.getLegsList().stream()
                          .filter(leg -> leg.getNumber() == number.asInt()))
              .forEach(leg -> leg(table, record, leg, id));
      case POSTING -> posting(table, json, record, id);
    }
  }

  private static void record(Table table, JsonNode json, DetailRecord record, String id) {
    table.row(
        started(record),
        record.getAccount(),
        record.getChannel().name(),
        record.hasSubmission() ? record.getSubmission().getDirection().name() : "",
        party(record.getSubmission().getSender()),
        party(record.getSubmission().getRecipient()),
        record.hasDelivery() ? record.getDelivery().getStatusGroup().name() : "",
        record.hasRating() ? Long.toString(record.getRating().getUnits()) : "",
        record.hasRating() ? price(record.getRating()) : "",
        json.path("identities").asText(""),
        id);
  }

  private static void leg(Table table, DetailRecord record, Leg leg, String id) {
    table.row(
        started(record),
        record.getAccount(),
        record.getChannel().name(),
        Integer.toString(leg.getNumber()),
        leg.getSupplier(),
        leg.getConnection(),
        leg.getRoute(),
        leg.getStatusGroupValue() == 0 ? "" : leg.getStatusGroup().name(),
        Long.toString(leg.getUnits()),
        money(leg.getCostNanos(), leg.getCurrency()),
        id);
  }

  private static void posting(Table table, JsonNode json, DetailRecord record, String id) {
    JsonNode posting = json.path("posting");
    table.row(
        record.hasStartedAt() ? started(record) : "",
        record.getAccount(),
        record.hasStartedAt() ? record.getChannel().name() : "",
        posting.path("number").asText(),
        posting.path("count").asText(),
        posting.path("units").asText(),
        (Money.shown(posting.path("amount").asText()) + ' ' + posting.path("currency").asText())
            .strip(),
        posting.path("run").asText(),
        json.path("identities").asText(""),
        id.isEmpty() ? posting.path("record").asText() : id);
  }

  private static String started(DetailRecord record) {
    return Timestamps.toString(record.getStartedAt());
  }

  private static String price(Rating rating) {
    return money(rating.getSalePriceNanos(), rating.getCurrency());
  }

  private static String money(long nanos, String currency) {
    return (Money.shown(BigInteger.valueOf(nanos)) + ' ' + currency).strip();
  }

  private static String party(Party party) {
    return party.getIdentifiersList().stream()
        .map(Identifier::getValue)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private static DetailRecord read(JsonNode json) {
    DetailRecord.Builder record = DetailRecord.newBuilder();
    try {
      if (!json.isMissingNode()) {
        JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), record);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFault(
          ExitCode.FAILED, "the server answers in a form that this version does not know");
    }
    return record.build();
  }
}
