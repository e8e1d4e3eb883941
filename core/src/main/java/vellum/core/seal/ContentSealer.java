package vellum.core.seal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AspectKind;
import vellum.core.record.ContentPolicy;
import vellum.core.record.Field;
import vellum.core.record.IdentityClass;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.v1.Submission;

/**
 * Writes the content of the record at hand into a row of its own, sealed under the key of the day
 * on which it goes. The instruction is the message's, else its account's; the instant is {@code
 * started_at} and so many days, rounded down to the start of a day of UTC. Content whose day has
 * come, or that is not to be kept, is written nowhere. Not thread-safe; reused from record to
 * record.
 */
final class ContentSealer {

  /** The day of content that is not kept. */
  static final int NOT_KEPT = 0;

  private static final int UNKNOWN = -1;
  private static final long DAY_MICROS = 86_400_000_000L;
  private static final long POLICY_TAG =
      (long) Submission.CONTENT_POLICY_FIELD_NUMBER << 3 | RowFormat.BYTES;

  private final AsideCiphers days;
  private final AccountFacts facts;
  private final HeaderReader header;
  private final Wire ahead = new Wire();

  /** The row; empty when the record has no content that is kept. */
  final Output row = new Output(2048);

  private MonthCiphers.@Nullable Slot slot;
  private int day;
  private int aspect;
  private int aspectStart;
  private int parent;
  private int parentStart;

  ContentSealer(AsideCiphers days, AccountFacts facts, HeaderReader header) {
    this.days = days;
    this.facts = facts;
    this.header = header;
  }

  /** Starts a record. */
  void begin() {
    row.clear();
    slot = null;
    day = UNKNOWN;
    aspect = 0;
    parent = 0;
  }

  boolean isEmpty() {
    return row.size() == 0;
  }

  /** The day whose key seals the row, when there is one. */
  MonthCiphers.Slot slot() {
    return Objects.requireNonNull(slot, "there is content");
  }

  /**
   * The day on which the record's content goes, in days since 1970-01-01, or {@link #NOT_KEPT}.
   *
   * @param field of content that was just read: {@code length} bytes from {@code from} of the wire;
   *     a policy stands in it or right behind it, or was read before
   */
  int day(Field field, int aspectId, Wire wire, int from, int length) {
    boolean policy = isPolicy(field, aspectId);
    if (day == UNKNOWN || policy) {
      int kept = policy ? ContentPolicy.days(wire.bytes(), from, length) : daysAhead(wire);
      if (kept < 0) {
        kept = facts.contentDays(header.account().value(), header.channel, header.startedAtMicros);
      }
      decide(kept);
    }
    return day;
  }

  private static boolean isPolicy(Field field, int aspectId) {
    return aspectId == AspectKind.SUBMISSION.id()
        && field.number() == Submission.CONTENT_POLICY_FIELD_NUMBER;
  }

  /** Days of the policy that stands next, or -1. */
  private int daysAhead(Wire wire) {
    ahead.over(wire.bytes(), wire.position(), wire.end() - wire.position());
    if (!ahead.hasMore() || ahead.readVarint() != POLICY_TAG) {
      return -1;
    }
    int length = ahead.readLength();
    return length == 0 ? -1 : ContentPolicy.days(ahead.bytes(), ahead.position(), length);
  }

  private void decide(int kept) {
    long goes = Math.floorDiv(header.startedAtMicros + kept * DAY_MICROS, DAY_MICROS);
    slot = kept == 0 ? null : days.content(goes);
    if (slot != null) {
      try {
        cipher().record(header.account().hash(), header.idHigh, header.idLow);
      } catch (CryptoException.KeyDestroyed e) {
        slot = null;
      }
    }
    day = slot == null ? NOT_KEPT : (int) goes;
  }

  /** Starts an aspect of the row at its first content. */
  private void open(int aspectId, long version) {
    if (aspect == aspectId) {
      return;
    }
    close();
    if (isEmpty()) {
      header.writeTo(row, 0);
    }
    row.writeByte(aspectId);
    row.writeVarint(version);
    aspectStart = row.reserve(1);
    aspect = aspectId;
  }

  /** Starts a message within the aspect, or ends it. */
  private void openParent(int newParent) {
    if (parent != 0 && parent != newParent) {
      row.closeLength(parentStart);
    }
    if (newParent != 0 && parent != newParent) {
      row.writeVarint((long) newParent << 3 | RowFormat.BYTES);
      parentStart = row.reserve(1);
    }
    parent = newParent;
  }

  private MonthCipher cipher() {
    return Objects.requireNonNull(slot().cipher(), "days of content are sealed or not kept");
  }

  /** Writes a field, sealed; {@link #day} decided that it is kept. */
  void seal(Field field, int path, long version, byte[] text, int from, int length) {
    open(RowFormat.aspect(path), version);
    openParent(RowFormat.parent(path));
    int sealedLength = MonthCipher.sealedLength(IdentityClass.CONTENT, length);
    row.writeVarint((long) field.number() << 3 | RowFormat.SEALED);
    row.writeVarint(1L + sealedLength);
    row.writeByte(IdentityClass.CONTENT.id());
    int at = row.reserve(sealedLength);
    cipher().seal(IdentityClass.CONTENT, path, text, from, length, row.bytes(), at);
  }

  /** Ends the record. */
  void end() {
    close();
  }

  private void close() {
    if (aspect != 0) {
      openParent(0);
      row.closeLength(aspectStart);
      aspect = 0;
    }
  }
}
