package vellum.core.hold;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.journal.OwnStream;
import vellum.core.journal.OwnStreamException;
import vellum.core.period.LiveMonth;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.core.seal.SealedRecord;

/**
 * One pass through a month for one hold, in steps of a page. It begins when all that was sealed
 * before it is applied; then it goes round after round, and copies by way of the journal what the
 * vault has not, until a round has found nothing missing: that one has read every copy back by the
 * vault's key. A crash goes on with the page it was at. For one thread.
 */
final class CopyPass {

  private final VaultParts parts;
  private final CopyRows rows;
  private final VaultScope scope;
  private CopyRow row;
  private Phase phase = Phase.SEALED_BEFORE;

  /** Epoch of sealing that ended when the pass began; -1 before that. */
  private long epoch = -1;

  /** Journal sequence that is to be applied before it goes on. */
  private long position;

  private MatchWalk.@Nullable Position next;
  private @Nullable CompletableFuture<OwnStream.Written> sent;

  private enum Phase {
    /** Batches that were sealed before are on their way. */
    SEALED_BEFORE,
    /** They are being applied. */
    APPLIED_BEFORE,
    WALKING,
    SENT,
    /** What a round copied is being applied. */
    SETTLING
  }

  CopyPass(VaultParts parts, CopyRows rows, VaultScope scope, CopyRow row) {
    this.parts = parts;
    this.rows = rows;
    this.scope = scope;
    this.row = row;
  }

  /** How far it is. */
  CopyRow row() {
    return row;
  }

  boolean isOver() {
    return row.level() >= row.target() || row.ended();
  }

  /** Goes on; false when it has to wait. */
  boolean step() {
    return switch (phase) {
      case SEALED_BEFORE -> isSealed();
      case APPLIED_BEFORE -> isApplied();
      case WALKING -> walk();
      case SENT -> isSent();
      case SETTLING -> isSettled();
    };
  }

  private boolean isSealed() {
    if (epoch < 0) {
      epoch = parts.epochs().flip();
    }
    if (!parts.epochs().drained(epoch)) {
      return false;
    }
    position = parts.journal().appended();
    phase = Phase.APPLIED_BEFORE;
    return true;
  }

  private boolean isApplied() {
    if (parts.applier().progress().sequence() < position) {
      return false;
    }
    phase = Phase.WALKING;
    return true;
  }

  private boolean isSettled() {
    if (parts.applier().progress().sequence() < position) {
      return false;
    }
    keep(row.again());
    phase = Phase.WALKING;
    return true;
  }

  private void keep(CopyRow changed) {
    rows.put(changed);
    row = changed;
  }

  private boolean walk() {
    Optional<MonthKey> monthKey = parts.keys().existing(row.month());
    Optional<MonthKey> vaultKey = parts.keys().existing(row.vault());
    if (monthKey.isEmpty() || vaultKey.isEmpty()) {
      keep(row.cut());
      return true;
    }
    try (Two open = Two.hold(parts, row.month(), row.vault())) {
      if (open.month == null || open.vault == null) {
        keep(row.cut());
        return true;
      }
      return walk(open.month, open.vault, monthKey.get(), vaultKey.get());
    } catch (CryptoException.KeyDestroyed meanwhile) {
      keep(row.cut());
      return true;
    }
  }

  private boolean walk(LiveMonth month, LiveMonth vault, MonthKey monthKey, MonthKey vaultKey) {
    MonthCipher cipher = monthKey.newCipher();
    MatchWalk.Page page = new MatchWalk(scope, cipher).next(month, row.at());
    HeldCheck check = new HeldCheck(vault, cipher, vaultKey.newCipher());
    List<SealedRecord> missing =
        page.records().stream().filter(record -> !check.isHeld(record)).toList();
    next = page.next();
    if (missing.isEmpty()) {
      advance(false);
      return true;
    }
    try {
      sent =
          parts.stream()
              .send(
                  sealer -> missing.forEach(record -> sealer.addHeld(row.vault(), record, cipher)));
    } catch (OwnStreamException e) {
      if (!e.recoverable()) {
        throw e;
      }
      return false;
    }
    phase = Phase.SENT;
    return true;
  }

  private boolean isSent() {
    CompletableFuture<OwnStream.Written> asked = Objects.requireNonNull(sent);
    if (!asked.isDone()) {
      return false;
    }
    sent = null;
    phase = Phase.WALKING;
    try {
      position = asked.join().journalSequence();
    } catch (CompletionException e) {
      if (e.getCause() instanceof OwnStreamException.Fenced) {
        // Nothing was taken: the same page again.
        return true;
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    advance(true);
    return true;
  }

  private void advance(boolean copied) {
    MatchWalk.Position to = next;
    if (to != null) {
      keep(row.at(to, copied));
    } else if (copied || row.dirty()) {
      keep(row.at(row.at(), true));
      position = Math.max(position, parts.journal().appended());
      phase = Phase.SETTLING;
    } else {
      keep(row.done());
    }
  }

  /** The month and the vault, held open; null what is not there any more. */
  private record Two(
      @Nullable LiveMonth month, @Nullable LiveMonth vault, List<RecordStore.Hold> holds)
      implements AutoCloseable {

    static Two hold(VaultParts parts, MonthId month, MonthId vault) {
      Optional<RecordStore.Hold> one = parts.months().periods().holdExisting(month);
      try {
        Optional<RecordStore.Hold> other = parts.vaults().periods().holdExisting(vault);
        return new Two(
            live(one), live(other), Stream.of(one, other).flatMap(Optional::stream).toList());
      } catch (RuntimeException e) {
        one.ifPresent(RecordStore.Hold::close);
        throw e;
      }
    }

    private static @Nullable LiveMonth live(Optional<RecordStore.Hold> hold) {
      return hold.isPresent() && hold.get().month() instanceof LiveMonth live ? live : null;
    }

    @Override
    public void close() {
      holds.forEach(RecordStore.Hold::close);
    }
  }
}
