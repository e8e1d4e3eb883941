package vellum.ingest.importer;

import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.v1.CallDetails;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.ErrorGroup;
import vellum.v1.MessageDetails;
import vellum.v1.StatusGroup;
import vellum.v1.UnitType;

/**
 * Maps Twilio's Message and Call resources. The body is content and is left out. Prices are
 * negative where the account is charged, so they change sign. Thread-safe.
 */
final class TwilioRows implements RowMapper {

  /** By a message's {@code status}. */
  private static final Map<String, StatusGroup> MESSAGE_STATUS =
      Map.ofEntries(
          Map.entry("accepted", StatusGroup.ACCEPTED),
          Map.entry("scheduled", StatusGroup.ACCEPTED),
          Map.entry("queued", StatusGroup.ACCEPTED),
          Map.entry("sending", StatusGroup.PENDING),
          Map.entry("sent", StatusGroup.PENDING),
          Map.entry("partially_delivered", StatusGroup.PENDING),
          Map.entry("delivered", StatusGroup.DELIVERED),
          Map.entry("read", StatusGroup.DELIVERED),
          Map.entry("undelivered", StatusGroup.UNDELIVERABLE),
          Map.entry("failed", StatusGroup.REJECTED),
          Map.entry("canceled", StatusGroup.REJECTED),
          Map.entry("receiving", StatusGroup.PENDING),
          Map.entry("received", StatusGroup.DELIVERED));

  /** By a call's {@code status}. */
  private static final Map<String, StatusGroup> CALL_STATUS =
      Map.of(
          "queued", StatusGroup.ACCEPTED,
          "initiated", StatusGroup.ACCEPTED,
          "ringing", StatusGroup.PENDING,
          "in-progress", StatusGroup.PENDING,
          "completed", StatusGroup.DELIVERED,
          "busy", StatusGroup.UNDELIVERABLE,
          "no-answer", StatusGroup.UNDELIVERABLE,
          "failed", StatusGroup.UNDELIVERABLE,
          "canceled", StatusGroup.REJECTED);

  /** By {@code error_code} of messages; others are left unspecified. */
  private static final Map<String, ErrorGroup> ERRORS =
      Map.of(
          "30003", ErrorGroup.HANDSET,
          "30004", ErrorGroup.USER,
          "30005", ErrorGroup.USER,
          "30006", ErrorGroup.USER,
          "30007", ErrorGroup.OPERATOR,
          "30008", ErrorGroup.OPERATOR,
          "21610", ErrorGroup.USER,
          "21614", ErrorGroup.USER);

  private final @Nullable String account;

  TwilioRows(@Nullable String account) {
    this.account = account;
  }

  @Override
  public DetailRecord map(Fields f) {
    String sid = f.required("sid");
    boolean call = sid.startsWith("CA") || f.hasAny("start_time", "end_time", "parent_call_sid");
    String own = f.text("account_sid");
    String charged = RecordHeader.account(account != null ? account : own, account, "account_sid");
    ProviderRecord record = new ProviderRecord("twilio");
    record.header(
        call ? Channel.VOICE : channel(f, sid),
        call ? callStart(f) : Times.micros(f.required("date_created"), "date_created"),
        charged,
        sid);
    record.updatedAt(f.micros("date_updated"));
    record
        .submission()
        .setDirection(direction(f.text("direction")))
        .setSubAccount(account == null ? "" : own)
        .setApplication(f.text("messaging_service_sid"));
    record.sender(f.text("from"), "from");
    record.recipient(f.required("to"), "to");
    if (call) {
      call(f, record);
    } else {
      message(f, record);
    }
    price(f, record);
    return record.build();
  }

  private static Channel channel(Fields f, String sid) {
    String addresses = f.text("from") + ' ' + f.text("to");
    if (addresses.contains("whatsapp:")) {
      return Channel.WHATSAPP;
    }
    if (addresses.contains("messenger:")) {
      return Channel.MESSENGER;
    }
    if (addresses.contains("rcs:")) {
      return Channel.RCS;
    }
    return sid.startsWith("MM") ? Channel.MMS : Channel.SMS;
  }

  /**
   * A call that was never dialled keeps the time of its creation; one that still may be has no time
   * yet, and would get another id once it has.
   */
  private static long callStart(Fields f) {
    if (f.has("start_time")) {
      return Times.micros(f.text("start_time"), "start_time");
    }
    StatusGroup group = CALL_STATUS.get(f.text("status"));
    if (group == StatusGroup.ACCEPTED || group == StatusGroup.PENDING) {
      throw new BadRow(BadRowCode.NOT_STARTED, "start_time", "the call has not been dialled yet");
    }
    return Times.micros(f.required("date_created"), "date_created");
  }

  private static Direction direction(String text) {
    if (text.isEmpty()) {
      return Direction.DIRECTION_UNSPECIFIED;
    }
    return text.equals("inbound") || text.equals("trunking-originating")
        ? Direction.MO
        : Direction.MT;
  }

  private static void message(Fields f, ProviderRecord record) {
    String status = f.text("status");
    record.status(status, status, MESSAGE_STATUS);
    String error = f.text("error_code");
    record
        .delivery()
        .setErrorCode(error)
        .setErrorGroup(
            error.isEmpty() && MESSAGE_STATUS.get(status) == StatusGroup.DELIVERED
                ? ErrorGroup.OK
                : ERRORS.getOrDefault(error, ErrorGroup.ERROR_GROUP_UNSPECIFIED));
    record.sentAt(f.micros("date_sent"));
    long segments = f.count("num_segments", 0);
    if (segments > 0) {
      record.submission().setMessage(MessageDetails.newBuilder().setSegments((int) segments));
    }
    record.units(segments, UnitType.SEGMENT);
  }

  private static void call(Fields f, ProviderRecord record) {
    String status = f.text("status");
    record.status(status, status, CALL_STATUS);
    long durationMs = f.millis("duration");
    CallResult.Builder result = CallResult.newBuilder().setDurationMs(durationMs);
    Long ended = f.micros("end_time");
    if (ended != null) {
      result.setEndedAt(Times.timestamp(ended));
    }
    record.delivery().setCall(result);
    record.sentAt(f.micros("start_time"));
    record.doneAt(ended);
    var submission = record.submission();
    submission
        .setCallerName(f.text("caller_name"))
        .setCall(
            CallDetails.newBuilder()
                .setCallId(f.text("sid"))
                .setParentCallId(f.text("parent_call_sid")));
    String forwarded = f.text("forwarded_from");
    if (!forwarded.isEmpty()) {
      submission.setForwardedFrom(Addresses.of(forwarded, "forwarded_from").party());
    }
    record.units((durationMs + 999) / 1000, UnitType.SECOND);
  }

  private static void price(Fields f, ProviderRecord record) {
    String text = f.text("price");
    if (!text.isEmpty()) {
      BigDecimal charged = Amounts.decimal(text, "price").negate();
      record.price(charged, "price", f.text("price_unit"), "price_unit");
    }
  }
}
