package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.Timestamps;
import java.math.BigInteger;
import java.util.stream.Collectors;
import vellum.core.billing.Money;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Party;
import vellum.v1.Rating;

/** Records as the server answers them, a row each, page by page. For one thread. */
final class RecordRows {

  private final Screen screen;
  private final OutputFormat format;
  private final Table table =
      new Table(
          "STARTED",
          "ACCOUNT",
          "CHANNEL",
          "DIR",
          "FROM",
          "TO",
          "STATUS",
          ">UNITS",
          ">SALE",
          "IDENTITIES",
          "ID");
  private final ArrayNode all = JsonNodeFactory.instance.arrayNode();
  private long rows;
  private long stripped;

  RecordRows(Screen screen, OutputFormat format) {
    this.screen = screen;
    this.format = format;
  }

  /** Takes a page's records, at most so many of them. */
  void add(JsonNode records, long most) {
    long left = most;
    for (JsonNode record : records) {
      if (left-- <= 0) {
        return;
      }
      rows++;
      switch (format) {
        case JSON -> all.add(record);
        case NDJSON -> screen.out().println(record);
        case CSV, TABLE -> row(record);
      }
    }
  }

  long rows() {
    return rows;
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

  /** Prints what is not printed yet. */
  void end() {
    switch (format) {
      case JSON -> screen.out().println(JsonRows.pretty(all));
      case NDJSON -> {}
      case CSV -> table.printCsv(screen.out());
      case TABLE -> {
        if (rows > 0) {
          table.print(screen.out(), screen.outPaint());
        }
      }
    }
  }

  private void row(JsonNode json) {
    DetailRecord record = read(json.path("record"));
    String identities = json.path("identities").asText("");
    stripped += json.hasNonNull("archive_reference") ? 1 : 0;
    table.row(
        Timestamps.toString(record.getStartedAt()),
        record.getAccount(),
        record.getChannel().name(),
        record.hasSubmission() ? record.getSubmission().getDirection().name() : "",
        party(record.getSubmission().getSender()),
        party(record.getSubmission().getRecipient()),
        record.hasDelivery() ? record.getDelivery().getStatusGroup().name() : "",
        record.hasRating() ? Long.toString(record.getRating().getUnits()) : "",
        record.hasRating() ? price(record.getRating()) : "",
        identities,
        record.getRecordId().isEmpty()
            ? json.path("archive_reference").asText("")
            : record.getRecordId());
  }

  private static String price(Rating rating) {
    String amount = Money.shown(BigInteger.valueOf(rating.getSalePriceNanos()));
    return (amount + ' ' + rating.getCurrency()).strip();
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
      JsonFormat.parser().ignoringUnknownFields().merge(json.toString(), record);
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFault(
          ExitCode.FAILED, "the server answers in a form that this version does not know");
    }
    return record.build();
  }
}
