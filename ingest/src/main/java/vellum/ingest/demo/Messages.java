package vellum.ingest.demo;

import java.util.List;
import vellum.ingest.demo.Communication.Outcome;
import vellum.v1.CallDetails;
import vellum.v1.CallResult;
import vellum.v1.Channel;
import vellum.v1.ChatDetails;
import vellum.v1.Delivery;
import vellum.v1.DetailRecord;
import vellum.v1.Direction;
import vellum.v1.EmailDetails;
import vellum.v1.EmailResult;
import vellum.v1.Encoding;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Leg;
import vellum.v1.MessageDetails;
import vellum.v1.MessageResult;
import vellum.v1.Party;
import vellum.v1.Rating;
import vellum.v1.StatusGroup;
import vellum.v1.Submission;
import vellum.v1.TrafficType;
import vellum.v1.UnitType;

/** Makes a communication's aspects into messages of the schema. Thread-safe. */
final class Messages {

  /** What all carriers charge in, unless each has a currency of its own. */
  static final String EURO = "EUR";

  private static final int ROUTES = 8;

  /** A failed attempt costs this part of a delivery, where it costs. */
  private static final int FAILED_COSTS = 7;

  private static final String RATE_PLAN = "plan-2026-11";
  private static final String[] TEMPLATES = {"otp_code", "order_update", "reminder", "welcome"};

  private final List<Country> countries;
  private final Subscribers subscribers;
  private final List<Carrier> carriers = Carrier.all();
  private final boolean ownCurrencies;
  private final String[][] routes;

  Messages(List<Country> countries, Subscribers subscribers, BillingTraffic billing) {
    this.ownCurrencies = billing.ownCurrencies();
    this.countries = countries;
    this.subscribers = subscribers;
    this.routes = new String[countries.size()][ROUTES];
    for (int c = 0; c < routes.length; c++) {
      for (int r = 0; r < ROUTES; r++) {
        routes[c][r] = "route-" + countries.get(c).iso() + '-' + (r + 1);
      }
    }
  }

  /** The header that every message about a communication carries. */
  DetailRecord.Builder header(Communication c) {
    return DetailRecord.newBuilder()
        .setRecordId(c.recordId)
        .setStartedAt(c.startedAt())
        .setAccount(c.account.id())
        .setChannel(c.channel)
        .setDirection(c.direction);
  }

  Submission submission(Communication c) {
    Account account = c.account;
    Party user = user(c);
    boolean out = c.direction == Direction.MT;
    Party own =
        c.channel == Channel.EMAIL
            ? account.mail()
            : c.channel == Channel.SMS && out ? account.sender() : account.number();
    String iso = countries.get(c.country).iso();
    Submission.Builder submission =
        Submission.newBuilder()
            .setVersion(1)
            .setDirection(c.direction)
            .setTrafficType(out ? account.trafficType() : TrafficType.CONVERSATIONAL)
            .setProducer(account.producer())
            .setApplication(account.application())
            .setSender(out ? own : user)
            .setRecipient(out ? user : own)
            .setReceivedAt(c.startedAt());
    if (out) {
      submission.setCountryOfRecipient(iso);
    } else {
      submission.setCountryOfSender(iso);
    }
    if (c.channel != Channel.EMAIL) {
      submission.setMccMnc(c.network).setNumberRange("mobile");
    }
    if ((c.subscriber & 7) == 0 && c.channel != Channel.EMAIL) {
      submission.setPortedMccMnc(subscribers.network(c.country, c.subscriber + 1));
    }
    if (out && account.trafficType() == TrafficType.PROMOTIONAL) {
      submission.setCampaign("spring-sale").setBulkId(c.recordId.substring(0, 11) + "-bulk");
    }
    if ((c.subscriber & 3) == 0) {
      submission.setClientRef("order " + (c.subscriber ^ c.startedMicros & 0xFFFFF));
    }
    details(c, submission);
    return submission.build();
  }

  private void details(Communication c, Submission.Builder submission) {
    switch (c.channel) {
      case SMS, MMS ->
          submission.setMessage(
              MessageDetails.newBuilder()
                  .setSegments(c.segments)
                  .setEncoding((c.country & 3) == 3 ? Encoding.UCS_2 : Encoding.GSM_7)
                  .setValidityMs(Traffic.VALIDITY_MS));
      case VOICE ->
          submission.setCall(
              CallDetails.newBuilder().setCallId("call-" + c.recordId).setCodec("PCMA"));
      case EMAIL ->
          submission.setEmail(
              EmailDetails.newBuilder()
                  .setRecipientDomain(subscribers.domain(c.subscriber))
                  .setSendingIp("192.0.2." + (c.subscriber & 127))
                  .setBytes(4_000 + (c.subscriber & 0xFFFF)));
      default ->
          submission.setChat(
              ChatDetails.newBuilder()
                  .setTemplate(TEMPLATES[c.subscriber & 3])
                  .setPricingCategory("utility"));
    }
  }

