package vellum.core.seal;

import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AspectKind;
import vellum.core.record.BadRecord;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.TextRule;
import vellum.core.record.Wire;
import vellum.v1.Check;
import vellum.v1.Leg;
import vellum.v1.Privacy;
import vellum.v1.RejectionCode;

/**
 * Turns one clear record into a row: walks its Protobuf bytes by the schema's allowlist, copies
 * what is routing or billing, seals what is an identity or free text, and collects the pseudonyms
 * under which the record is found. A record of a month without a key is checked alike, and written
 * without what would have been sealed. Makes no object for a record that passes. Not thread-safe.
 */
final class RecordSealer {

  private final MonthCiphers months;
  private final AccountFacts facts;
  private final SupplierZones zones;
  private final Wire wire = new Wire();
  private final LegNumbers legs = new LegNumbers();

  final HeaderReader header = HeaderReader.ofRecords();
  final Output row = new Output(4096);
  private final FieldCopy copy = new FieldCopy(wire, row);
  final IdentitySealer identities;
  final ContentSealer content;
  final SuspenseJudge judge;
  private MonthCiphers.@Nullable Slot month;
  private MonthCiphers.@Nullable Slot other;
  private Predicate<String> accountAllowed = account -> true;
  private long nowMicros;
  private Object revision = this;
  private boolean isRewritten;
  private int aspects;
  private long version;
  private boolean hasAmount;
  private boolean hasCurrency;

  RecordSealer(MonthCiphers months, AsideCiphers aside, AccountFacts facts, SuspenseRules rules) {
    this.months = months;
    this.facts = facts;
    this.zones = new SupplierZones(facts);
    this.identities = new IdentitySealer(facts, header, row);
    this.content = new ContentSealer(aside, facts, header);
    this.judge = new SuspenseJudge(rules, facts, header);
  }

  /**
   * Seals a record, in whatever form it is; throws {@link BadRecord}.
   *
   * @param into where it goes in place of its month, or null
   */
  MonthCiphers.Slot seal(MonthCiphers.@Nullable Slot into, byte[] record, int offset, int length) {
    other = into;
    try {
      return seal(record, offset, length, false);
    } catch (Wire.Truncated e) {
      throw CanonicalMessage.malformed();
    } catch (AllowedField.NotCanonical e) {
      byte[] canonical = CanonicalMessage.ofRecord(record, offset, length);
      return seal(canonical, 0, canonical.length, true);
    }
  }

  /**
   * Seals a record; throws {@link BadRecord}, {@link Wire.Truncated} or {@link
   * AllowedField.NotCanonical}.
   *
   * @param rewritten whether the bytes are in canonical form already
   */
  private MonthCiphers.Slot seal(byte[] record, int offset, int length, boolean rewritten) {
    row.clear();
    copy.clear();
    header.clear();
    aspects = 0;
    legs.begin();
    month = null;
    isRewritten = rewritten;
    wire.over(record, offset, length);
    int last = 0;
    while (wire.hasMore()) {
      Field field = AllowedField.next(wire, MessageShape.DETAIL_RECORD, last);
      last = field.number();
      if (!header.read(field, wire)) {
        if (month == null) {
          beginRow();
        }
        aspect(field);
      }
    }
    MonthCiphers.Slot slot = month == null ? beginRow() : month;
    if (aspects == 0) {
      throw new BadRecord(RejectionCode.NO_ASPECT, "the record has no aspect");
    }
    identities.end();
    content.end();
    return slot;
  }

  /** Sets what holds for all records that follow. */
  void begin(Predicate<String> allowed, long now) {
    accountAllowed = allowed;
    nowMicros = now;
    revision = facts.revision();
    zones.begin(revision);
  }

  private MonthCiphers.Slot beginRow() {
    if (!isRewritten && !header.isWhole()) {
      // What is missing may stand further back: the canonical form shows it.
      throw new AllowedField.NotCanonical();
    }
    header.check(accountAllowed, nowMicros);
    MonthCiphers.Slot slot = other == null ? ownMonth() : other;
    identities.begin(slot.cipher());
    content.begin();
    header.writeTo(row, header.zoneQuarters(facts, revision));
    judge.begin(slot.isExpired());
    month = slot;
    return slot;
  }

  private MonthCiphers.Slot ownMonth() {
    String account = header.account().value();
    long startedAt = header.startedAtMicros;
    String law = header.country != 0 ? header.countryText() : facts.lawCountry(account, startedAt);
    return months.slot(header, law);
  }

  private void aspect(Field field) {
    AspectKind kind = Objects.requireNonNull(AspectKind.ofField(field.number()));
    MessageShape shape = Objects.requireNonNull(field.message());
    int outer = wire.narrow(wire.readLength());
    version = copy.leading(1, isRewritten);
    if (version <= 0) {
      throw new BadRecord(RejectionCode.MISSING_VERSION, field.name() + " has no version above 0");
    }
    row.writeByte(kind.id());
    int consumed = 1;
    if (kind == AspectKind.LEG) {
      row.writeByte(legs.next(copy.leading(2, isRewritten)));
      consumed = 2;
    }
    row.writeVarint(version);
    hasAmount = false;
    hasCurrency = false;
    if (kind == AspectKind.RATING) {
      judge.rating();
    }
    int start = row.reserve(1);
    fields(shape, kind.id(), 0, consumed);
    row.closeLength(start);
    if (hasAmount && !hasCurrency) {
      throw new BadRecord(
          RejectionCode.MISSING_CURRENCY, field.name() + " has an amount without its currency");
    }
    wire.widen(outer);
    aspects++;
  }

