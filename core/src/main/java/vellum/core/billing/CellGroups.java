package vellum.core.billing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.record.Output;

/**
 * Sums of cells, grouped by some of their dimensions. Keys of groups are made of bytes copied from
 * cells' keys and found by their hash: a cell whose group is known makes no object. Not
 * thread-safe.
 *
 * <pre>
 *   key of a group, for each dimension in order: u8 length, the value's bytes
 * </pre>
 */
public final class CellGroups implements CellSink {

  private static final int FIRST_SLOTS = 1 << 10;

  private final CellMatch match;
  private final Dimension[] by;
  private final int most;
  private final Output key = new Output(256);
  private final List<Group> groups = new ArrayList<>();
  private @Nullable Group[] slots = new Group[FIRST_SLOTS];
  private Group last = new Group(new byte[0], 0);

  /** A group and what it comes to; chained to the next one of its slot. */
  private static final class Group {
    private final byte[] key;
    private final int hash;
    private final Measures sums = new Measures();
    private @Nullable Group next;

    Group(byte[] key, int hash) {
      this.key = key;
      this.hash = hash;
    }
  }

  /**
   * What a group comes to.
   *
   * @param values one for each dimension that is grouped by
   */
  public record Row(List<String> values, Measures sums) {}

  /**
   * @param filter which of the cells count
   * @param by dimensions of the filter's cube, in the order in which rows have them
   * @param most groups that there may be, at least 1
   */
  public CellGroups(CellFilter filter, Collection<Dimension> by, int most) {
    this.match = filter.match();
    this.by = by.stream().map(one -> one.in(filter.cube())).toArray(Dimension[]::new);
    this.most = most;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TotalsException.TooManyRows when there are more groups than there may be
   */
  @Override
  public void cell(byte[] cell, int offset, int length, Measures measures) {
    if (match.matches(cell, offset, length)) {
      group().sums.add(measures);
    }
  }

  /** The group of the cell that was tested last. */
  private Group group() {
    CellSlices slices = match.slices();
    key.clear();
    for (Dimension dimension : by) {
      int bytes = slices.length(dimension);
      key.writeByte(bytes);
      int from = dimension == Dimension.MONTH ? 0 : slices.offset(dimension);
      key.write(slices.bytes(dimension), from, bytes);
    }
    if (!isKeyOf(last)) {
      last = find();
    }
    return last;
  }

  private boolean isKeyOf(Group group) {
    int size = key.size();
    return !groups.isEmpty() && Arrays.equals(group.key, 0, group.key.length, key.bytes(), 0, size);
  }

  private Group find() {
    int hash = hash();
    int slot = hash & slots.length - 1;
    for (Group group = slots[slot]; group != null; group = group.next) {
      if (group.hash == hash && isKeyOf(group)) {
        return group;
      }
    }
    if (groups.size() == most) {
      throw new TotalsException.TooManyRows(most);
    }
    Group added = new Group(Arrays.copyOf(key.bytes(), key.size()), hash);
    groups.add(added);
    if (groups.size() > slots.length) {
      grow();
    } else {
      link(added);
    }
    return added;
  }

  private int hash() {
    int hash = 1;
    byte[] bytes = key.bytes();
    for (int i = 0; i < key.size(); i++) {
      hash = 31 * hash + bytes[i];
    }
    return hash * 0x9E3779B9 >>> 7;
  }

  private void link(Group group) {
    int slot = group.hash & slots.length - 1;
    group.next = slots[slot];
    slots[slot] = group;
  }

  private void grow() {
    slots = new Group[2 * slots.length];
    groups.forEach(this::link);
  }

  /** Whether any cell was of the filter, also when it came to nothing. */
  public boolean isEmpty() {
    return groups.isEmpty();
  }

  /** What does not come to zero, in the order of the values' texts. */
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Group group : groups) {
      if (!group.sums.isZero()) {
        rows.add(new Row(values(group.key), group.sums));
      }
    }
    rows.sort((one, other) -> compare(one.values, other.values));
    return rows;
  }

  private List<String> values(byte[] groupKey) {
    List<String> values = new ArrayList<>(by.length);
    int position = 0;
    for (Dimension dimension : by) {
      int bytes = groupKey[position++] & 0xFF;
      values.add(dimension.text(groupKey, position, bytes));
      position += bytes;
    }
    return List.copyOf(values);
  }

  private static int compare(List<String> one, List<String> other) {
    for (int i = 0; i < one.size(); i++) {
      int order = one.get(i).compareTo(other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
