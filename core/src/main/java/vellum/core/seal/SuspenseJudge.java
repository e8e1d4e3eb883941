package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AspectKind;
import vellum.v1.CallResult;
import vellum.v1.Delivery;
import vellum.v1.Leg;
import vellum.v1.Rating;

/**
 * Decides while a record is sealed whether it goes into suspense, and why: told each clear number,
 * time and text as it is written, asked at the end. Makes no object for a record that passes. Not
 * thread-safe; reused from record to record.
 */
final class SuspenseJudge {

  private static final int SUPPLIERS = 1024;
  private static final int RATING = AspectKind.RATING.id();
  private static final int LEG = AspectKind.LEG.id();
  private static final int DELIVERY = AspectKind.DELIVERY.id();

  private final SuspenseRules rules;
  private final AccountFacts facts;
  private final HeaderReader header;
  private final long longestMs;
  private final long skewMicros;

  /** Ids of suppliers seen lately: direct-mapped, a newcomer replaces whoever had its slot. */
  private final @Nullable Name[] suppliers = new Name[SUPPLIERS];

  private boolean isExpired;
  private boolean unknownSupplier;
  private boolean isRated;
  private long units;
  private long price;
  private int currency;
  private boolean implausible;
  private long answeredAt;
  private long endedAt;

  /** An id and its bytes. */
  private record Name(byte[] bytes, String text) {}

  SuspenseJudge(SuspenseRules rules, AccountFacts facts, HeaderReader header) {
    this.rules = rules;
    this.facts = facts;
    this.header = header;
    this.longestMs = rules.durations().longest().toMillis();
    this.skewMicros = rules.durations().skew().toMillis() * 1000;
  }

  /** Starts a record. */
  void begin(boolean expired) {
    isExpired = expired;
    unknownSupplier = false;
    isRated = false;
    units = 0;
    price = 0;
    currency = 0;
    implausible = false;
    answeredAt = 0;
    endedAt = 0;
  }

  /** Whether nothing of the record's year is kept any more. */
  boolean isExpired() {
    return isExpired;
  }

  /** A rating begins. */
  void rating() {
    isRated = true;
  }

  /** Takes a number of an aspect, or of a message in it. */
  void number(int aspect, int parent, int field, long value) {
    if (aspect == RATING) {
      switch (field) {
        case Rating.UNITS_FIELD_NUMBER -> units = value;
        case Rating.SALE_PRICE_NANOS_FIELD_NUMBER -> price = value;
        case Rating.BILLED_DURATION_MS_FIELD_NUMBER -> implausible |= value > longestMs;
        default -> {}
      }
    } else if (aspect == DELIVERY
        && parent == Delivery.CALL_FIELD_NUMBER
        && field == CallResult.DURATION_MS_FIELD_NUMBER) {
      implausible |= value > longestMs;
    }
  }

  /** Takes a time of a call's result, microseconds since the epoch. */
  void time(int aspect, int parent, int field, long micros) {
    if (aspect == DELIVERY && parent == Delivery.CALL_FIELD_NUMBER) {
      if (field == CallResult.ANSWERED_AT_FIELD_NUMBER) {
        answeredAt = micros;
      } else if (field == CallResult.ENDED_AT_FIELD_NUMBER) {
        endedAt = micros;
      }
    }
  }

  /** Takes a clear text. */
  void text(int aspect, int parent, int field, byte[] bytes, int from, int length) {
    if (aspect == RATING && field == Rating.CURRENCY_FIELD_NUMBER) {
      currency = bytes[from] << 16 | bytes[from + 1] << 8 | bytes[from + 2];
    } else if (aspect == LEG && field == Leg.SUPPLIER_FIELD_NUMBER && rules.unknownSupplier()) {
      unknownSupplier |= !facts.isSupplier(supplier(bytes, from, length));
    }
  }

  private String supplier(byte[] bytes, int from, int length) {
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int slot = (hash ^ hash >>> 15) & (SUPPLIERS - 1);
    Name name = suppliers[slot];
    if (name == null
        || !Arrays.equals(name.bytes, 0, name.bytes.length, bytes, from, from + length)) {
      byte[] own = Arrays.copyOfRange(bytes, from, from + length);
      name = new Name(own, new String(own, StandardCharsets.UTF_8));
      suppliers[slot] = name;
    }
    return name.text;
  }

  /** Number of the {@link SuspenseCode} of the record at hand, or 0 when it is to be applied. */
  int code() {
    if (isExpired) {
      return SuspenseCode.EXPIRED_YEAR.number();
    }
    String account = header.account().value();
    if (rules.unknownAccount() && !facts.isRegistered(account) && facts.hasAccounts()) {
      return SuspenseCode.UNKNOWN_ACCOUNT.number();
    }
    if (unknownSupplier) {
      return SuspenseCode.UNKNOWN_SUPPLIER.number();
    }
    if (isRated && units > 0 && hasNoPrice(account)) {
      return SuspenseCode.MISSING_PRICE.number();
    }
    if (rules.currencyMismatch() && currency != 0 && isOtherCurrency(account)) {
      return SuspenseCode.CURRENCY_MISMATCH.number();
    }
    return rules.durations().enabled() && isImplausible()
        ? SuspenseCode.IMPLAUSIBLE_DURATION.number()
        : 0;
  }

  private boolean hasNoPrice(String account) {
    return (currency == 0 || price == 0 && rules.missingPrice().zero())
        && rules.missingPrice().isRequired(header.channel, account);
  }

  private boolean isOtherCurrency(String account) {
    String known = facts.currency(account, header.startedAtMicros);
    return known.length() == 3
        && currency != (known.charAt(0) << 16 | known.charAt(1) << 8 | known.charAt(2));
  }

  private boolean isImplausible() {
    return implausible
        || endedAt != 0
            && (answeredAt != 0 && endedAt < answeredAt - skewMicros
                || endedAt < header.startedAtMicros - skewMicros);
  }
}
