package vellum.ingest.importer;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.record.TextRule;
import vellum.v1.CallDetails;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.EmailDetails;
import vellum.v1.EmailResult;
import vellum.v1.ErrorGroup;
import vellum.v1.MessageDetails;
import vellum.v1.StatusGroup;
import vellum.v1.UnitType;

/**
 * Maps rows of Infobip: SMS logs and reports, e-mail logs and reports, call logs, told apart by
 * their fields. The message's text is content and is left out. Without {@code --account} the
 * account is the row's entity, else its application. Thread-safe.
 */
final class InfobipRows implements RowMapper {

  private static final String[] SENDER = {"sender", "from"};
  private static final String[] RECIPIENT = {"destination", "to", "destinations[0].to"};

  /** By {@code status.groupName}, and by {@code state} of calls. */
  private static final Map<String, StatusGroup> STATUS_GROUPS =
      Map.ofEntries(
          Map.entry("ACCEPTED", StatusGroup.ACCEPTED),
          Map.entry("PENDING", StatusGroup.PENDING),
          Map.entry("UNDELIVERABLE", StatusGroup.UNDELIVERABLE),
          Map.entry("DELIVERED", StatusGroup.DELIVERED),
          Map.entry("EXPIRED", StatusGroup.EXPIRED),
          Map.entry("REJECTED", StatusGroup.REJECTED),
          Map.entry("CALLING", StatusGroup.PENDING),
          Map.entry("RINGING", StatusGroup.PENDING),
          Map.entry("ESTABLISHED", StatusGroup.PENDING),
          Map.entry("FINISHED", StatusGroup.DELIVERED),
          Map.entry("BUSY", StatusGroup.UNDELIVERABLE),
          Map.entry("NO_ANSWER", StatusGroup.UNDELIVERABLE),
          Map.entry("CANCELLED", StatusGroup.REJECTED),
          Map.entry("FAILED", StatusGroup.UNDELIVERABLE));

  /** By {@code error.groupName}. */
  private static final Map<String, ErrorGroup> ERROR_GROUPS =
      Map.of(
          "OK", ErrorGroup.OK,
          "HANDSET_ERRORS", ErrorGroup.HANDSET,
          "USER_ERRORS", ErrorGroup.USER,
          "OPERATOR_ERRORS", ErrorGroup.OPERATOR);

  /** By {@code channel}. */
  private static final Map<String, Channel> CHANNELS =
      Map.of(
          "SMS", Channel.SMS,
          "MMS", Channel.MMS,
          "VOICE", Channel.VOICE,
          "EMAIL", Channel.EMAIL,
          "WHATSAPP", Channel.WHATSAPP,
          "VIBER", Channel.VIBER,
          "RCS", Channel.RCS,
          "MESSENGER", Channel.MESSENGER,
          "TELEGRAM", Channel.TELEGRAM);

  private final @Nullable String account;

  InfobipRows(@Nullable String account) {
    this.account = account;
  }

  @Override
  public DetailRecord map(Fields f) {
    Channel channel = channel(f);
    boolean call = channel == Channel.VOICE;
    ProviderRecord record = new ProviderRecord("infobip");
    String entity = f.text("platform.entityId", "entityId");
    String application = f.text("platform.applicationId", "applicationId", "applicationIds[0]");
    String named = account != null ? account : entity.isEmpty() ? application : entity;
    String startField = call ? f.nameOf("startTime", "sentAt") : "sentAt";
    record.header(
        channel,
        Times.micros(f.required(startField), startField),
        RecordHeader.account(named, account, "platform.entityId"),
        call ? f.required("callId", "messageId") : f.required("messageId"));
    var submission = record.submission();
    submission
        .setDirection(f.text("direction").equals("INBOUND") ? Direction.MO : Direction.MT)
        .setSubAccount(account == null ? "" : entity)
        .setApplication(application)
        .setCampaign(f.text("campaignReferenceId"))
        .setBulkId(f.text("bulkId"))
        .setCallbackData(f.text("callbackData"));
    record.sender(f.text(SENDER), f.nameOf(SENDER));
    f.required(RECIPIENT);
    record.recipient(f.text(RECIPIENT), f.nameOf(RECIPIENT));
    record.mccMnc(f.text("mccMnc"), "mccMnc");
    outcome(f, record);
    switch (channel) {
      case VOICE -> call(f, record);
      case EMAIL -> mail(f, record);
      default -> message(f, record, channel);
    }
    return record.build();
  }

