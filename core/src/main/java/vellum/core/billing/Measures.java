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

  /** Adds all to sums in an array, as {@link CellSums} says. */
  void addTo(long[] sums, int at) {
    count.addTo(sums, at);
    units.addTo(sums, at + 2);
    durationMs.addTo(sums, at + 4);
    amount.addTo(sums, at + 6);
    expectedCost.addTo(sums, at + 8);
  }

  void subtractFrom(long[] sums, int at) {
    count.subtractFrom(sums, at);
    units.subtractFrom(sums, at + 2);
    durationMs.subtractFrom(sums, at + 4);
    amount.subtractFrom(sums, at + 6);
    expectedCost.subtractFrom(sums, at + 8);
  }

  void setTo(long[] sums, int at) {
    count.setTo(sums, at);
    units.setTo(sums, at + 2);
    durationMs.setTo(sums, at + 4);
    amount.setTo(sums, at + 6);
    expectedCost.setTo(sums, at + 8);
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
