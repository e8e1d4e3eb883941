package vellum.core.disclosure;

import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import vellum.v1.CallResult;
import vellum.v1.DetailRecord;
import vellum.v1.Identifier;
import vellum.v1.IdentifierKind;
import vellum.v1.Party;

/** A value of an ETSI document by its name in the mapping. Stateless. */
enum EtsiValue {
  COUNTRY,
  AUTHORITY,
  REQUEST,
  PROVIDER,
  MADE_AT,
  NUMBER,
  START,
  END,
  SECONDS,
  OTHER,
  NUMBER_OF_PARTY,
  IMSI_OF_PARTY,
  ADDRESS_OF_PARTY,
  EMPTY;

  private static final DateTimeFormatter GENERALIZED =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmssxx", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int MILLIS = 1000;

  /**
   * What a value is taken from.
   *
   * @param party of the line at hand; an empty one outside of parties
   */
  record Context(EtsiHeader header, DetailRecord record, Origin origin, long number, Party party) {

    Context of(Party one) {
      return new Context(header, record, origin, number, one);
    }

    @Override
    public String toString() {
      return "Context[" + number + "]";
    }
  }

  /** The value of a name in the mapping. */
  static EtsiValue of(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Its text; null when there is none. */
  @Nullable String text(Context of) {
    return switch (this) {
      case COUNTRY -> of.header().country();
      case AUTHORITY -> of.header().authority();
      case REQUEST -> of.header().request();
      case PROVIDER -> of.header().provider();
      case MADE_AT -> time(of.header().at());
      case NUMBER -> Long.toString(of.number());
      case START -> of.record().hasStartedAt() ? time(of.record().getStartedAt()) : null;
      case END -> end(of);
      case SECONDS -> seconds(of);
      case OTHER -> EtsiOther.text(of);
      case NUMBER_OF_PARTY -> digits(identifier(of, IdentifierKind.E164));
      case IMSI_OF_PARTY -> identifier(of, IdentifierKind.IMSI);
      case ADDRESS_OF_PARTY ->
          of.party().getIdentifiersCount() == 0 ? null : of.party().getIdentifiers(0).getValue();
      case EMPTY -> "";
    };
  }

  private static @Nullable String identifier(Context of, IdentifierKind kind) {
    for (Identifier each : of.party().getIdentifiersList()) {
      if (each.getKind() == kind && !each.getValue().isEmpty()) {
        return each.getValue();
      }
    }
    return null;
  }

  /** International, without the plus. */
  private static @Nullable String digits(@Nullable String number) {
    return number != null && number.startsWith("+") ? number.substring(1) : number;
  }

  private static @Nullable String end(Context of) {
    DetailRecord record = of.record();
    if (record.getDelivery().getCall().hasEndedAt()) {
      return time(record.getDelivery().getCall().getEndedAt());
    }
    return record.getDelivery().hasDoneAt() ? time(record.getDelivery().getDoneAt()) : null;
  }

  private static @Nullable String seconds(Context of) {
    CallResult call = of.record().getDelivery().getCall();
    return call.getDurationMs() == 0 ? null : Long.toString(call.getDurationMs() / MILLIS);
  }

  private static String time(Timestamp at) {
    return time(Instant.ofEpochSecond(at.getSeconds()));
  }

  private static String time(Instant at) {
    return GENERALIZED.format(at);
  }
}
