package vellum.core.settlement;

import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.record.Sha256;

/**
 * Closes periods, shows and proves their statements, opens them again.
 *
 * <p>A closing is recorded by the applier's thread between two of its batches, durably, with the
 * journal sequence at which it stands; from that moment on, what comes is an adjustment. The
 * statement is worked out beside the traffic: it comes to the same whenever that is, so a closing
 * whose statement a crash prevented is gone on with by the next call. Thread-safe.
 */
public final class PeriodDesk {

  /** Most parties that one call closes. */
  public static final int MAX_PARTIES = 100_000;

  private final ClosingStore store;
  private final Books books;
  private final PeriodChecks checks;
  private final StatementMaker maker;
  private final Standstill standstill;
  private final InstantSource clock;

  /** Whether there may be a closing without its statement. */
  private volatile boolean mayBeUnfinished = true;

  public PeriodDesk(PeriodSetup setup) {
    this.store = setup.store();
    this.books = setup.books();
    this.checks = new PeriodChecks(setup);
    this.maker = new StatementMaker(books, store);
    this.standstill = setup.standstill();
    this.clock = setup.clock();
  }

  /** What became of a party's period. */
  public enum Outcome {
    /** It is closed now. */
    CLOSED,
    /** It would be, were this no dry run. */
    WOULD_CLOSE,
    /** It was. */
    ALREADY_CLOSED,
    /** It is not over. */
    NOT_OVER
  }

  /**
   * A party's part of a closing.
   *
   * @param closing that holds, or would
   */
  public record Result(Outcome outcome, Closing closing) {}

  /** A statement and the closing that it is of. */
  public record Shown(Closing closing, byte[] statement) {}

  /**
   * Closes the period of one party.
   *
   * @param dryRun whether nothing is to be changed
   */
  public synchronized Result close(Party party, YearMonth period, String by, boolean dryRun) {
    standstill.position();
    checks.requireKept(period);
    Instant from = checks.closesFrom(party, period);
    if (clock.instant().isBefore(from)) {
      throw new SettlementException.PeriodNotOver(party, period, from);
    }
    checks.known().require(party);
    Closing latest = checks.latest(party, period);
    if (latest != null && latest.isClosed()) {
      throw new SettlementException.AlreadyClosed(party, period, latest.revision());
    }
    return closeAll(List.of(party), period, by, dryRun).get(0);
  }

  /** Closes the period of everybody in a cube for whom it is over and not closed yet. */
  public synchronized List<Result> closeAll(
      Cube cube, YearMonth period, String by, boolean dryRun) {
    standstill.position();
    checks.requireKept(period);
    TreeSet<String> ids = new TreeSet<>(checks.zones().registered(cube, period));
    ids.addAll(books.parties(cube, period));
    books.adjustmentsTo(cube, period, null, posting -> ids.add(posting.party().id()));
    store.manual(null, null).stream()
        .filter(one -> one.party().cube() == cube && one.period().equals(period))
        .forEach(one -> ids.add(one.party().id()));
    if (ids.size() > MAX_PARTIES) {
      throw new SettlementException.TooMany("parties in a period", MAX_PARTIES);
    }
    return closeAll(ids.stream().map(id -> new Party(cube, id)).toList(), period, by, dryRun);
  }

  private List<Result> closeAll(List<Party> parties, YearMonth period, String by, boolean dryRun) {
    Instant now = clock.instant();
    SortedMap<Party, Result> results = new TreeMap<>();
    List<Closing> next = new ArrayList<>();
    long position = standstill.position();
    for (Party party : parties) {
      Closing latest = checks.latest(party, period);
      Closing planned = checks.planned(party, period, latest, position, by);
      if (latest != null && latest.isClosed()) {
        results.put(party, new Result(Outcome.ALREADY_CLOSED, latest));
      } else if (now.isBefore(checks.closesFrom(party, period))) {
        results.put(party, new Result(Outcome.NOT_OVER, planned));
      } else {
        next.add(planned);
      }
    }
    if (!dryRun && !next.isEmpty()) {
      mayBeUnfinished = true;
      List<Closing> recorded = new ArrayList<>();
      standstill.run(
          at -> {
            next.forEach(one -> recorded.add(one.at(at)));
            store.put(recorded);
          });
      next.clear();
      next.addAll(recorded);
    }
    maker.makeAll(
        next,
        made -> {
          Closing done = made.getKey().with(made.getValue().made());
          if (!dryRun) {
            store.put(done, made.getValue().bytes());
          }
          Outcome outcome = dryRun ? Outcome.WOULD_CLOSE : Outcome.CLOSED;
          results.put(done.party(), new Result(outcome, done));
        });
    if (!dryRun) {
      finish();
    }
    return List.copyOf(results.values());
  }

