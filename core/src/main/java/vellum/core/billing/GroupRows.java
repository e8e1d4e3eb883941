package vellum.core.billing;

import java.util.Arrays;
import java.util.List;

/**
 * Groups of cells as rows, in the order of their values' texts. A value that many groups have is
 * made a text once, and no two groups are compared: they are counted into place by the ranks that
 * their values have among those of their column, column by column from the last (a radix sort). For
 * one thread, once; the groups are not to change meanwhile.
 */
final class GroupRows {

  private final CellMap groups;
  private final Dimension[] by;

  /** Where in its key the next value of a group is, by group. */
  private final int[] positions;

  /** Groups that do not come to zero, in the order of the columns that were counted so far. */
  private int[] order;

  /**
   * @param groups under keys as {@link CellGroups} makes them
   */
  GroupRows(CellMap groups, Dimension[] by) {
    this.groups = groups;
    this.by = by;
    this.positions = new int[groups.size()];
    this.order = new int[groups.size()];
  }

  List<CellGroups.Row> rows() {
    int count = 0;
    for (int group = 0; group < positions.length; group++) {
      positions[group] = groups.keyOffset(group);
      if (!groups.isZero(group)) {
        order[count++] = group;
      }
    }
    order = Arrays.copyOf(order, count);
    Column[] columns = new Column[by.length];
    for (int i = 0; i < by.length; i++) {
      columns[i] = new Column(by[i]);
    }
    for (int i = by.length - 1; i >= 0; i--) {
      columns[i].sort();
    }
    CellGroups.Row[] rows = new CellGroups.Row[count];
    for (int i = 0; i < count; i++) {
      String[] values = new String[by.length];
      for (int column = 0; column < values.length; column++) {
        values[column] = columns[column].text(order[i]);
      }
      rows[i] = new CellGroups.Row(List.of(values), groups.measures(order[i], new Measures()));
    }
    return List.of(rows);
  }

  /** The values of a dimension; made for one column after the other, from the first. */
  private final class Column {

    /** By group, the number of its value, by arrival. */
    private final int[] numbers = new int[positions.length];

    /** By number of the value. */
    private final String[] texts;

    private final int[] ranks;

    Column(Dimension dimension) {
      // From the bytes of a value to its number; without sums.
      CellMap values = new CellMap();
      byte[] keys = groups.keys();
      for (int group = 0; group < numbers.length; group++) {
        int bytes = keys[positions[group]] & 0xFF;
        numbers[group] = values.cell(keys, positions[group] + 1, bytes);
        positions[group] += 1 + bytes;
      }
      texts = new String[values.size()];
      for (int i = 0; i < texts.length; i++) {
        texts[i] = dimension.text(values.keys(), values.keyOffset(i), values.keyLength(i));
      }
      ranks = ranks();
    }

    /** Texts of other bytes that are alike have the same rank. */
    private int[] ranks() {
      String[] sorted = texts.clone();
      Arrays.sort(sorted);
      int[] found = new int[texts.length];
      for (int i = 0; i < found.length; i++) {
        found[i] = first(sorted, texts[i]);
      }
      return found;
    }

    private static int first(String[] sorted, String text) {
      int at = Arrays.binarySearch(sorted, text);
      while (at > 0 && sorted[at - 1].equals(text)) {
        at--;
      }
      return at;
    }

    String text(int group) {
      return texts[numbers[group]];
    }

    /** Puts the groups into the order of this column; of those that have the same, none moves. */
    void sort() {
      int[] ends = new int[texts.length + 1];
      for (int group : order) {
        ends[ranks[numbers[group]] + 1]++;
      }
      for (int rank = 1; rank < ends.length; rank++) {
        ends[rank] += ends[rank - 1];
      }
      int[] sorted = new int[order.length];
      for (int group : order) {
        sorted[ends[ranks[numbers[group]]]++] = group;
      }
      order = sorted;
    }
  }
}
