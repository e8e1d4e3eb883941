package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import vellum.core.record.MonthId;
import vellum.core.seal.PeriodLife;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * A list of periods in the control store, and how far each is in its life: what it does not name
 * does not exist, whatever lies on the disk. There are two, which know nothing of each other: what
 * holds keep is in a list of its own, so that nothing that goes by the first can show it.
 * Thread-safe.
 */
public final class Catalog implements PeriodLife {

  /** Name of a period → {@code stage since position}: {@code LIVE 2026-11-21T22:10:00Z 0}. */
  public static final Table TABLE = new Table("catalog", 0, Shape.SMALL);

  /** The same of {@linkplain MonthId.Kind#HOLD periods of holds}. */
  public static final Table HOLDS = new Table("catalog-holds", 0, Shape.SMALL);

  private final Store control;
  private final Table table;

  /** Read by the applier at every batch; written under the catalog's lock. */
  private final ConcurrentNavigableMap<MonthId, Entry> entries = new ConcurrentSkipListMap<>();

  private final AtomicLong revision = new AtomicLong();

  /**
   * A period of the catalog.
   *
   * @param since when it came to this stage
   * @param position journal sequence that goes with the stage: of KEY_DESTROYED the last one that
   *     may hold what its key sealed, of SWITCHED the one from which on the archive takes messages
   */
  public record Entry(Stage stage, Instant since, long position) {}

  /** The list of all periods but those of holds. */
  public Catalog(Store control) {
    this(control, TABLE);
  }

  /**
   * @param table {@link #TABLE} or {@link #HOLDS}
   */
  public Catalog(Store control, Table table) {
    this.control = control;
    this.table = table;
    try (Scan scan = control.scan(table, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        MonthId month = MonthId.parse(new String(scan.key(), StandardCharsets.US_ASCII));
        entries.put(month, entry(month, new String(scan.value(), StandardCharsets.US_ASCII)));
      }
    }
  }

  private static Entry entry(MonthId month, String text) {
    String[] parts = text.split(" ", -1);
    try {
      return new Entry(
          Stage.valueOf(parts[0]),
          Instant.parse(parts[1]),
          parts.length > 2 ? Long.parseLong(parts[2]) : 0);
    } catch (RuntimeException e) {
      throw new PeriodException.UnknownState(
          "the catalog has a state of " + month + " that this version does not know");
    }
  }

  /** Whether it lists the periods of holds, and no others. */
  boolean isOfHolds() {
    return table.equals(HOLDS);
  }

  /** All periods, those that are gone included. */
  public SortedMap<MonthId, Entry> entries() {
    return new TreeMap<>(entries);
  }

  public Optional<Entry> entry(MonthId month) {
    return Optional.ofNullable(entries.get(month));
  }

  /** Who answers for a period; nobody for one that is not named. */
  public Stage.Owner owner(MonthId month) {
    return entry(month).map(entry -> entry.stage().owner()).orElse(Stage.Owner.NONE);
  }

  /** Whether the period's directory was there once, so that it must be there now. */
  boolean isMade(MonthId month) {
    Entry entry = entries.get(month);
    return entry != null && entry.stage() != Stage.MAKING;
  }

  /** Whether what changes in a period now is to be noted for its archive. */
  public boolean notesChanges(MonthId month) {
    Entry entry = entries.get(month);
    return entry != null && entry.stage().notesChanges();
  }

  @Override
  public boolean isSealing(MonthId month) {
    Entry entry = entries.get(month);
    return entry == null || entry.stage().compareTo(Stage.SEALING_STOPPED) < 0;
  }

  @Override
  public boolean isCopyingHolds(MonthId month) {
    Entry entry = entries.get(month);
    return entry != null && entry.stage().compareTo(Stage.COPYING_HOLDS) >= 0;
  }

  @Override
  public boolean isGone(MonthId month) {
    Entry entry = entries.get(month);
    return entry != null && entry.stage().owner() == Stage.Owner.NONE;
  }

  @Override
  public long revision() {
    return revision.get();
  }

  /** Names a period, durably, before its directory is made. */
  synchronized void add(MonthId month, Instant now) {
    if (isOfHolds() != (month.kind() == MonthId.Kind.HOLD)) {
      throw new IllegalArgumentException(month + " belongs into the other list of periods");
    }
    if (!entries.containsKey(month)) {
      write(month, new Entry(Stage.MAKING, now, 0), batch -> {});
    }
  }

  /** Notes, durably, that the period's directory is there. */
  synchronized void made(MonthId month) {
    Entry entry = entries.get(month);
    if (entry != null && entry.stage() == Stage.MAKING) {
      write(month, new Entry(Stage.LIVE, entry.since(), 0), batch -> {});
    }
  }

  /**
   * Brings a period to a later stage, durably.
   *
   * @param also puts what must become durable together with the stage
   */
  public synchronized void move(MonthId month, Entry next, Consumer<StoreBatch> also) {
    Entry entry = entries.get(month);
    if (entry != null && entry.stage().compareTo(next.stage()) >= 0) {
      throw new IllegalStateException(
          month + " is " + entry.stage() + " and does not go back to " + next.stage());
    }
    write(month, next, also);
  }

  private void write(MonthId month, Entry entry, Consumer<StoreBatch> also) {
    StoreBatch batch = control.batch();
    batch.put(
        table,
        month.toString().getBytes(StandardCharsets.US_ASCII),
        (entry.stage() + " " + entry.since() + " " + entry.position())
            .getBytes(StandardCharsets.US_ASCII));
    also.accept(batch);
    control.write(batch);
    entries.put(month, entry);
    revision.incrementAndGet();
  }
}
