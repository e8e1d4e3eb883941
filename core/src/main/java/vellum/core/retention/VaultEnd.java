package vellum.core.retention;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import vellum.core.apply.Applier;
import vellum.core.apply.JournalDrain;
import vellum.core.apply.MonthFlusher;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.Journal;
import vellum.core.period.Catalog;
import vellum.core.period.MonthState;
import vellum.core.period.Months;
import vellum.core.period.Stage;
import vellum.core.record.MonthId;
import vellum.core.retention.ErasureCertificate.Kind;
import vellum.core.seal.SealEpochs;

/**
 * The end of what a hold kept: from EXPIRING on nobody begins to read it and what comes for it is
 * dropped, then its key dies, its directory goes, and the journal's segments that have something of
 * it. One step a call; where it is stands in the catalog and in its evidence, so every step may be
 * cut short and is then taken again. For one thread.
 */
public final class VaultEnd {

  /** Why it ends, where a strip has its policy. */
  private static final String RELEASED = "released";

  private final Parts parts;

  /** What is going, and whether the applier has let it go. */
  private final Map<MonthId, CompletableFuture<Void>> letGo = new HashMap<>();

  private final Map<MonthId, JournalDrain> drains = new HashMap<>();

  /**
   * What it works with.
   *
   * @param vaults the periods of holds, with their catalog
   */
  public record Parts(
      Months vaults,
      Catalog catalog,
      KeyRing keys,
      Journal journal,
      SealEpochs epochs,
      Applier applier,
      MonthFlusher flusher,
      EvidenceStore evidence) {}

  /**
   * What a hold kept is gone.
   *
   * @param key its end
   * @param records that there were
   * @param files that there were
   */
  public record Gone(KeyRing.Destroyed key, long records, RemovedFiles files) {}

  public VaultEnd(Parts parts) {
    this.parts = parts;
  }

  /**
   * Takes a step, or finds that it has to wait.
   *
   * @param at when the hold ended
   * @return how it ended, once nothing is left; the same whenever it is asked again
   * @throws vellum.core.crypto.CryptoException.KeyStorageFailed when the disk refused: the key is
   *     refused already, and the step is to be repeated
   */
  public Optional<Gone> step(MonthId vault, Instant at) {
    Optional<Catalog.Entry> entry = parts.catalog().entry(vault);
    Stage stage = entry.map(Catalog.Entry::stage).orElse(Stage.EXPIRED);
    if (stage.compareTo(Stage.EXPIRING) < 0) {
      begin(vault, at, stage);
      return Optional.empty();
    }
    parts.keys().destroy(vault, at);
    if (stage == Stage.EXPIRING && !isRemoved(vault, at)) {
      return Optional.empty();
    }
    return Optional.of(gone(vault));
  }

  private void begin(MonthId vault, Instant at, Stage stage) {
    long records =
        stage == Stage.MAKING ? 0 : parts.vaults().state(vault).map(MonthState::records).orElse(0L);
    Evidence evidence =
        Evidence.begin(Kind.RELEASE, vault.toString(), RELEASED, at)
            .withMonths(List.of(new Evidence.MonthEnd(vault.toString(), records)));
    parts
        .catalog()
        .move(
            vault,
            new Catalog.Entry(Stage.EXPIRING, at, 0),
            batch -> EvidenceStore.put(batch, vault, evidence));
  }

  private boolean isRemoved(MonthId vault, Instant at) {
    if (!isUnused(vault)) {
      return false;
    }
    Evidence evidence = parts.evidence().find(vault, Kind.RELEASE).orElseThrow();
    Path directory = parts.vaults().directories().live(vault);
    Evidence.Removed list = evidence.removed();
    if (list == null) {
      Path data = parts.vaults().directories().data();
      parts.evidence().save(vault, evidence.with(FileList.of(data, List.of(directory))));
      return false;
    }
    if (list.at() == null) {
      delete(directory);
      parts.evidence().save(vault, evidence.with(list.done(at)));
      return false;
    }
    JournalDrain drain =
        drains.computeIfAbsent(
            vault, any -> new JournalDrain(parts.epochs(), parts.journal(), parts.flusher()));
    if (drain.step() < 0) {
      return false;
    }
    drains.remove(vault);
    parts.catalog().move(vault, new Catalog.Entry(Stage.EXPIRED, at, 0), batch -> {});
    letGo.remove(vault);
    return true;
  }

  /** The applier asks anew who owns a period after a task between two of its batches. */
  private boolean isUnused(MonthId vault) {
    CompletableFuture<Void> asked =
        letGo.computeIfAbsent(vault, any -> parts.applier().between(position -> {}));
    return asked.isDone()
        && !asked.isCancelled()
        && parts.vaults().closeWhenUnused(vault, Stage.Owner.LIVE);
  }

  private void delete(Path directory) {
    try {
      parts.vaults().directories().disk().deleteTree(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("the directory of a hold cannot be removed", e);
    }
  }

  private Gone gone(MonthId vault) {
    KeyRing.Destroyed key = parts.keys().destruction(vault).orElseThrow();
    Optional<Evidence> evidence = parts.evidence().find(vault, Kind.RELEASE);
    if (evidence.isEmpty()) {
      // It ended before anything was made for it.
      return new Gone(key, 0, RemovedFiles.of(key.at(), List.of()));
    }
    long records = Objects.requireNonNull(evidence.get().months()).get(0).records();
    return new Gone(key, records, Objects.requireNonNull(evidence.get().removed()).files());
  }
}
