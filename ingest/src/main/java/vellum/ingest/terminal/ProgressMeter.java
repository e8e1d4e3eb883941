package vellum.ingest.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress of one long task on standard error: a bar on a terminal, elsewhere a line every few
 * seconds. For one thread.
 */
public final class ProgressMeter implements AutoCloseable {

  private static final long LINE_EVERY_NANOS = 5_000_000_000L;
  private static final int BAR_EVERY_MS = 200;
  private static final int BAR_WIDTH = 100;

  private final Screen screen;
  private final String task;
  private final String things;
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final @Nullable ProgressBar bar;
  private long lineNanos;

  /**
   * Starts.
   *
   * @param task what is done, such as a file's name
   * @param things what {@link #at} counts, in the plural
   */
  public ProgressMeter(Screen screen, String task, String things, LongSupplier nanoTime) {
    this.screen = screen;
    this.task = task;
    this.things = things;
    this.nanoTime = nanoTime;
    this.startedNanos = nanoTime.getAsLong();
    this.lineNanos = startedNanos;
    this.bar = screen.errIsTerminal() ? bar(screen, task) : null;
  }

  /**
   * Says how far the task is.
   *
   * @param done of {@code total}, in any unit
   * @param count of things done
   */
  public void at(long done, long total, long count) {
    long now = nanoTime.getAsLong();
    Duration elapsed = Duration.ofNanos(now - startedNanos);
    if (bar != null) {
      bar.maxHint(total);
      bar.stepTo(done);
      bar.setExtraMessage(" " + figures(count, elapsed));
    } else if (now - lineNanos >= LINE_EVERY_NANOS) {
      lineNanos = now;
      screen
          .err()
          .println(
              task
                  + ": "
                  + percent(done, total)
                  + figures(count, elapsed)
                  + left(done, total, elapsed));
    }
  }

  public Duration elapsed() {
    return Duration.ofNanos(nanoTime.getAsLong() - startedNanos);
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  private String figures(long count, Duration elapsed) {
    return Figures.count(count)
        + ' '
        + things
        + ", "
        + Figures.count(Figures.rate(count, elapsed))
        + "/s";
  }

  private static String percent(long done, long total) {
    return total <= 0 ? "" : String.format(Locale.ROOT, "%d %%, ", 100 * done / total);
  }

  private static String left(long done, long total, Duration elapsed) {
    if (done <= 0 || total <= done) {
      return "";
    }
    double share = (double) (total - done) / done;
    return ", "
        + Figures.duration(Duration.ofMillis((long) (elapsed.toMillis() * share)))
        + " left";
  }

  private static ProgressBar bar(Screen screen, String task) {
    return new ProgressBarBuilder()
        .setTaskName(task)
        .setUpdateIntervalMillis(BAR_EVERY_MS)
        .setStyle(ProgressBarStyle.ASCII)
        .setMaxRenderedLength(BAR_WIDTH)
        .setConsumer(new ConsoleProgressBarConsumer(screen.err(), BAR_WIDTH))
        .build();
  }
}
