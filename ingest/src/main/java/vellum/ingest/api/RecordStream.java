package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.util.TimeoutMode;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.period.Place;
import vellum.core.period.RecordPage;

/**
 * An answer of any number of records, written page by page: the next is read when the one before
 * has gone to the connection. Between two pages it holds a place and no thread, month or snapshot.
 * A reader that leaves a page unread for too long is cut off, as is one whose token was revoked or
 * whose records cannot be read any more; an answer that is not ended properly is not whole. Used by
 * one thread at a time.
 */
final class RecordStream {

  /** Records of a page: some hundred KiB. */
  static final int PAGE = 250;

  private final ServiceRequestContext context;
  private final MediaType type;
  private final RecordLines lines;
  private final Pages pages;
  private final Supplier<RecordView> views;
  private final HttpResponseWriter writer = HttpResponse.streaming();
  private @Nullable Place after;
  private long left;
  private long readWithinMs;

  /** Reads a page. */
  interface Pages {
    RecordPage read(@Nullable Place after, int most);
  }

  /**
   * @param views makes a view for a page
   */
  RecordStream(
      ServiceRequestContext context,
      MediaType type,
      RecordLines lines,
      Pages pages,
      Supplier<RecordView> views) {
    this.context = context;
    this.type = type;
    this.lines = lines;
    this.pages = pages;
    this.views = views;
  }

  /**
   * Reads the first page, so that what is wrong with the question is still an answer of its own,
   * and begins.
   *
   * @param ended told once, when the answer is written or broken off
   */
  HttpResponse start(@Nullable Place from, long limit, long withinMs, Runnable ended) {
    after = from;
    left = limit;
    readWithinMs = withinMs;
    RecordPage first = read();
    writer.whenComplete().handle((all, failure) -> ended(ended));
    writer.write(
        ResponseHeaders.of(
            HttpStatus.OK, HttpHeaderNames.CONTENT_TYPE, type, HttpHeaderNames.VARY, "accept"));
    byte[] head = lines.head();
    if (head.length > 0) {
      writer.write(HttpData.wrap(head));
    }
    write(first);
    return writer;
  }

  private static boolean ended(Runnable ended) {
    ended.run();
    return true;
  }

  private RecordPage read() {
    return pages.read(after, (int) Math.min(PAGE, left));
  }

  private void next() {
    try {
      Caller.requireStanding(context);
      write(read());
    } catch (RuntimeException e) {
      writer.close(Faults.brokenOff(e));
    }
  }

  private void write(RecordPage page) {
    Place next = page.next();
    left -= page.records().size();
    after = next;
    byte[] bytes = lines.page(page.records(), views.get(), next == null ? "" : Cursor.text(next));
    if (bytes.length > 0) {
      writer.write(HttpData.wrap(bytes));
    }
    if (next == null || left == 0) {
      writer.close();
      return;
    }
    context.setRequestTimeoutMillis(TimeoutMode.SET_FROM_NOW, readWithinMs);
    writer.whenConsumed().thenRunAsync(this::next, context.blockingTaskExecutor());
  }
}