  private Party user(Communication c) {
    return switch (c.channel) {
      case EMAIL -> Account.party(IdentifierKind.EMAIL_ADDRESS, subscribers.mail(c.subscriber));
      case MESSENGER, TELEGRAM ->
          Account.party(
              IdentifierKind.CHANNEL_USER_ID,
              Long.toString(10_000_000_000_000_000L + c.subscriber));
      case WHATSAPP -> {
        String number = subscribers.number(c.country, c.subscriber);
        yield Party.newBuilder()
            .addIdentifiers(Identifier.newBuilder().setKind(IdentifierKind.E164).setValue(number))
            .addIdentifiers(
                Identifier.newBuilder()
                    .setKind(IdentifierKind.CHANNEL_USER_ID)
                    .setValue(number.substring(1)))
            .build();
      }
      default -> Account.party(IdentifierKind.E164, subscribers.number(c.country, c.subscriber));
    };
  }

  Delivery delivery(Communication c) {
    Outcome outcome = c.outcome;
    Delivery.Builder delivery =
        Delivery.newBuilder()
            .setVersion(1)
            .setStatusGroup(outcome.group)
            .setStatus(outcome.status)
            .setErrorGroup(outcome.errorGroup)
            .setErrorCode(outcome.error)
            .setPermanent(outcome == Outcome.UNKNOWN)
            .setAttempts(c.failover ? 2 : 1)
            .setSentAt(c.after(40))
            .setDoneAt(c.after(c.deliveryMs));
    switch (c.channel) {
      case SMS, MMS ->
          delivery.setMessage(MessageResult.newBuilder().setDlrState(outcome.dlrState));
      case VOICE -> delivery.setCall(call(c));
      case EMAIL ->
          delivery.setEmail(
              EmailResult.newBuilder()
                  .setSmtpCode(outcome == Outcome.DELIVERED ? 250 : 550)
                  .setTimeToFirstAttemptMs(40));
      default -> {}
    }
    return delivery.build();
  }

  private static CallResult call(Communication c) {
    CallResult.Builder call =
        CallResult.newBuilder()
            .setRingingAt(c.after(900))
            .setEndedAt(c.after(c.deliveryMs))
            .setDurationMs(c.durationMs)
            .setHangupSource(c.durationMs > 0 ? "callee" : "network")
            .setSipCode(c.durationMs > 0 ? 200 : 480)
            .setQ850Cause(c.durationMs > 0 ? 16 : 19);
    if (c.durationMs > 0) {
      call.setAnsweredAt(c.after(c.deliveryMs - c.durationMs))
          .setRingDurationMs(c.deliveryMs - c.durationMs - 900);
    }
    return call.build();
  }

  Rating rating(Communication c) {
    Rating.Builder rating =
        Rating.newBuilder()
            .setVersion(1)
            .setUnits(c.units)
            .setUnitType(unitType(c.channel))
            .setSalePriceNanos(c.saleNanos)
            .setCostPriceNanos(c.costNanos)
            .setCurrency(c.account.currency())
            .setRatePlanVersion(RATE_PLAN)
            .setRatedAt(c.after(c.deliveryMs + 500));
    if (c.channel == Channel.VOICE) {
      rating.setBilledDurationMs(c.units * 1000);
    }
    return rating.build();
  }

  /** Leg 1 while nothing is known of its end. */
  Leg sentLeg(Communication c) {
    return leg(c, 1).setVersion(1).setStatusGroup(StatusGroup.PENDING).build();
  }

  /** A leg at its end: the first one failed when there is a second. */
  Leg endedLeg(Communication c, int number, int version) {
    boolean failed = number == 1 && c.failover;
    StatusGroup group = failed ? StatusGroup.UNDELIVERABLE : c.outcome.group;
    return leg(c, number)
        .setVersion(version)
        .setStatusGroup(group)
        .setSupplierStatus(failed ? "ESME_RTHROTTLED" : c.outcome.dlrState)
        .setUnits(c.units)
        .setUnitType(unitType(c.channel))
        .setCostNanos(!failed ? c.costNanos : ownCurrencies ? c.costNanos / FAILED_COSTS : 0)
        .setCurrency(ownCurrencies ? carrier(c, number).currency() : EURO)
        .setDoneAt(c.after(failed ? 30 : c.deliveryMs))
        .build();
  }

  private Leg.Builder leg(Communication c, int number) {
    Carrier carrier = carrier(c, number);
    return Leg.newBuilder()
        .setNumber(number)
        .setSupplier(carrier.id())
        .setConnection(carrier.connection())
        .setRoute(routes[c.country][(c.route + number) % ROUTES])
        .setMccMnc(c.channel == Channel.EMAIL ? "" : c.network)
        .setSupplierMessageId(Long.toHexString(Dice.mix(c.startedMicros + number)))
        .setSentAt(c.after(number * 20L));
  }

  private Carrier carrier(Communication c, int leg) {
    return carriers.get((c.route + leg * 5) % carriers.size());
  }

  private static UnitType unitType(Channel channel) {
    return switch (channel) {
      case SMS -> UnitType.SEGMENT;
      case VOICE -> UnitType.SECOND;
      case WHATSAPP -> UnitType.CONVERSATION;
      default -> UnitType.MESSAGE;
    };
  }
}
