package vellum.core.settlement;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Party;
import vellum.core.billing.Posting;
import vellum.core.record.AccountId;
import vellum.core.record.Sha256;

/**
 * Makes statements of closings out of cells and postings: the same bytes however often, whenever.
 * Thread-safe.
 */
final class StatementMaker {

  /** Most bytes of a statement. */
  static final int MAX_BYTES = 64 << 20;

  private final Books books;
  private final ClosingStore store;

  /**
   * A statement that is made.
   *
   * @param made what it came to
   */
  record Statement(byte[] bytes, Closing.Made made) {}

  StatementMaker(Books books, ClosingStore store) {
    this.books = books;
    this.store = store;
  }

  /** Makes the statement of one closing. */
  Statement make(Closing closing) {
    List<Statement> made = new ArrayList<>(1);
    makeAll(List.of(closing), one -> made.add(one.getValue()));
    return made.get(0);
  }

  /**
   * Makes the statements of closings of one period and cube, which takes one look at what was
   * posted to it, and of suppliers one at the records.
   */
  void makeAll(List<Closing> closings, Consumer<Map.Entry<Closing, Statement>> sink) {
    if (closings.isEmpty()) {
      return;
    }
    Closing first = closings.get(0);
    Map<String, Bill> bills = new HashMap<>();
    closings.forEach(
        closing ->
            bills.put(
                closing.party().id(),
                new Bill(closing.party(), closing.period(), closing.position())));
    Cube cube = first.party().cube();
    books.adjustmentsTo(
        cube,
        first.period(),
        closings.size() == 1 ? first.party().id() : null,
        posting -> adjust(bills.get(posting.party().id()), posting));
    if (cube == Cube.COST) {
      makeGroup(closings, bills, sink);
    } else {
      closings.forEach(closing -> makeGroup(List.of(closing), bills, sink));
    }
  }

  private static void adjust(@Nullable Bill bill, Posting posting) {
    if (bill != null) {
      bill.adjustmentTo(posting);
    }
  }

  /** Makes statements whose records are looked at together; takes their bills. */
  private void makeGroup(
      List<Closing> closings,
      Map<String, Bill> bills,
      Consumer<Map.Entry<Closing, Statement>> sink) {
    Map<Closing, Bill> read = new LinkedHashMap<>();
    Map<Closing, BillSpan> spans = new HashMap<>();
    List<Closing> unmade = closings.stream().filter(one -> one.statement() == null).toList();
    try (PeriodRows rows = unmade.isEmpty() ? new PeriodRows() : rows(unmade)) {
      for (Closing closing : closings) {
        Bill bill = Objects.requireNonNull(bills.remove(closing.party().id()));
        BillSpan span = new BillSpan(bill);
        read(bill, closing, closing.statement() == null ? span : null);
        read.put(closing, bill);
        spans.put(closing, span);
      }
      List<BillSpan> wanted = unmade.stream().map(spans::get).toList();
      new SpanSearch(rows, closings.get(0).party().cube()).find(wanted);
    }
    read.forEach(
        (closing, bill) -> {
          Closing.Made made = closing.statement();
          BillSpan span = Objects.requireNonNull(spans.get(closing));
          Closing.Times times = made == null ? span.times() : made.times();
          sink.accept(Map.entry(closing, statement(closing, bill, times)));
        });
  }

  private PeriodRows rows(List<Closing> closings) {
    Party party = closings.get(0).party();
    boolean isAccount = party.cube() == Cube.SALE && !party.id().isEmpty();
    return books.rows(closings.get(0).period(), isAccount ? AccountId.of(party.id()) : null);
  }

  private void read(Bill bill, Closing closing, @Nullable BillSpan span) {
    books.read(
        closing.party(),
        closing.period(),
        bill::cell,
        posting -> {
          if (bill.adjustmentOf(posting) && span != null) {
            span.without(posting);
          }
        });
  }

  private Statement statement(Closing closing, Bill bill, Closing.@Nullable Times times) {
    List<ManualPosting> manual =
        store.manual(closing.party(), closing.period()).stream()
            .filter(posting -> posting.number() <= closing.lastManual())
            .toList();
    BillLines lines = bill.lines();
    byte[] bytes = StatementText.of(closing, lines, times, manual);
    if (bytes.length > MAX_BYTES) {
      throw new SettlementException.TooMany("bytes in a statement", MAX_BYTES);
    }
    return new Statement(
        bytes,
        new Closing.Made(
            Sha256.hex(bytes),
            bytes.length,
            lines.charges().size(),
            StatementText.payable(lines, manual),
            times));
  }
}
