package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ProtocolMessageEnum;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import vellum.core.billing.CellMap;
import vellum.core.billing.CellRange;
import vellum.core.billing.CostCell;
import vellum.core.billing.Cube;
import vellum.core.billing.Measures;
import vellum.core.billing.SaleCell;
import vellum.core.period.Month;
import vellum.core.period.RecordStore;
import vellum.core.record.MonthId;
import vellum.ingest.oracle.DuckTotals;
import vellum.ingest.oracle.Tally;
import vellum.v1.Channel;
import vellum.v1.Direction;
import vellum.v1.StatusGroup;
import vellum.v1.TrafficType;

/** Compares what a node has with what the oracle sums. For one thread. */
final class OracleCheck {

  private static final int SHOWN = 10;

  private final OracleRig rig;
  private final OracleAnswers answers;
  private int checks;
  private long cells;

  OracleCheck(OracleRig rig, Random random) {
    this.rig = rig;
    this.answers = new OracleAnswers(rig, random);
  }

  /**
   * Every cell of both cubes, as the node has them, is what the oracle sums, and what its own rows
   * come to when they are counted anew.
   *
   * @param where which records there are still, in the oracle's words
   */
  void agrees(String where) throws SQLException {
    rig.awaitApplied();
    SortedMap<String, Tally> sale = rig.duck.sale(DuckTotals.SALE, where);
    SortedMap<String, Tally> cost = rig.duck.cost(DuckTotals.COST, where);
    assertThat(sale).as("cells that the oracle has").isNotEmpty();
    same("sale", sale, kept(Cube.SALE));
    same("cost", cost, kept(Cube.COST));
    cells += sale.size() + cost.size();
    months().forEach(OracleCheck::keptAreRecomputed);
    answers.agree(where);
    checks++;
  }

  static void same(
      String cube, SortedMap<String, Tally> expected, SortedMap<String, Tally> actual) {
    List<String> different = new ArrayList<>();
    expected.forEach(
        (key, sums) -> {
          Tally found = actual.getOrDefault(key, Tally.ZERO);
          if (!found.equals(sums)) {
            different.add(key + ": " + found + ", expected " + sums);
          }
        });
    actual.forEach(
        (key, sums) -> {
          if (!expected.containsKey(key)) {
            different.add(key + ": " + sums + ", expected none");
          }
        });
    assertThat(different.subList(0, Math.min(SHOWN, different.size())))
        .as("%d of %d cells of the cube %s that differ", different.size(), expected.size(), cube)
        .isEmpty();
  }

  private static void keptAreRecomputed(Month month) {
    CellMap kept = new CellMap();
    for (Cube cube : Cube.values()) {
      month.cells(CellRange.all(cube), kept::add);
    }
    CellMap recomputed = month.recomputedCells();
    recomputed.forEach(CellRange.all(Cube.SALE), kept::subtract);
    recomputed.forEach(CellRange.all(Cube.COST), kept::subtract);
    assertThat(kept.isEmpty()).as("cells of %s are what its rows come to", month.month()).isTrue();
  }

  /** Uses each month of traffic that there is. */
  private Months months() {
    return new Months(rig.node());
  }

  private record Months(Node node) {
    void forEach(java.util.function.Consumer<Month> use) {
      for (MonthId id : node.vault.months().months()) {
        if (id.kind() == MonthId.Kind.TRAFFIC) {
          try (RecordStore.Hold hold = node.vault.months().holdExisting(id).orElseThrow()) {
            use.accept(hold.month());
          }
        }
      }
    }
  }

  private SortedMap<String, Tally> kept(Cube cube) {
    SortedMap<String, Tally> sums = new TreeMap<>();
    months()
        .forEach(
            month ->
                month.cells(
                    CellRange.all(cube),
                    (key, offset, length, measures) ->
                        sums.merge(name(cube, key, offset, length), tally(measures), Tally::plus)));
    sums.values().removeIf(Tally.ZERO::equals);
    return sums;
  }

  private static Tally tally(Measures of) {
    return new Tally(
        of.count().value(),
        of.units().value(),
        of.durationMs().value(),
        of.amount().value(),
        of.expectedCost().value());
  }

  private static String name(Cube cube, byte[] key, int offset, int length) {
    if (cube == Cube.SALE) {
      SaleCell cell = SaleCell.decode(key, offset, length);
      return String.join(
          "|",
          cell.account(),
          LocalDate.ofEpochDay(cell.day()).toString(),
          name(Channel.forNumber(cell.channel())),
          name(Direction.forNumber(cell.direction())),
          name(TrafficType.forNumber(cell.trafficType())),
          cell.country(),
          cell.mccMnc(),
          name(StatusGroup.forNumber(cell.statusGroup())),
          cell.currency());
    }
    CostCell cell = CostCell.decode(key, offset, length);
    return String.join(
        "|",
        cell.supplier(),
        LocalDate.ofEpochDay(cell.day()).toString(),
        cell.connection(),
        cell.route(),
        cell.mccMnc(),
        name(Channel.forNumber(cell.channel())),
        name(StatusGroup.forNumber(cell.statusGroup())),
        cell.currency());
  }

  private static <E extends Enum<E> & ProtocolMessageEnum> String name(E value) {
    return value.getNumber() == 0 ? "" : value.name();
  }

  /** How much was compared. */
  String summary() {
    return checks + " checks of " + cells + " cells, " + answers.summary();
  }
}
