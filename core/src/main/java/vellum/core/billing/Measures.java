package vellum.core.billing;

import java.util.List;
import vellum.core.record.Output;
import vellum.core.record.Wire;

/**
 * What is summed in a cell, exactly, or by how much it changes. Not thread-safe.
 *
 * <pre>
 *   five {@link Sum}s: count, units, duration, amount, expected cost
 * </pre>
 */
public final class Measures {

  private final Sum count = new Sum();
  private final Sum units = new Sum();
  private final Sum durationMs = new Sum();
  private final Sum amount = new Sum();
  private final Sum expectedCost = new Sum();

  /** Records in a cell of the sale cube, legs in one of the cost cube. */
  public Sum count() {
    return count;
  }

  /** Segments, messages, seconds, as the record says. */
  public Sum units() {
    return units;
  }

  /** Billed duration in milliseconds; of the sale cube. */
  public Sum durationMs() {
    return durationMs;
  }

  /** What is charged, in nanos of the cell's currency: the sale, or the leg's cost. */
  public Sum amount() {
    return amount;
  }

  /** The cost that was expected when rated, in nanos of the sale's currency; of the sale cube. */
  public Sum expectedCost() {
    return expectedCost;
  }

  private List<Sum> all() {
    return List.of(count, units, durationMs, amount, expectedCost);
  }

  public void add(Measures other) {
    count.add(other.count);
    units.add(other.units);
    durationMs.add(other.durationMs);
    amount.add(other.amount);
    expectedCost.add(other.expectedCost);
  }

  public void subtract(Measures other) {
    count.subtract(other.count);
    units.subtract(other.units);
    durationMs.subtract(other.durationMs);
    amount.subtract(other.amount);
    expectedCost.subtract(other.expectedCost);
  }

  /** Adds all to a cell. */
  void addTo(CellArena cells, int at) {
    count.addTo(cells, at, 0);
    units.addTo(cells, at, 1);
    durationMs.addTo(cells, at, 2);
    amount.addTo(cells, at, 3);
    expectedCost.addTo(cells, at, 4);
  }

  void subtractFrom(CellArena cells, int at) {
    count.subtractFrom(cells, at, 0);
    units.subtractFrom(cells, at, 1);
    durationMs.subtractFrom(cells, at, 2);
    amount.subtractFrom(cells, at, 3);
    expectedCost.subtractFrom(cells, at, 4);
  }

  void setTo(CellArena cells, int at) {
    count.setTo(cells, at, 0);
    units.setTo(cells, at, 1);
    durationMs.setTo(cells, at, 2);
    amount.setTo(cells, at, 3);
    expectedCost.setTo(cells, at, 4);
  }

  public boolean isZero() {
    return count.isZero()
        && units.isZero()
        && durationMs.isZero()
        && amount.isZero()
        && expectedCost.isZero();
  }

  public void clear() {
    count.clear();
    units.clear();
    durationMs.clear();
    amount.clear();
    expectedCost.clear();
  }

  public void write(Output out) {
    count.write(out);
    units.write(out);
    durationMs.write(out);
    amount.write(out);
    expectedCost.write(out);
  }

  /** Adds what {@link #write} wrote. */
  public void addFrom(Wire wire) {
    count.addFrom(wire);
    units.addFrom(wire);
    durationMs.addFrom(wire);
    amount.addFrom(wire);
    expectedCost.addFrom(wire);
  }

  /** Goes behind what {@link #write} wrote. */
  public static void skip(Wire wire) {
    for (int sum = 0; sum < CellArena.SUMS; sum++) {
      while (wire.readByte() >= 0x80) {
        // Further bytes of the sum follow.
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Measures measures && all().equals(measures.all());
  }

  @Override
  public int hashCode() {
    return all().hashCode();
  }

  @Override
  public String toString() {
    return all().toString();
  }
}