  private static Channel channel(Fields f) {
    Channel named = CHANNELS.get(f.text("channel").toUpperCase(Locale.ROOT));
    if (named != null) {
      return named;
    }
    if (f.hasAny("callId", "startTime", "answerTime", "hangupSource", "price.pricePerSecond")) {
      return Channel.VOICE;
    }
    return f.text(RECIPIENT).indexOf('@') > 0
            || f.hasAny("sendingIp", "timeToFirstAttempt", "attemptCount")
        ? Channel.EMAIL
        : Channel.SMS;
  }

  private static void outcome(Fields f, ProviderRecord record) {
    String name = f.text("status.name", "state");
    String group = f.text("status.groupName", "state").toUpperCase(Locale.ROOT).replace(' ', '_');
    record.status(name.isEmpty() ? group : name, group, STATUS_GROUPS);
    String errorGroup = f.text("error.groupName").toUpperCase(Locale.ROOT).replace(' ', '_');
    record
        .delivery()
        .setErrorGroup(ERROR_GROUPS.getOrDefault(errorGroup, ErrorGroup.ERROR_GROUP_UNSPECIFIED))
        .setErrorCode(f.text("error.name", "errorCode.name", "errorCode"))
        .setPermanent(f.text("error.permanent").equals("true"))
        .setAttempts((int) f.count("attemptCount", 0));
    record.sentAt(f.micros("sentAt", "startTime"));
    record.doneAt(f.micros("doneAt", "endTime"));
  }

  private static void message(Fields f, ProviderRecord record, Channel channel) {
    long count = f.count(f.nameOf("messageCount", "smsCount"), 1);
    boolean segments = channel == Channel.SMS;
    if (segments || channel == Channel.MMS) {
      record.submission().setMessage(MessageDetails.newBuilder().setSegments((int) count));
    }
    record.units(count, segments ? UnitType.SEGMENT : UnitType.MESSAGE);
    price(f, record, "price.pricePerMessage", count);
  }

  private static void mail(Fields f, ProviderRecord record) {
    String recipient = record.submission().getRecipient().getIdentifiers(0).getValue();
    if (recipient.indexOf('@') < 0) {
      throw new BadRow(BadRowCode.BAD_ADDRESS, f.nameOf(RECIPIENT), "not an e-mail address");
    }
    record
        .submission()
        .setEmail(
            EmailDetails.newBuilder()
                .setRecipientDomain(recipient.substring(recipient.lastIndexOf('@') + 1))
                .setSendingIp(f.text("sendingIp")));
    record
        .delivery()
        .setEmail(
            EmailResult.newBuilder().setTimeToFirstAttemptMs(f.count("timeToFirstAttempt", 0)));
    long count = f.count("messageCount", 1);
    record.units(count, UnitType.MESSAGE);
    price(f, record, "price.pricePerMessage", count);
  }

  private static void call(Fields f, ProviderRecord record) {
    long durationMs = f.millis("duration");
    CallResult.Builder result =
        CallResult.newBuilder()
            .setDurationMs(durationMs)
            .setRingDurationMs(f.millis("ringDuration"))
            .setHangupSource(f.text("hangupSource"));
    Long answered = f.micros("answerTime");
    if (answered != null) {
      result.setAnsweredAt(Times.timestamp(answered));
    }
    Long ended = f.micros("endTime");
    if (ended != null) {
      result.setEndedAt(Times.timestamp(ended));
    }
    record.delivery().setCall(result);
    record
        .submission()
        .setCall(
            CallDetails.newBuilder()
                .setCallId(f.text("callId"))
                .setParentCallId(f.text("parentCallId")));
    long seconds = (durationMs + 999) / 1000;
    record.units(seconds, UnitType.SECOND);
    record.billedMillis(seconds * 1000);
    price(f, record, "price.pricePerSecond", seconds);
  }

  /** Price of one, times how many. Free messages come with the currency "UNKNOWN": not rated. */
  private static void price(Fields f, ProviderRecord record, String field, long count) {
    String text = f.text(field);
    if (text.isEmpty()) {
      return;
    }
    BigDecimal price = Amounts.decimal(text, field);
    String currency = f.text("price.currency");
    if (price.signum() != 0 || TextRule.isCurrency(currency)) {
      record.price(price.multiply(BigDecimal.valueOf(count)), field, currency, "price.currency");
    }
  }
}