  /** Makes the statements that a crash prevented. */
  public synchronized void finish() {
    if (!mayBeUnfinished) {
      return;
    }
    List<Closing> open = store.find(one -> one.statement() == null);
    if (!open.isEmpty()) {
      standstill.position();
    }
    Map<String, List<Closing>> groups = new LinkedHashMap<>();
    open.forEach(
        one ->
            groups
                .computeIfAbsent(
                    one.party().cube() + " " + one.period() + " " + one.revision(),
                    any -> new ArrayList<>())
                .add(one));
    for (List<Closing> group : groups.values()) {
      maker.makeAll(
          group,
          made -> store.put(made.getKey().with(made.getValue().made()), made.getValue().bytes()));
    }
    mayBeUnfinished = false;
  }

  /**
   * Closings, by party and period.
   *
   * @param cube of which; null for both
   * @param party of whom, in that cube; null for all
   * @param period null for all
   */
  public List<Closing> list(
      @Nullable Cube cube, @Nullable String party, @Nullable YearMonth period) {
    Party of = cube == null || party == null ? null : new Party(cube, party);
    if (of != null) {
      checks.known().require(of);
    }
    finish();
    List<Closing> found =
        of == null
            ? store.find(one -> cube == null || one.party().cube() == cube)
            : store.ofParty(of);
    return found.stream().filter(one -> period == null || one.period().equals(period)).toList();
  }

  /**
   * The statement of a period.
   *
   * @param revision 0 for the latest
   * @throws SettlementException.NotClosed when there is none
   */
  public Shown show(Party party, YearMonth period, int revision) {
    finish();
    Closing closing = revision(party, period, revision);
    return new Shown(closing, store.statement(closing));
  }

  private Closing revision(Party party, YearMonth period, int revision) {
    checks.requireKept(period);
    List<Closing> revisions = store.revisions(party, period);
    if (revisions.isEmpty()) {
      checks.known().require(party);
      throw new SettlementException.NotClosed(party, period);
    }
    if (revision == 0) {
      return revisions.get(revisions.size() - 1);
    }
    return revisions.stream()
        .filter(one -> one.revision() == revision)
        .findFirst()
        .orElseThrow(() -> new SettlementException.NoSuchRevision(party, period, revision));
  }

  /** Works a statement out anew and compares it with what is stored, byte for byte. */
  public Verification verify(Party party, YearMonth period, int revision) {
    Shown shown = show(party, period, revision);
    standstill.position();
    String stored = Sha256.hex(shown.statement());
    StatementMaker.Statement again = maker.make(shown.closing());
    boolean same = Arrays.equals(again.bytes(), shown.statement());
    boolean known = same || !hasGoneRecords(shown);
    return new Verification(shown.closing(), stored, known ? again.made().digest() : null);
  }

  /** Whether it has adjustments of records that are removed, so that it cannot be made again. */
  private boolean hasGoneRecords(Shown shown) {
    return StatementRead.recordYears(shown.statement()).stream().anyMatch(books::isGone);
  }

  /** What a period would be billed with as things are. */
  public Shown preview(Party party, YearMonth period) {
    checks.requireKept(period);
    checks.known().require(party);
    Closing planned =
        checks.planned(party, period, checks.latest(party, period), standstill.position(), "");
    StatementMaker.Statement made = maker.make(planned);
    return new Shown(planned.with(made.made()), made.bytes());
  }

  /**
   * Opens a period again: its statement stays, and a second closing is its next revision.
   *
   * @param dryRun whether nothing is to be changed
   * @return the closing, with its end
   */
  public synchronized Closing reopen(
      Party party, YearMonth period, String reason, String by, boolean dryRun) {
    Reasons.require(reason);
    finish();
    Closing latest = revision(party, period, 0);
    if (!latest.isClosed()) {
      throw new SettlementException.NotClosed(party, period);
    }
    if (dryRun) {
      return latest;
    }
    List<Closing> ended = new ArrayList<>(1);
    standstill.run(
        at -> {
          ended.add(latest.with(new Closing.Reopening(at, clock.instant(), by, reason)));
          store.put(ended);
        });
    return ended.get(0);
  }

  /** What may be done as things are. */
  PeriodChecks checks() {
    return checks;
  }
}