  private void fields(MessageShape shape, int aspect, int parent, int consumed) {
    int last = consumed;
    int oneofs = 0;
    int repeats = 0;
    while (wire.hasMore()) {
      Field field = copy.next(shape, last);
      if (field.oneof() >= 0) {
        int bit = 1 << field.oneof();
        if ((oneofs & bit) != 0) {
          throw new AllowedField.NotCanonical();
        }
        oneofs |= bit;
      }
      repeats = field.number() == last ? repeats + 1 : 1;
      if (field.repeated() && repeats > field.max()) {
        throw new BadRecord(
            RejectionCode.TOO_MANY, field.name() + " stands more than " + field.max() + " times");
      }
      last = field.number();
      value(field, aspect, parent);
    }
    copy.end();
  }

  private void value(Field field, int aspect, int parent) {
    switch (field.kind()) {
      case NUMBER -> number(field, aspect, parent);
      case SIGNED -> copy.number(field, wire.readVarint());
      case ENUM -> copy.number(field, HeaderReader.readEnum(field, wire));
      case TIME -> {
        copy.cut();
        long time = HeaderReader.readTime(field, wire);
        copy.tag(field, RowFormat.TIME);
        row.writeZigzag(time - header.startedAtMicros);
        judge.time(aspect, parent, field.number(), time);
      }
      case TEXT -> text(field, aspect, parent);
      case MESSAGE, IDENTIFIER -> {
        copy.cut();
        int outer = wire.narrow(wire.readLength());
        copy.tag(field, RowFormat.BYTES);
        int start = row.reserve(1);
        int top = parent == 0 ? field.number() : parent;
        if (field.kind() == Field.Kind.IDENTIFIER) {
          int path = RowFormat.sealPath(aspect, top, RowFormat.IDENTIFIER_VALUE);
          identities.identifier(Objects.requireNonNull(field.message()), path, wire);
        } else {
          fields(Objects.requireNonNull(field.message()), aspect, top, 0);
        }
        row.closeLength(start);
        wire.widen(outer);
      }
    }
  }

  private void number(Field field, int aspect, int parent) {
    long value = wire.readVarint();
    judge.number(aspect, parent, field.number(), value);
    if (value < 0 && field.check() == Check.COUNT) {
      throw new BadRecord(RejectionCode.NEGATIVE_VALUE, field.name() + " is negative");
    }
    hasAmount |= value != 0 && field.amount();
    copy.number(field, value);
  }

  private void text(Field field, int aspect, int parent) {
    int length = wire.readLength();
    boolean shortest = copy.isShortest();
    int from = wire.position();
    wire.skip(length);
    if (length == 0) {
      copy.cut();
      return;
    }
    byte[] bytes = wire.bytes();
    if (!field.sealed()) {
      TextRule.check(field, bytes, from, length);
      hasCurrency |= field.check() == Check.CURRENCY;
      if (aspect == AspectKind.LEG.id() && field.number() == Leg.SUPPLIER_FIELD_NUMBER) {
        copy.cut();
        zones.write(bytes, from, length, header.startedAtMicros, row);
      }
      judge.text(aspect, parent, field.number(), bytes, from, length);
    } else if (isSealed(field, RowFormat.sealPath(aspect, parent, field.number()), from, length)) {
      return;
    }
    copy.text(field, shortest, from, length);
  }

  /** Seals a text, or leaves it out; false when it is of an account whose texts are clear. */
  private boolean isSealed(Field field, int path, int from, int length) {
    byte[] bytes = wire.bytes();
    TextRule.checkSealed(field, bytes, from, length);
    if (field.privacy() == Privacy.FREE_TEXT && freeTextIsClear()) {
      return false;
    }
    copy.cut();
    if (field.privacy() == Privacy.CONTENT) {
      content(field, path, from, length);
    } else {
      identities.seal(field.number(), IdentitySealer.classOf(field), path, bytes, from, length);
    }
    return true;
  }

  /**
   * Leaves the day of content where it would stand, and nothing when it is not kept: a record
   * without identities has no content either.
   */
  private void content(Field field, int path, int from, int length) {
    int day = content.day(field, RowFormat.aspect(path), wire, from, length);
    if (day != ContentSealer.NOT_KEPT && identities.isSealing()) {
      copy.tag(field, RowFormat.CONTENT);
      row.writeVarint(day);
      content.seal(field, path, version, wire.bytes(), from, length);
    }
  }

  private boolean freeTextIsClear() {
    return !judge.isExpired()
        && facts.freeTextIsClear(header.account().value(), header.startedAtMicros);
  }
}
