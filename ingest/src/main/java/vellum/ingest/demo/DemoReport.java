package vellum.ingest.demo;

import java.util.ArrayList;
import java.util.List;
import vellum.ingest.terminal.Paint;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.Table;

/** The demo's output: headings, facts, and checks whose failures it remembers. For one thread. */
final class DemoReport {

  private static final String INDENT = "   ";

  private final Screen screen;
  private final Paint paint;
  private final List<String> failed = new ArrayList<>();
  private int passed;
  private int steps;

  DemoReport(Screen screen) {
    this.screen = screen;
    this.paint = screen.outPaint();
  }

  void step(String title) {
    screen.out().println();
    screen.out().println(paint.bold(++steps + ". " + title));
  }

  void fact(String text) {
    screen.out().println(INDENT + text);
  }

  void table(Table table) {
    table.printPlain(screen.out(), INDENT);
  }

  /** A check: what must hold, whether it does, and what was seen. */
  void check(String what, boolean holds, String seen) {
    String mark = holds ? paint.green("ok  ") : paint.red("FAIL");
    screen.out().println(INDENT + mark + "  " + what + (seen.isEmpty() ? "" : ": " + seen));
    if (holds) {
      passed++;
    } else {
      failed.add(what);
    }
  }

  /** A check that two numbers are equal. */
  void checkEqual(String what, long expected, long actual) {
    String figures = String.format(java.util.Locale.ROOT, "%,d", actual);
    check(
        what,
        expected == actual,
        expected == actual
            ? figures
            : figures + String.format(java.util.Locale.ROOT, ", expected %,d", expected));
  }

  List<String> failed() {
    return List.copyOf(failed);
  }

  int passed() {
    return passed;
  }
}
