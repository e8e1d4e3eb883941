package vellum.ingest.api;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Money;
import vellum.core.billing.RowMatch;
import vellum.core.period.FoundRecord;
import vellum.core.record.CsvCell;
import vellum.core.record.Digits;
import vellum.core.record.Output;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.Leg;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.Submission;

/**
 * Records as CSV (RFC 4180): lines that end with CR LF, quotes where a value needs them; what is
 * absent is empty. Columns have the names by which an import takes them, where it does; those of a
 * leg are the first leg's that was asked for. Not thread-safe.
 */
final class RecordCsv implements RecordLines {

  /** The columns, in their order. */
  static final List<String> COLUMNS =
      List.of(
          ("month,identities,record_id,archive_reference,started_at,account,channel,direction,"
                  + "traffic_type,sender,recipient,country,mcc_mnc,status_group,status,error_code,"
                  + "sent_at,done_at,duration_ms,units,unit_type,sale_price,expected_cost,currency,"
                  + "legs,leg,supplier,connection,route,cost_price,cost_currency,next")
              .split(","));

  private static final long MICROS = 1_000_000;

  private final @Nullable RowMatch legs;
  private final Output out = new Output(1 << 16);
  private final Digits digits = new Digits();
  private boolean isFirst = true;

  RecordCsv(@Nullable RowMatch legs) {
    this.legs = legs;
  }

  @Override
  public byte[] head() {
    COLUMNS.forEach(this::text);
    endLine();
    return taken();
  }

  @Override
  public byte[] page(List<FoundRecord> records, RecordView view, String next) {
    for (int i = 0; i < records.size(); i++) {
      FoundRecord found = records.get(i);
      RecordView.Opened opened = view.open(found);
      DetailRecord record = opened.record();
      text(opened.month().toString());
      text(opened.shown());
      text(record.getRecordId());
      text(opened.archiveReference());
      header(record);
      delivery(record);
      rating(record);
      leg(record, found);
      text(i == records.size() - 1 ? next : "");
      endLine();
    }
    return taken();
  }

  private void header(DetailRecord record) {
    Submission submission = record.getSubmission();
    time(record.hasStartedAt(), record.getStartedAt());
    text(record.getAccount());
    text(record.getChannel().name());
    name(submission.getDirectionValue(), submission.getDirection());
    name(submission.getTrafficTypeValue(), submission.getTrafficType());
    text(party(submission.getSender()));
    text(party(submission.getRecipient()));
    text(submission.getCountryOfRecipient());
    text(submission.getMccMnc());
  }

  private void delivery(DetailRecord record) {
    Delivery delivery = record.getDelivery();
    name(delivery.getStatusGroupValue(), delivery.getStatusGroup());
    text(delivery.getStatus());
    text(delivery.getErrorCode());
    time(delivery.hasSentAt(), delivery.getSentAt());
    time(delivery.hasDoneAt(), delivery.getDoneAt());
    text(delivery.hasCall() ? Long.toString(delivery.getCall().getDurationMs()) : "");
  }

  private void rating(DetailRecord record) {
    Rating rating = record.getRating();
    boolean has = record.hasRating();
    text(has ? Long.toString(rating.getUnits()) : "");
    name(rating.getUnitTypeValue(), rating.getUnitType());
    text(has ? money(rating.getSalePriceNanos()) : "");
    text(has ? money(rating.getCostPriceNanos()) : "");
    text(rating.getCurrency());
  }

  private void leg(DetailRecord record, FoundRecord found) {
    text(Integer.toString(record.getLegsCount()));
    Leg leg = leg(record, number(found));
    boolean has = leg.getNumber() > 0;
    text(has ? Integer.toString(leg.getNumber()) : "");
    text(leg.getSupplier());
    text(leg.getConnection());
    text(leg.getRoute());
    text(has ? money(leg.getCostNanos()) : "");
    text(leg.getCurrency());
  }

  /** Number of the first leg that was asked for; 0 when any will do. */
  private int number(FoundRecord found) {
    if (legs == null) {
      return 0;
    }
    List<Integer> numbers = legs.legs(found.row(), Math.floorDiv(found.startedAtMicros(), MICROS));
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  private static Leg leg(DetailRecord record, int number) {
    return record.getLegsList().stream()
        .filter(leg -> number == 0 || leg.getNumber() == number)
        .findFirst()
        .orElse(Leg.getDefaultInstance());
  }

  private void time(boolean isThere, Timestamp time) {
    separate();
    if (isThere) {
      digits.timestamp(out, time.getSeconds(), time.getNanos());
    }
  }

  private static String money(long nanos) {
    return Money.text(nanos);
  }

  private static String party(Party party) {
    return party.getIdentifiersList().stream()
        .map(Identifier::getValue)
        .distinct()
        .collect(Collectors.joining(" "));
  }

  private void name(int number, Enum<?> value) {
    text(number == 0 ? "" : value.name());
  }

  private void text(String value) {
    separate();
    byte[] bytes = CsvCell.of(value).getBytes(StandardCharsets.UTF_8);
    out.write(bytes, 0, bytes.length);
  }

  private void separate() {
    if (!isFirst) {
      out.writeByte(',');
    }
    isFirst = false;
  }

  private void endLine() {
    out.writeByte('\r');
    out.writeByte('\n');
    isFirst = true;
  }

  private byte[] taken() {
    byte[] bytes = Arrays.copyOf(out.bytes(), out.size());
    out.clear();
    return bytes;
  }
}
