package vellum.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** How far a session goes ahead of who fetches its parts. */
final class ExportSessionTest {

  private static final int PART_ROWS = 1_000;
  private static final List<Column> COLUMNS =
      List.of(Column.of("n", Column.Type.NUMBER, "a number"));

  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Test
  void shouldHoldAPartAndTheNextHoweverManyThereAre() {
    // given
    Endless source = new Endless();
    Exports exports =
        new Exports(tasks::add, new SecureRandom(), () -> 0, new PartLimits(PART_ROWS, 1 << 20));
    ExportSession session =
        exports.open(new ExportRequest(() -> source, ExportFormat.CSV, 0, null));
    assertThat(session.part(1, 0)).isNull();
    for (int number = 1; number <= 200; number++) {
      // when: all that the session wants to be built is built
      runAll();
      ExportSession.Answer answer = session.part(number, 0);
      runAll();
      // then
      assertThat(answer).isNotNull();
      assertThat(session.content(number).content().size()).isPositive();
      assertThat(source.read)
          .as("rows read")
          .isLessThanOrEqualTo((number + 1) * PART_ROWS + 2 * RowBlock.ROWS);
    }
    // when
    exports.end(session.id());
    // then
    assertThat(source.closed).isTrue();
    exports.close();
  }

  private void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Rows without end. */
  private static final class Endless implements RowSource {
    private int read;
    private boolean closed;

    @Override
    public List<Column> columns() {
      return COLUMNS;
    }

    @Override
    public Control control() {
      return new Control(List.of(), Control.NONE);
    }

    @Override
    public long position() {
      return 0;
    }

    @Override
    public List<Mark> marks() {
      return List.of();
    }

    @Override
    public void goBehind(String place) {
      throw new UnsupportedOperationException("never broken off");
    }

    @Override
    public boolean next(Cells row) {
      row.clear();
      row.number(0, ++read);
      return true;
    }

    @Override
    public String place(Cells row) {
      return "row/" + row.number(0);
    }

    @Override
    public long rowsAtMost() {
      return Long.MAX_VALUE / 2_000;
    }

    @Override
    public int permille() {
      return 0;
    }

    @Override
    public String ended() {
      return "";
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
