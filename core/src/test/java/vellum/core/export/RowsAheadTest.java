package vellum.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows read by one thread while another writes them. */
final class RowsAheadTest {

  private static final List<Column> COLUMNS =
      List.of(Column.of("n", Column.Type.NUMBER, "a number"));
  private static final int ROWS = 10_000;

  @ParameterizedTest
  @EnumSource(ExportFormat.class)
  void shouldMakeTheSamePartsWhoeverReads(ExportFormat format) {
    // given
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      // when: nobody else reads; another does; and it begins where a part ended within a block
      List<String> alone = parts(format, task -> {}, 0);
      List<String> ahead = parts(format, threads, 0);
      List<String> resumed = parts(format, threads, 3);
      // then
      assertThat(alone).hasSize(11);
      assertThat(ahead).isEqualTo(alone);
      assertThat(resumed).isEqualTo(alone.subList(3, alone.size()));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<String> parts(ExportFormat format, Executor threads, int have) {
    int partRows = 999;
    Counted source = new Counted(have * partRows, ROWS);
    List<String> parts = new ArrayList<>();
    try (PartBuilder builder =
        new PartBuilder(source, format, new PartLimits(partRows, 1 << 20), have, threads)) {
      for (Part part = builder.next(() -> false); part != null; part = builder.next(() -> false)) {
        parts.add(part.number() + " " + part.first() + " " + part.last() + " " + part.sha256());
      }
    }
    assertThat(source.closed).isEqualTo(1);
    return parts;
  }

  @Test
  void shouldCloseTheSourceWhenTheThreadThatReadsIsOut() throws Exception {
    // given
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Counted source = new Counted(0, ROWS);
    source.inside = new CountDownLatch(1);
    source.goOn = new CountDownLatch(1);
    RowsAhead ahead = new RowsAhead(source, threads);
    Future<RowBlock> reading = threads.submit(ahead::next);
    source.inside.await();
    // when
    ahead.close();
    // then
    assertThat(source.closed).isZero();
    // when
    source.goOn.countDown();
    // then
    assertThat(reading.get().count()).isEqualTo(1);
    assertThat(source.closed).isEqualTo(1);
    assertThat(ahead.next().count()).isZero();
    assertThat(source.read).isEqualTo(1);
    threads.shutdownNow();
  }

  @Test
  void shouldSayWhyTheSourceFailed() {
    // given
    Counted source = new Counted(0, ROWS);
    source.failsAt = RowBlock.ROWS + 1;
    RowsAhead ahead = new RowsAhead(source, Runnable::run);
    // when
    assertThat(ahead.next().count()).isEqualTo(RowBlock.ROWS);
    // then
    assertThatThrownBy(ahead::next).isInstanceOf(ExportException.Busy.class);
  }

  /** Rows of numbers, from the one behind {@code read} on. */
  private static final class Counted implements RowSource {
    private final int end;
    private int read;
    private int failsAt;
    private int closed;
    private CountDownLatch inside = new CountDownLatch(0);
    private CountDownLatch goOn = new CountDownLatch(0);

    Counted(int read, int end) {
      this.read = read;
      this.end = end;
    }

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
      throw new UnsupportedOperationException("begins where it is told");
    }

    @Override
    public boolean next(Cells row) {
      assertThat(closed).as("closed while it is read").isZero();
      inside.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      if (read == end) {
        return false;
      }
      row.clear();
      row.number(0, ++read);
      if (read == failsAt) {
        throw new ExportException.Busy("the disk is away");
      }
      return true;
    }

    @Override
    public String place(Cells row) {
      return "row/" + row.number(0);
    }

    @Override
    public long rowsAtMost() {
      return end;
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
      closed++;
    }
  }
}
