package vellum.core.seal;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.record.AspectKind;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.IpAddress;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.TextRule;
import vellum.core.record.Wire;
import vellum.v1.Check;
import vellum.v1.RejectionCode;
import vellum.v1.UsageRecord;

/**
 * Turns one event of the usage log into a row: names of actions and results in clear, everything
 * else sealed as it came, actor and address indexed by their pseudonyms. Layout in {@link
 * RowFormat}, with one aspect. Not thread-safe.
 */
final class UsageSealer {

  static final MessageShape SHAPE = MessageShape.of(UsageRecord.getDescriptor());
  static final int VERSION = 1;

  private final AsideCiphers months;
  private final Wire wire = new Wire();
  private final CanonicalIdentity actor = new CanonicalIdentity();

  final HeaderReader header = HeaderReader.ofUsage();
  final Output row = new Output(1024);
  final IdentitySealer identities;
  private Predicate<String> accountAllowed = account -> true;
  private long nowMicros;

  UsageSealer(AsideCiphers months, AccountFacts facts) {
    this.months = months;
    this.identities = new IdentitySealer(facts, header, row);
  }

  /** Sets what holds for all events that follow. */
  void begin(Predicate<String> allowed, long now) {
    accountAllowed = allowed;
    nowMicros = now;
  }

  /** Seals an event, in whatever form it is; throws {@link BadRecord}. */
  MonthCiphers.Slot seal(byte[] event, int offset, int length) {
    try {
      return seal(event, offset, length, false);
    } catch (Wire.Truncated e) {
      throw CanonicalMessage.malformed();
    } catch (AllowedField.NotCanonical e) {
      byte[] canonical = CanonicalMessage.ofEvent(event, offset, length);
      return seal(canonical, 0, canonical.length, true);
    } catch (CryptoException.KeyDestroyed e) {
      throw new BadRecord(
          RejectionCode.TIME_TOO_OLD, "nothing of that month of the usage log is kept any more");
    }
  }

  /**
   * Seals an event; throws {@link BadRecord}, {@link Wire.Truncated} or {@link
   * AllowedField.NotCanonical}.
   *
   * @param rewritten whether the bytes are in canonical form already
   */
  private MonthCiphers.Slot seal(byte[] event, int offset, int length, boolean rewritten) {
    row.clear();
    header.clear();
    wire.over(event, offset, length);
    Field field = next(0);
    while (field != null && header.read(field, wire)) {
      field = next(field.number());
    }
    if (!rewritten && !header.isWhole()) {
      // What is missing may stand further back: the canonical form shows it.
      throw new AllowedField.NotCanonical();
    }
    header.check(accountAllowed, nowMicros);
    MonthCiphers.Slot slot = months.usage(header.startedAtMicros);
    identities.begin(slot.cipher());
    int start = beginRow();
    while (field != null) {
      text(field);
      field = next(field.number());
    }
    row.closeLength(start);
    identities.end();
    return slot;
  }

  private @Nullable Field next(int last) {
    return wire.hasMore() ? AllowedField.next(wire, SHAPE, last) : null;
  }

  private int beginRow() {
    header.writeTo(row, 0);
    row.writeByte(AspectKind.USAGE.id());
    row.writeVarint(VERSION);
    return row.reserve(1);
  }

  private void text(Field field) {
    int length = wire.readLength();
    int from = wire.position();
    wire.skip(length);
    if (length == 0) {
      return;
    }
    TextRule.check(field, wire.bytes(), from, length);
    if (field.check() == Check.NAME) {
      row.writeVarint((long) field.number() << 3 | RowFormat.BYTES);
      row.writeVarint(length);
      row.write(wire.bytes(), from, length);
      return;
    }
    IdentityClass identityClass = IdentityClass.OTHER;
    if (field.number() == UsageRecord.ACTOR_FIELD_NUMBER) {
      identityClass = indexActor(from, length);
    } else if (field.number() == UsageRecord.IP_FIELD_NUMBER) {
      indexAddress(from, length);
    }
    int path = RowFormat.sealPath(AspectKind.USAGE.id(), 0, field.number());
    identities.seal(field.number(), identityClass, path, wire.bytes(), from, length);
  }

  private IdentityClass indexActor(int from, int length) {
    actor.read(0, wire.bytes(), from, length);
    identities.index(actor.identityClass(), actor.bytes(), actor.length());
    return actor.identityClass();
  }

  private void indexAddress(int from, int length) {
    byte[] address = canonicalAddress(wire.bytes(), from, length);
    identities.index(IdentityClass.OTHER, address, address.length);
  }

  /** The canonical bytes of an address; throws {@link BadRecord}. */
  static byte[] canonicalAddress(byte[] text, int from, int length) {
    String canonical =
        IpAddress.canonical(new String(text, from, length, StandardCharsets.US_ASCII));
    if (canonical == null) {
      throw new BadRecord(RejectionCode.BAD_IP_ADDRESS, "ip is not an IPv4 or IPv6 address");
    }
    return canonical.getBytes(StandardCharsets.US_ASCII);
  }
}
