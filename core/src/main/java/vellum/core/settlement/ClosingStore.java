package vellum.core.settlement;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Closings;
import vellum.core.billing.Party;
import vellum.core.billing.PostingKey;
import vellum.core.record.Bytes;
import vellum.core.store.Scan;
import vellum.core.store.Store;
import vellum.core.store.StoreBatch;
import vellum.core.store.Table;
import vellum.core.store.Table.Shape;

/**
 * Closings, statements and postings by hand in the control store, and the picture of what is closed
 * that the applier reads. A change is durable before {@link #closings} shows it. Reads from any
 * thread; changes one at a time.
 */
public final class ClosingStore {

  /** {@link SettlementRows} → closing. */
  private static final Table CLOSINGS = new Table("closings", 0, Shape.SMALL);

  /** {@link SettlementRows} → bytes of the statement, deflated (RFC 1951). */
  private static final Table STATEMENTS = new Table("statements", 0, Shape.SMALL);

  /** {@link SettlementRows} → posting by hand. */
  private static final Table MANUAL = new Table("manual-postings", 0, Shape.SMALL);

  /** {@code number} → last number given to a posting, {@code gone} → last year removed; i64. */
  private static final Table MARKS = new Table("settlement", 0, Shape.SMALL);

  private static final byte[] NUMBER = "number".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] GONE = "gone".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {(byte) 0xFF};

  /** Most rows that one step of an expiry removes. */
  private static final int EXPIRY_ROWS = 10_000;

  private final Store control;
  private volatile Closings closings;

  /** Tables of the control store that settlement needs. */
  public static List<Table> tables() {
    return List.of(CLOSINGS, STATEMENTS, MANUAL, MARKS);
  }

  /**
   * Reads what is closed.
   *
   * @param control synced, opened with the {@linkplain #tables tables}; not closed by this
   */
  public ClosingStore(Store control) {
    this.control = control;
    List<Closings.Closed> closed = new ArrayList<>();
    List<Closing> period = new ArrayList<>();
    for (Closing closing : find(any -> true)) {
      if (!period.isEmpty() && !isSamePeriod(period.get(0), closing)) {
        closed.add(closed(period));
        period.clear();
      }
      period.add(closing);
    }
    if (!period.isEmpty()) {
      closed.add(closed(period));
    }
    this.closings = Closings.NONE.with(closed);
  }

  private static boolean isSamePeriod(Closing one, Closing other) {
    return one.party().equals(other.party()) && one.period().equals(other.period());
  }

  private static Closings.Closed closed(List<Closing> revisions) {
    Closing first = revisions.get(0);
    return new Closings.Closed(
        first.party(), first.period(), revisions.stream().map(Closing::interval).toList());
  }

  /** What is closed, as of now. */
  public Closings closings() {
    return closings;
  }

  /** All closings that are wanted, by party, period, revision. */
  List<Closing> find(Predicate<Closing> wanted) {
    return scan(new byte[] {0}, END).stream().filter(wanted).toList();
  }

  /** The revisions of a period. */
  List<Closing> revisions(Party party, YearMonth period) {
    byte[] from = SettlementRows.prefix(party, period);
    return scan(from, PostingKey.behind(from));
  }

  /** All closings of a party. */
  List<Closing> ofParty(Party party) {
    byte[] from = SettlementRows.prefix(party);
    return scan(from, PostingKey.behind(from));
  }

  /** Whether a party has closings or postings by hand. */
  public boolean has(Party party) {
    return !ofParty(party).isEmpty() || !manual(party, null).isEmpty();
  }

  private List<Closing> scan(byte[] from, byte[] to) {
    List<Closing> found = new ArrayList<>();
    try (Scan scan = control.scan(CLOSINGS, from, to)) {
      while (scan.next()) {
        found.add(SettlementRows.closing(scan.value()));
      }
    }
    return found;
  }

  /** Puts closings, new or with another end, durably; then they are seen. */
  void put(Collection<Closing> some) {
    StoreBatch batch = control.batch();
    for (Closing closing : some) {
      batch.put(CLOSINGS, SettlementRows.key(closing), SettlementRows.write(closing));
    }
    control.write(batch);
    closings = closings.with(some.stream().map(this::period).toList());
  }

  /** The period of a closing as it is now; reads nothing for a first one. */
  private Closings.Closed period(Closing one) {
    return closed(one.revision() == 1 ? List.of(one) : revisions(one.party(), one.period()));
  }

  /** Puts a statement together with what it came to. */
  void put(Closing made, byte[] statement) {
    StoreBatch batch = control.batch();
    byte[] key = SettlementRows.key(made);
    batch.put(CLOSINGS, key, SettlementRows.write(made));
    batch.put(STATEMENTS, key, deflated(statement));
    control.write(batch);
  }

  /** The bytes of a statement that is made. */
  byte[] statement(Closing closing) {
    Closing.Made made = closing.statement();
    byte[] stored = control.get(STATEMENTS, SettlementRows.key(closing));
    if (made == null || stored == null) {
      throw new SettlementException.WrongFormat("a closing without its statement");
    }
    return inflated(stored, made.bytes());
  }

  /** Puts a posting and takes its number. */
  void put(ManualPosting posting) {
    StoreBatch batch = control.batch();
    batch.put(
        MANUAL,
        SettlementRows.key(posting.party(), posting.period(), posting.number()),
        SettlementRows.write(posting));
    batch.put(MARKS, NUMBER, Bytes.ofLong(posting.number()));
    control.write(batch);
  }

  /** Number of the last posting by hand, 0 before the first. */
  long lastManual() {
    return mark(NUMBER);
  }

  /** The last year that is removed, 0 for none. */
  int goneYear() {
    return (int) mark(GONE);
  }

  private long mark(byte[] name) {
    byte[] stored = control.get(MARKS, name);
    return stored == null ? 0 : Bytes.getLong(stored, 0);
  }

  /**
   * Postings by hand in the order of their keys.
   *
   * @param party whose; null for all
   * @param period on whose bill they stand; null for all of the party's
   */
  List<ManualPosting> manual(@Nullable Party party, @Nullable YearMonth period) {
    byte[] from =
        party == null
            ? new byte[] {0}
            : period == null ? SettlementRows.prefix(party) : SettlementRows.prefix(party, period);
    byte[] to = party == null ? END : PostingKey.behind(from);
    List<ManualPosting> found = new ArrayList<>();
    try (Scan scan = control.scan(MANUAL, from, to)) {
      while (scan.next()) {
        ManualPosting posting = SettlementRows.manual(scan.value());
        if (period == null || posting.period().equals(period)) {
          found.add(posting);
        }
      }
    }
    return found;
  }

  Optional<ManualPosting> manual(long number) {
    return manual(null, null).stream().filter(one -> one.number() == number).findFirst();
  }

  /**
   * Removes some of what belongs to periods up to the end of a year.
   *
   * @return whether there may be more
   */
  public synchronized boolean expire(int year) {
    StoreBatch batch = control.batch();
    for (Table table : List.of(STATEMENTS, CLOSINGS, MANUAL)) {
      try (Scan scan = control.scan(table, new byte[] {0}, END)) {
        while (batch.count() < EXPIRY_ROWS && scan.next()) {
          if (SettlementRows.period(scan.key()).getYear() <= year) {
            batch.delete(table, scan.key());
          }
        }
      }
    }
    if (batch.count() > 0) {
      control.write(batch);
      return true;
    }
    if (goneYear() < year) {
      batch.put(MARKS, GONE, Bytes.ofLong(year));
      control.write(batch);
      closings = closings.without(year);
    }
    return false;
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try {
      deflater.setInput(bytes);
      deflater.finish();
      ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4 + 64);
      byte[] part = new byte[8192];
      while (!deflater.finished()) {
        out.write(part, 0, deflater.deflate(part));
      }
      return out.toByteArray();
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflated(byte[] stored, int length) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      byte[] bytes = new byte[length];
      int read = 0;
      while (read < length && !inflater.finished() && !inflater.needsInput()) {
        read += inflater.inflate(bytes, read, length - read);
      }
      return Arrays.copyOf(bytes, read);
    } catch (DataFormatException e) {
      throw new SettlementException.WrongFormat("a stored statement");
    } finally {
      inflater.end();
    }
  }
}
