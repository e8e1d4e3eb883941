package vellum.core.seal;

import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.TextRule;
import vellum.core.record.Wire;
import vellum.v1.IdentifierKind;
import vellum.v1.RejectionCode;
import vellum.v1.Submission;

/**
 * Writes the private values of the record at hand into its row: sealed, unless an identifier names
 * a business; and collects the pseudonyms under which the record is found. Not thread-safe; reused
 * from record to record.
 */
final class IdentitySealer {

  /** Most identities that a record can have: four parties of six identifiers. */
  static final int MAX_IDENTITIES = 24;

  private static final int HINT_BYTES = 8;

  private final AccountFacts facts;
  private final HeaderReader header;
  private final Output row;
  private final CanonicalIdentity identity = new CanonicalIdentity();
  private final byte[] pseudonym = new byte[MonthCipher.PSEUDONYM_BYTES];
  private final byte[] hints = new byte[MAX_IDENTITIES * HINT_BYTES];
  private final Output collected = new Output(256);
  private int count;
  private boolean collects;
  private @Nullable MonthCipher cipher;

  IdentitySealer(AccountFacts facts, HeaderReader header, Output row) {
    this.facts = facts;
    this.header = header;
    this.row = row;
  }

  /**
   * Starts a record, whose header is read.
   *
   * @param monthCipher of its month, or null when what would be sealed is left out
   */
  void begin(@Nullable MonthCipher monthCipher) {
    cipher = monthCipher;
    count = 0;
    collected.clear();
    if (monthCipher != null) {
      monthCipher.record(header.account().hash(), header.idHigh, header.idLow);
    }
  }

  /** Whether the record's month has a key. */
  boolean isSealing() {
    return cipher != null;
  }

  /** Says whether parties are noted in their canonical form, in memory, for a hold's question. */
  void collect(boolean wanted) {
    collects = wanted;
  }

  /** Whether a hold is about somebody who takes part in the record. */
  boolean isCollected(HeldScope scope) {
    byte[] bytes = collected.bytes();
    int at = 0;
    boolean found = false;
    while (!found && at < collected.size()) {
      int length = bytes[at + 1] & 0xFF;
      found = scope.matches(IdentityClass.of(bytes[at]), bytes, at + 2, length);
      at += 2 + length;
    }
    return found;
  }

  private void collect() {
    collected.writeByte(identity.identityClass().id());
    collected.writeByte(identity.length());
    collected.write(identity.bytes(), 0, identity.length());
  }

  /** Ends the record: masks the pseudonyms. */
  void end() {
    if (cipher != null) {
      cipher.mask(header.idHigh, header.idLow, hints, 0, count);
    }
  }

  /** Identities of the record that are indexed. */
  int count() {
    return cipher == null ? 0 : count;
  }

  /** First halves of their pseudonyms, eight bytes each, masked by {@link #end}. */
  byte[] hints() {
    return hints;
  }

  /** Reads a party's identifier to the end of what the wire is narrowed to, and writes it. */
  void identifier(MessageShape shape, int path, Wire wire) {
    int kind = 0;
    int from = 0;
    int length = 0;
    int last = 0;
    while (wire.hasMore()) {
      Field part = AllowedField.next(wire, shape, last);
      last = part.number();
      if (last == RowFormat.IDENTIFIER_KIND) {
        kind = HeaderReader.readEnum(part, wire);
      } else {
        length = wire.readLength();
        from = wire.position();
        wire.skip(length);
      }
    }
    identifier(kind, path, wire.bytes(), from, length);
  }

  private void identifier(int kind, int path, byte[] text, int from, int length) {
    identity.read(kind, text, from, length);
    if (collects) {
      collect();
    }
    if (kind != 0) {
      row.writeByte(RowFormat.IDENTIFIER_KIND << 3 | RowFormat.VARINT);
      row.writeByte(kind);
    }
    if (isBusinessByForm(kind, path)
        || facts.isBusinessSender(header.account().value(), identity, header.startedAtMicros)) {
      writeClear();
      return;
    }
    if (count == MAX_IDENTITIES) {
      throw new BadRecord(
          RejectionCode.TOO_MANY, "the record has more than " + MAX_IDENTITIES + " identifiers");
    }
    int number = RowFormat.IDENTIFIER_VALUE;
    if (isMoreThanItsNumber(kind, length)) {
      // A URI or chat id that is more than its number keeps its text; the number indexes it.
      TextRule.checkPlain("identifier", text, from, length);
      seal(number, identity.identityClass(), path, text, from, length);
    } else {
      seal(number, identity.identityClass(), path, identity.bytes(), 0, identity.length());
    }
    index(identity.identityClass(), identity.bytes(), identity.length());
  }

  /** A short code, or an alphanumeric sender id where senders stand: elsewhere it is a name. */
  private boolean isBusinessByForm(int kind, int path) {
    int party = RowFormat.parent(path);
    return identity.routing()
        && (kind != IdentifierKind.ALPHANUMERIC_VALUE
            || party == Submission.SENDER_FIELD_NUMBER
            || party == Submission.ORIGINAL_SENDER_FIELD_NUMBER);
  }

  private boolean isMoreThanItsNumber(int kind, int length) {
    return (kind == IdentifierKind.SIP_URI_VALUE || kind == IdentifierKind.CHANNEL_USER_ID_VALUE)
        && identity.identityClass() == IdentityClass.TEL
        && identity.length() + 1 < length;
  }

  private void writeClear() {
    boolean number = identity.identityClass() == IdentityClass.TEL;
    row.writeByte(RowFormat.IDENTIFIER_VALUE << 3 | RowFormat.BYTES);
    row.writeVarint(identity.length() + (number ? 1L : 0L));
    if (number) {
      row.writeByte('+');
    }
    row.write(identity.bytes(), 0, identity.length());
  }

  /** Adds the pseudonym of an identity in canonical form. */
  void index(IdentityClass identityClass, byte[] canonical, int length) {
    if (cipher != null) {
      cipher.pseudonym(identityClass, canonical, 0, length, pseudonym, 0);
      System.arraycopy(pseudonym, 0, hints, count * HINT_BYTES, HINT_BYTES);
    }
    count++;
  }

  /** Writes a field with a sealed value, or nothing in a month without a key. */
  void seal(int number, IdentityClass identityClass, int path, byte[] text, int from, int length) {
    if (cipher == null) {
      return;
    }
    int sealedLength = MonthCipher.sealedLength(identityClass, length);
    row.writeVarint((long) number << 3 | RowFormat.SEALED);
    row.writeVarint(1L + sealedLength);
    row.writeByte(identityClass.id());
    int at = row.reserve(sealedLength);
    cipher.seal(identityClass, path, text, from, length, row.bytes(), at);
  }

  /** The class of a field that is sealed whatever its value. */
  static IdentityClass classOf(Field field) {
    return switch (field.privacy()) {
      case FREE_TEXT -> IdentityClass.TEXT;
      case CONTENT -> IdentityClass.CONTENT;
      default -> IdentityClass.OTHER;
    };
  }
}
