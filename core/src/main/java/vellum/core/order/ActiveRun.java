package vellum.core.order;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vellum.core.search.ErasedPeriod;
import vellum.core.search.Found;
import vellum.core.search.Reach;
import vellum.core.search.ScopeWalk;
import vellum.core.search.SearchPage;
import vellum.v1.DetailRecord;
import vellum.v1.UsageRecord;

/** A run under way: pages of the search into the package, a few at a time. For one thread. */
final class ActiveRun implements AutoCloseable {

  /** Events of the usage log that a package has at most: they go into one file. */
  private static final int MOST_EVENTS = 100_000;

  /** Pages between two marks from which a run can go on. */
  private static final int MARK_PAGES = 100;

  private final Order order;
  private final WorkerParts parts;
  private final Packages.Making making;
  private final ScopeWalk walk;
  private final List<ErasedPeriod> missing;
  private final Map<String, ErasedPeriod> byPeriod = new HashMap<>();
  private volatile long records;
  private volatile double done;
  private @Nullable String cursor;
  private int pages;
  private boolean isSearched;
  private @Nullable String digest;

  ActiveRun(Order order, WorkerParts parts, RunMark from) {
    this.order = order;
    this.parts = parts;
    this.records = from.records();
    this.done = from.done();
    this.cursor = from.cursor();
    boolean contents = order.terms().classes().contains(GrantedClass.CONTENT);
    this.walk =
        parts
            .search()
            .walk(order.terms().scope(), new Reach(parts.vaults().get(), contents), cursor);
    this.missing = parts.erased().apply(order.terms().scope());
    missing.forEach(one -> byPeriod.put(one.period(), one));
    this.making = parts.packages().open(order, from.state());
  }

  Order order() {
    return order;
  }

  long records() {
    return records;
  }

  double done() {
    return done;
  }

  /** What is no longer held, as of when the run began or went on. */
  List<ErasedPeriod> missing() {
    return missing;
  }

  /**
   * Packs a page; true when the package is complete. A run whose step has failed is not to go on.
   */
  boolean step() {
    if (!isSearched) {
      addPage();
    } else if (digest == null) {
      digest = making.finish(records, missing);
    }
    return digest != null;
  }

  /** Of the complete package. */
  String digest() {
    String made = digest;
    if (made == null) {
      throw new IllegalStateException("the package of " + order.id() + " is not complete");
    }
    return made;
  }

  private void addPage() {
    SearchPage page = walk.next(parts.pageRecords());
    for (Found one : page.records()) {
      requireGranted(one);
      making.add(one, one.identified() ? null : byPeriod.get(one.period().toString()));
    }
    count(page.records().size());
    done = page.done();
    cursor = page.next();
    pages++;
    if (cursor == null) {
      if (order.terms().classes().contains(GrantedClass.USAGE)) {
        addUsage();
      }
      isSearched = true;
    } else if (pages % MARK_PAGES == 0) {
      mark();
    }
  }

  private void addUsage() {
    List<UsageRecord> events = parts.usage().find(order.terms().scope(), MOST_EVENTS + 1);
    if (events.size() > MOST_EVENTS) {
      throw new OrderException.BadOrder(
          "the usage log has more than " + MOST_EVENTS + " events of it: enter narrower orders");
    }
    making.add(events);
    count(events.size());
  }

  /** For one thread; others read. */
  private void count(int more) {
    long before = records;
    records = before + more;
  }

  private void mark() {
    RunMark mark = new RunMark(cursor, records, done, making.checkpoint());
    parts.desk().parts().cases().attach(order.id(), RunMark.NAME, mark.write());
  }

  /** What the search gives is of the scope; this stands between a fault there and a disclosure. */
  private void requireGranted(Found one) {
    DetailRecord record = one.record();
    Instant at =
        Instant.ofEpochSecond(record.getStartedAt().getSeconds(), record.getStartedAt().getNanos());
    boolean isCut = one.place() == Found.Place.ARCHIVE;
    Instant first = order.terms().scope().from();
    Instant from = isCut ? Instant.ofEpochSecond(first.getEpochSecond()) : first;
    var accounts = order.terms().scope().accounts();
    boolean isGranted =
        !at.isBefore(from)
            && at.isBefore(order.terms().scope().to())
            && (accounts.isEmpty() || accounts.contains(record.getAccount()));
    if (!isGranted) {
      throw new IllegalStateException("a record outside of the order was found; nothing is packed");
    }
  }

  @Override
  public void close() {
    making.close();
  }
}
