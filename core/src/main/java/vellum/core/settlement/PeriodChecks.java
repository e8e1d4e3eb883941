package vellum.core.settlement;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Party;

/** What may be done with a period as things are. Thread-safe. */
final class PeriodChecks {

  private final PeriodSetup setup;
  private final PartyZones zones;

  PeriodChecks(PeriodSetup setup) {
    this.setup = setup;
    this.zones = new PartyZones(setup.registry());
  }

  KnownParties known() {
    return setup.known();
  }

  PartyZones zones() {
    return zones;
  }

  /** When a period can be closed. */
  Instant closesFrom(Party party, YearMonth period) {
    return zones.end(party, period).plus(setup.grace());
  }

  /** The last closing of a period, or null. */
  @Nullable Closing latest(Party party, YearMonth period) {
    List<Closing> revisions = setup.store().revisions(party, period);
    return revisions.isEmpty() ? null : revisions.get(revisions.size() - 1);
  }

  /**
   * The next closing of a period, as it would be now.
   *
   * @param latest closing of the period, or null
   */
  Closing planned(
      Party party, YearMonth period, @Nullable Closing latest, long position, String by) {
    return new Closing(
        party,
        period,
        latest == null ? 1 : latest.revision() + 1,
        position,
        setup.clock().instant(),
        by,
        zones.of(party, period).stream().map(ZoneId::getId).toList(),
        setup.store().lastManual(),
        null,
        null);
  }

  /** Refuses a period for postings by hand. */
  void requireOpen(Party party, YearMonth period) {
    requireKept(period);
    setup.known().require(party);
    Closing latest = latest(party, period);
    if (latest != null && latest.isClosed()) {
      throw new SettlementException.AlreadyClosed(party, period, latest.revision());
    }
    if (period.isAfter(zones.periodOf(party, setup.clock().instant()))) {
      throw new SettlementException.PeriodNotBegun(party, period);
    }
  }

  /** Refuses a period that is older than what is kept. */
  void requireKept(YearMonth period) {
    int now = setup.clock().instant().atOffset(ZoneOffset.UTC).getYear();
    int kept = Math.max(now - setup.keptYears(), setup.store().goneYear() + 1);
    if (period.getYear() < kept) {
      throw new SettlementException.PeriodGone(period, kept);
    }
  }
}
