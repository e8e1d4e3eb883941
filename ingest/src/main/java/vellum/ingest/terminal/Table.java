package vellum.ingest.terminal;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import vellum.core.record.CsvCell;

/** Rows under headings, shown in aligned columns or as CSV. For one thread. */
public final class Table {

  private static final String GAP = "  ";

  private final List<Column> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final BitSet alarming = new BitSet();

  /** A heading; figures stand at the right. */
  private record Column(String title, boolean right) {}

  /**
   * A table of these headings.
   *
   * @param titles one a column; those that begin with ">" stand at the right, without it
   */
  public Table(String... titles) {
    List<Column> made = new ArrayList<>();
    for (String title : titles) {
      boolean right = title.startsWith(">");
      made.add(new Column(right ? title.substring(1) : title, right));
    }
    this.columns = List.copyOf(made);
  }

  /** Adds a row; missing cells are empty. */
  public Table row(String... cells) {
    if (cells.length > columns.size()) {
      throw new IllegalArgumentException(
          cells.length + " cells, but there are " + columns.size() + " columns");
    }
    rows.add(List.of(cells));
    return this;
  }

  /** Adds a row that is red where there are colours. */
  public Table alarm(String... cells) {
    row(cells);
    alarming.set(rows.size() - 1);
    return this;
  }

  public int size() {
    return rows.size();
  }

  /** Prints headings and rows, columns aligned. */
  public void print(PrintStream out, Paint paint) {
    int[] widths = widths(true);
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      pad(line, i, columns.get(i).title(), widths[i]);
    }
    out.println(paint.bold(line.toString().stripTrailing()));
    printRows(out, "", widths, paint);
  }

  /** Prints the rows without headings, each behind an indent. */
  public void printPlain(PrintStream out, String indent) {
    printRows(out, indent, widths(false), new Paint(false));
  }

  /** Prints headings and rows as CSV (RFC 4180, but lines end as in Unix). */
  public void printCsv(PrintStream out) {
    out.println(String.join(",", columns.stream().map(c -> CsvCell.of(c.title())).toList()));
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row);
      while (cells.size() < columns.size()) {
        cells.add("");
      }
      out.println(String.join(",", cells.stream().map(CsvCell::of).toList()));
    }
  }

  private void printRows(PrintStream out, String indent, int[] widths, Paint paint) {
    for (int n = 0; n < rows.size(); n++) {
      List<String> row = rows.get(n);
      StringBuilder line = new StringBuilder(indent);
      for (int i = 0; i < row.size(); i++) {
        pad(line, i, row.get(i), widths[i]);
      }
      String text = line.toString().stripTrailing();
      out.println(alarming.get(n) ? paint.red(text) : text);
    }
  }

  private int[] widths(boolean withTitles) {
    int[] widths = new int[columns.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = withTitles ? width(columns.get(i).title()) : 0;
    }
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], width(row.get(i)));
      }
    }
    return widths;
  }

  private void pad(StringBuilder line, int column, String cell, int width) {
    String space = " ".repeat(width - width(cell));
    if (column > 0) {
      line.append(GAP);
    }
    line.append(columns.get(column).right() ? space + cell : cell + space);
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
