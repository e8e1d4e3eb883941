package vellum.core.apply;

import java.util.Arrays;
import vellum.core.record.AspectKind;
import vellum.core.record.Output;
import vellum.core.seal.RowReader;

/**
 * Merges a message into the row of its record, aspect by aspect: a higher version replaces, the
 * same with the same content is a duplicate, the same with other content is a conflict, a lower one
 * is stale. The header is the row's, with the offset of the billing zone: the first message fixed
 * it. Which offset a leg's supplier had makes no difference between contents. A submission that
 * lost parts never replaces one that has them. Not thread-safe; reused.
 */
final class AspectMerge {

  /** What became of a message. */
  enum Outcome {
    /** At least one aspect was new or newer. */
    CHANGED,
    /** All it brings was there. */
    DUPLICATE,
    /** All it brings was there, or there in a newer version. */
    STALE
  }

  private final RowReader row = new RowReader();
  private final RowReader message = new RowReader();
  private boolean changed;
  private boolean stale;
  private boolean conflict;
  private boolean submission;
  private final TakenAspects taken = new TakenAspects();

  /** Takes the row that is there. */
  AspectMerge row(byte[] bytes, int offset, int length) {
    row.over(bytes, offset, length);
    return this;
  }

  /** Takes the message that comes. */
  AspectMerge message(byte[] bytes, int offset, int length) {
    message.over(bytes, offset, length);
    return this;
  }

  /**
   * Merges row and message; the merged row is written behind what {@code out} holds, which is left
   * as it was when nothing changed. Returns false when the headers differ, and then nothing is
   * merged.
   */
  boolean mergeInto(Output out) {
    changed = false;
    stale = false;
    conflict = false;
    submission = false;
    taken.clear();
    if (!sameHeader()) {
      return false;
    }
    int mark = out.size();
    out.write(row.bytes(), row.offset(), row.aspectsOffset() - row.offset());
    boolean hasOld = row.next();
    boolean hasNew = message.next();
    while (hasOld || hasNew) {
      int order = !hasNew ? -1 : !hasOld ? 1 : Integer.compare(row.order(), message.order());
      if (order < 0) {
        copy(row, out);
      } else if (order > 0) {
        take(out, TakenAspects.NONE);
      } else {
        choose(out);
      }
      hasOld = order <= 0 ? row.next() : hasOld;
      hasNew = order >= 0 ? message.next() : hasNew;
    }
    if (!changed) {
      out.truncate(mark);
    }
    return true;
  }

  /** What became of the message, conflicts aside. */
  Outcome outcome() {
    if (changed) {
      return Outcome.CHANGED;
    }
    return stale ? Outcome.STALE : Outcome.DUPLICATE;
  }

  /** Whether an aspect has the version of one that is there, and other content. */
  boolean conflict() {
    return conflict;
  }

  /** Whether the message's submission, and with it its identities, went into the row. */
  boolean submissionTaken() {
    return submission;
  }

  /** The aspects of the message that went into the row. */
  TakenAspects taken() {
    return taken;
  }

  private boolean sameHeader() {
    return row.subMillis() == message.subMillis()
        && row.channel() == message.channel()
        && Arrays.equals(
            row.bytes(),
            row.accountOffset(),
            row.accountOffset() + row.accountLength(),
            message.bytes(),
            message.accountOffset(),
            message.accountOffset() + message.accountLength());
  }

  private void choose(Output out) {
    if (message.kind() == AspectKind.SUBMISSION && (message.erased() & ~row.erased()) != 0) {
      // A copy of a record that lost parts takes nothing from a vault that holds them.
      copy(row, out);
      stale = true;
      return;
    }
    int order = Long.compare(message.version(), row.version());
    if (order > 0) {
      take(out, row.version());
      return;
    }
    copy(row, out);
    if (order < 0) {
      stale = true;
    } else if (!sameFields()) {
      conflict = true;
    }
  }

  private boolean sameFields() {
    return Arrays.equals(
        row.bytes(),
        row.contentOffset(),
        row.aspectEnd(),
        message.bytes(),
        message.contentOffset(),
        message.aspectEnd());
  }

  private void take(Output out, long versionBefore) {
    copy(message, out);
    taken.add(message, versionBefore);
    changed = true;
    submission |= message.kind() == AspectKind.SUBMISSION;
  }

  private static void copy(RowReader from, Output out) {
    out.write(from.bytes(), from.aspectOffset(), from.aspectEnd() - from.aspectOffset());
  }
}
