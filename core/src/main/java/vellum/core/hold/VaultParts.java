package vellum.core.hold;

import java.time.InstantSource;
import vellum.core.apply.Applier;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.Journal;
import vellum.core.journal.OwnStream;
import vellum.core.period.Catalog;
import vellum.core.period.Months;
import vellum.core.record.MonthCalendar;
import vellum.core.retention.VaultEnd;
import vellum.core.seal.HeldScopes;
import vellum.core.seal.SealEpochs;
import vellum.core.store.Store;

/**
 * What vaults are filled and emptied with. All parts are thread-safe.
 *
 * @param months the months that everybody's records are in
 * @param vaults the periods of holds
 * @param stream by which copies go into the journal; nobody else ends it
 * @param placed holds that are accepted, whether their vaults are made or not
 * @param active scopes of ongoing holds, {@link VaultScope}s; known before anything is sealed or
 *     erased
 * @param control store with the table {@link HoldVaults#TABLE}
 * @param end ends what holds kept
 * @param clock the one that decides what is erased
 */
public record VaultParts(
    Scope months,
    Scope vaults,
    KeyRing keys,
    MonthCalendar calendar,
    OwnStream stream,
    PlacedHolds placed,
    HeldScopes active,
    SealEpochs epochs,
    Journal journal,
    Applier applier,
    Store control,
    VaultEnd end,
    InstantSource clock) {

  /**
   * Periods and their list.
   *
   * @param list that the periods go by
   */
  public record Scope(Months periods, Catalog list) {}
}
