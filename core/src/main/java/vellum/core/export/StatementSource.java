package vellum.core.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import vellum.core.settlement.Closing;
import vellum.core.settlement.PeriodDesk;

/**
 * Lines of statements, one statement after the other; one is in memory at a time. As statements
 * never change, neither do the rows, whatever comes later. Used by one thread at a time.
 *
 * <p>A place is {@code statements/<hex digits: which statements>/<index of one>/<row, from 1>}.
 */
final class StatementSource implements RowSource {

  private static final int PERMILLE = 1000;
  private static final String PLACE = "statements/";
  private static final byte[] NO_KEY = new byte[0];

  private final PeriodDesk periods;
  private final List<Closing> closings;
  private final long position;
  private final String name;
  private int current;
  private int row;
  private @Nullable ListSource lines;

  /**
   * @param closings with their statements, in a fixed order
   */
  StatementSource(PeriodDesk periods, List<Closing> closings) {
    this.periods = periods;
    ClosingSet set = new ClosingSet(closings);
    this.closings = set.closings();
    this.position = set.position();
    this.name = set.name();
  }

  @Override
  public List<Column> columns() {
    return StatementLines.COLUMNS;
  }

  @Override
  public Control control() {
    return StatementLines.CONTROL;
  }

  @Override
  public long position() {
    return position;
  }

  /** None: what it is made of stands in every {@link #place}. */
  @Override
  public List<Mark> marks() {
    return List.of();
  }

  @Override
  public List<Closing> closings() {
    return closings;
  }

  @Override
  public void goBehind(String place) {
    String[] parts = place.split("/", -1);
    if (parts.length != 4 || !place.startsWith(PLACE)) {
      throw new ExportException.BadRequest("the place to go on behind is none of this export");
    }
    if (!parts[1].equals(name)) {
      throw ClosingSet.changed();
    }
    try {
      current = Integer.parseInt(parts[2]);
      row = Integer.parseInt(parts[3]);
    } catch (NumberFormatException e) {
      throw new ExportException.BadRequest("the place to go on behind is none of this export");
    }
    if (current < 0 || current >= closings.size() || row < 0) {
      throw new ExportException.BadRequest("the export has fewer statements");
    }
    ListSource behind = read(closings.get(current));
    behind.goBehind("row/" + row);
    lines = behind;
  }

  private ListSource read(Closing closing) {
    byte[] statement =
        periods.show(closing.party(), closing.period(), closing.revision()).statement();
    return new ListSource(
        columns(), control(), position, List.of(), StatementLines.of(closing, statement));
  }

  @Override
  public boolean next(Cells cells) {
    while (current < closings.size()) {
      ListSource of = lines;
      if (of == null) {
        of = read(closings.get(current));
        lines = of;
        row = 0;
      }
      if (of.next(cells)) {
        row++;
        cells.at(PLACE + name + "/" + current + "/" + row, NO_KEY, 0);
        return true;
      }
      lines = null;
      current++;
    }
    return false;
  }

  @Override
  public String place(Cells cells) {
    return cells.of().toString();
  }

  @Override
  public long rowsAtMost() {
    return 0;
  }

  @Override
  public int permille() {
    return (int) ((long) current * PERMILLE / closings.size());
  }

  @Override
  public String ended() {
    return "";
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
