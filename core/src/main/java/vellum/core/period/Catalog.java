package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.record.MonthId;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * The list of months in the control store: what it does not name does not exist, whatever lies on
 * the disk. Thread-safe.
 */
public final class Catalog {

  /**
   * Name of a month → its state and when it was named ({@code LIVE 2026-11-21T22:10:00Z}). A month
   * is {@code MAKING} until its directory is there, then {@code LIVE}.
   */
  public static final Table TABLE = new Table("catalog", 0, Shape.SMALL);

  private enum State {
    MAKING,
    LIVE
  }

  private record Entry(State state, Instant since) {}

  private final Store control;
  private final SortedMap<MonthId, Entry> months = new TreeMap<>();

  public Catalog(Store control) {
    this.control = control;
    try (Scan scan = control.scan(TABLE, new byte[] {0}, new byte[] {(byte) 0xFF})) {
      while (scan.next()) {
        MonthId month = MonthId.parse(new String(scan.key(), StandardCharsets.US_ASCII));
        months.put(month, entry(month, new String(scan.value(), StandardCharsets.US_ASCII)));
      }
    }
  }

  private static Entry entry(MonthId month, String text) {
    for (State state : State.values()) {
      if (text.startsWith(state + " ")) {
        return new Entry(state, Instant.parse(text.substring(state.name().length() + 1)));
      }
    }
    throw new PeriodException.UnknownState(
        "the catalog has a state of " + month + " that this version does not know");
  }

  /** The live months, and when each was named. */
  public synchronized SortedMap<MonthId, Instant> live() {
    SortedMap<MonthId, Instant> live = new TreeMap<>();
    months.forEach((month, entry) -> live.put(month, entry.since()));
    return live;
  }

  public synchronized boolean isLive(MonthId month) {
    return months.containsKey(month);
  }

  /** Whether the month's directory was there once, so that it must be there now. */
  synchronized boolean isMade(MonthId month) {
    Entry entry = months.get(month);
    return entry != null && entry.state() == State.LIVE;
  }

  /** Names a month, durably, before its directory is made. */
  synchronized void add(MonthId month, Instant now) {
    if (!months.containsKey(month)) {
      write(month, new Entry(State.MAKING, now));
    }
  }

  /** Notes, durably, that the month's directory is there. */
  synchronized void made(MonthId month) {
    Entry entry = months.get(month);
    if (entry != null && entry.state() == State.MAKING) {
      write(month, new Entry(State.LIVE, entry.since()));
    }
  }

  private void write(MonthId month, Entry entry) {
    StoreBatch batch = control.batch();
    batch.put(
        TABLE,
        month.toString().getBytes(StandardCharsets.US_ASCII),
        (entry.state() + " " + entry.since()).getBytes(StandardCharsets.US_ASCII));
    control.write(batch);
    months.put(month, entry);
  }
}
