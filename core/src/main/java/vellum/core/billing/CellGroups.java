package vellum.core.billing;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import vellum.core.record.Output;

/**
 * Sums of cells, grouped by some of their dimensions. Keys of groups are made of bytes copied from
 * cells' keys: a cell makes no object. Not thread-safe.
 *
 * <pre>
 *   key of a group, for each dimension in order: u8 length, the value's bytes
 * </pre>
 */
public final class CellGroups implements CellSink {

  private final CellMatch match;
  private final Dimension[] by;
  private final int most;
  private final Output key = new Output(256);
  private final CellMap groups;

  /** The group of the cell before: cells of a group often come one after the other. */
  private int last = -1;

  /**
   * What a group comes to.
   *
   * @param values one for each dimension that is grouped by
   */
  public record Row(List<String> values, Measures sums) {}

  /**
   * @param filter which of the cells count
   * @param by dimensions of the filter's cube, in the order in which rows have them
   * @param most groups that there may be, those that come to zero included; some 150 bytes each
   */
  public CellGroups(CellFilter filter, Collection<Dimension> by, int most) {
    this.match = filter.match();
    this.by = by.stream().map(one -> one.in(filter.cube())).toArray(Dimension[]::new);
    this.most = most;
    this.groups = new CellMap(most);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TotalsException.TooManyRows when there are more groups than there may be
   */
  @Override
  public void cell(byte[] cell, int offset, int length, Measures measures) {
    if (match.matches(cell, offset, length)) {
      groups.add(group(), measures);
    }
  }

  /** The group of the cell that was tested last. */
  private int group() {
    CellSlices slices = match.slices();
    key.clear();
    for (Dimension dimension : by) {
      int bytes = slices.length(dimension);
      key.writeByte(bytes);
      key.write(slices.bytes(dimension), slices.offset(dimension), bytes);
    }
    if (last < 0 || !isLast()) {
      last = find();
    }
    return last;
  }

  private boolean isLast() {
    int from = groups.keyOffset(last);
    int to = from + groups.keyLength(last);
    return Arrays.equals(groups.keys(), from, to, key.bytes(), 0, key.size());
  }

  private int find() {
    int found = groups.find(key.bytes(), 0, key.size());
    if (found < 0 && groups.size() == most) {
      throw new TotalsException.TooManyRows(most);
    }
    return found < 0 ? groups.cell(key.bytes(), 0, key.size()) : found;
  }

  /** Whether no cell was of the filter; false also when they come to nothing. */
  public boolean isEmpty() {
    return groups.size() == 0;
  }

  /** What does not come to zero, in the order of the values' texts. */
  public List<Row> rows() {
    return new GroupRows(groups, by).rows();
  }
}
