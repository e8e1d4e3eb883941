package vellum.core.settlement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.Cube;
import vellum.core.billing.Posting;
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
    Bill bill = bill(closing);
    books.adjustmentsTo(
        closing.party().cube(), closing.period(), closing.party().id(), bill::adjustmentTo);
    return statement(closing, bill);
  }

  /**
   * Makes the statements of closings of one period and cube, which takes one look at what was
   * posted to it.
   */
  void makeAll(List<Closing> closings, Consumer<Map.Entry<Closing, Statement>> sink) {
    if (closings.isEmpty()) {
      return;
    }
    Closing first = closings.get(0);
    Cube cube = first.party().cube();
    Map<String, Bill> bills = new HashMap<>();
    closings.forEach(
        closing ->
            bills.put(
                closing.party().id(),
                new Bill(closing.party(), closing.period(), closing.position())));
    books.adjustmentsTo(
        cube, first.period(), null, posting -> adjust(bills.get(posting.party().id()), posting));
    for (Closing closing : closings) {
      Bill bill = bills.remove(closing.party().id());
      if (bill != null) {
        read(bill, closing);
        sink.accept(Map.entry(closing, statement(closing, bill)));
      }
    }
  }

  private static void adjust(@Nullable Bill bill, Posting posting) {
    if (bill != null) {
      bill.adjustmentTo(posting);
    }
  }

  private Bill bill(Closing closing) {
    Bill bill = new Bill(closing.party(), closing.period(), closing.position());
    read(bill, closing);
    return bill;
  }

  private void read(Bill bill, Closing closing) {
    books.read(closing.party(), closing.period(), bill::cell, bill::adjustmentOf);
  }

  private Statement statement(Closing closing, Bill bill) {
    List<ManualPosting> manual =
        store.manual(closing.party(), closing.period()).stream()
            .filter(posting -> posting.number() <= closing.lastManual())
            .toList();
    byte[] bytes = StatementText.of(closing, bill, manual);
    if (bytes.length > MAX_BYTES) {
      throw new SettlementException.TooMany("bytes in a statement", MAX_BYTES);
    }
    Closing.Made made =
        new Closing.Made(
            Sha256.hex(bytes),
            bytes.length,
            bill.lines().size(),
            StatementText.payable(bill, manual));
    return new Statement(bytes, made);
  }
}
