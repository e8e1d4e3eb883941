package vellum.core.export;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import vellum.core.billing.CellGroups;
import vellum.core.billing.Closings;
import vellum.core.billing.Cube;
import vellum.core.billing.Dimension;
import vellum.core.billing.Measures;
import vellum.core.settlement.ClosedTotals;
import vellum.core.settlement.Totals;
import vellum.core.settlement.TotalsQuery;
import vellum.core.settlement.TotalsRequest;

/**
 * Begins exports of totals. Those of now have all months of one journal position: they are asked
 * for until no month has moved on meanwhile; under steady traffic between two batches of the
 * applier. Those of a closed month are each party's as of its closing. Thread-safe.
 */
public final class TotalsSnapshot {

  private static final int TRIES = 3;

  private final TotalsQuery totals;
  private final Function<LongConsumer, CompletableFuture<Void>> between;
  private final ClosedTotals closed;

  /**
   * @param between as of {@link RecordSnapshot}
   */
  public TotalsSnapshot(
      TotalsQuery totals,
      Function<LongConsumer, CompletableFuture<Void>> between,
      ClosedTotals closed) {
    this.totals = totals;
    this.between = between;
    this.closed = closed;
  }

  /** The totals as they are now. */
  public RowSource open(TotalsRequest request) {
    for (int i = 0; i < TRIES; i++) {
      Totals answer = totals.totals(request);
      if (answer.months().stream().allMatch(month -> month.position() <= answer.applied())) {
        return source(answer, answer.applied());
      }
    }
    AtomicReference<@Nullable RowSource> source = new AtomicReference<>();
    RecordSnapshot.await(
        between.apply(applied -> source.set(source(totals.totals(request), applied))));
    RowSource made = source.get();
    if (made == null) {
      throw new ExportException.Busy("the totals could not be read between two batches");
    }
    return made;
  }

  /**
   * The totals of a month as it was closed, for whom the request names or for all.
   *
   * @param request whose days are those of the month
   * @throws ExportException.BadRequest when the month is closed for nobody who is asked for
   * @throws vellum.core.settlement.SettlementException naming for whom it is not closed
   */
  public RowSource openClosed(TotalsRequest request) {
    ClosedTotals.Answer answer = closed.totals(request);
    if (answer.closings().isEmpty()) {
      throw new ExportException.BadRequest(
          "there is no closed period "
              + Closings.periodOf(request.filter().fromDay())
              + " of whom this asks for");
    }
    return source(request, answer.rows(), 0, List.of()).of(new ClosingSet(answer.closings()));
  }

  private static RowSource source(Totals answer, long position) {
    List<Mark> marks =
        answer.months().stream()
            .map(month -> new Mark(month.month(), month.owner(), month.position(), 0))
            .toList();
    return source(answer.request(), answer.rows(), position, marks);
  }

  private static ListSource source(
      TotalsRequest request, List<CellGroups.Row> sums, long position, List<Mark> marks) {
    boolean isSale = request.filter().cube() == Cube.SALE;
    List<Dimension> by = request.by();
    List<Column> columns = new ArrayList<>();
    for (Dimension dimension : by) {
      Column.Type type = dimension == Dimension.DAY ? Column.Type.DAY : Column.Type.TEXT;
      columns.add(Column.of(dimension.toString(), type, "dimension"));
    }
    int first = columns.size();
    int currency = by.indexOf(Dimension.CURRENCY);
    List<Control.Figure> figures = new ArrayList<>();
    for (String name : List.of("count", "units", "duration_ms")) {
      if (isSale || !name.equals("duration_ms")) {
        figures.add(new Control.Figure(name, false, columns.size(), Control.NONE));
        columns.add(Column.of(name, Column.Type.TOTAL, "sum"));
      }
    }
    for (String name : isSale ? List.of("amount", "expected_cost") : List.of("amount")) {
      figures.add(new Control.Figure(name, false, columns.size(), currency));
      columns.add(Column.of(name, Column.Type.AMOUNT, "sum"));
      columns.add(Column.of(name + "_nanos", Column.Type.TOTAL, "sum, in 10^-9"));
    }
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (CellGroups.Row row : sums) {
      List<@Nullable Object> values = new ArrayList<>(columns.size());
      for (int i = 0; i < first; i++) {
        values.add(value(by.get(i), row.values().get(i)));
      }
      add(values, row.sums(), isSale);
      rows.add(values);
    }
    return new ListSource(columns, new Control(figures, Control.NONE), position, marks, rows);
  }

  private static @Nullable Object value(Dimension dimension, String text) {
    if (text.isEmpty()) {
      return null;
    }
    return dimension == Dimension.DAY ? LocalDate.parse(text) : text;
  }

  private static void add(List<@Nullable Object> values, Measures sums, boolean isSale) {
    values.add(sums.count().value());
    values.add(sums.units().value());
    if (isSale) {
      values.add(sums.durationMs().value());
    }
    BigInteger amount = sums.amount().value();
    values.add(amount);
    values.add(amount);
    if (isSale) {
      BigInteger expected = sums.expectedCost().value();
      values.add(expected);
      values.add(expected);
    }
  }
}
