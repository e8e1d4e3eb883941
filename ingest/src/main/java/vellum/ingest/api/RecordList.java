package vellum.ingest.api;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import vellum.core.period.Place;
import vellum.core.period.RecordQuery;

/**
 * Answers with the records that a look-up finds: a page of them as JSON, or all of them as lines,
 * as the headers ask. Thread-safe.
 */
final class RecordList implements HttpService {

  /** Answers in lines that are being written, at most. */
  static final int MOST_STREAMS = 32;

  private static final long MOST_RECORDS = 1_000_000_000;

  private final RecordRequests requests;
  private final JsonService page;
  private final long readWithinMs;
  private final Semaphore free = new Semaphore(MOST_STREAMS);
  private final AtomicLong pages = new AtomicLong();

  /**
   * @param readWithinMs how long a reader may leave a page unread
   */
  RecordList(RecordRequests requests, long readWithinMs) {
    this.requests = requests;
    this.page = new JsonService(requests::list);
    this.readWithinMs = readWithinMs;
  }

  /** Pages that were read for answers in lines. */
  long pages() {
    return pages.get();
  }

  /** Answers in lines that are being written. */
  int streams() {
    return MOST_STREAMS - free.availablePermits();
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    Wanted wanted;
    try {
      wanted = Wanted.of(request.headers());
    } catch (Problem e) {
      return Json.response(e);
    }
    if (wanted == Wanted.JSON) {
      return page.serve(context, request);
    }
    if (!free.tryAcquire()) {
      return Json.response(
          new Problem(
              HttpStatus.TOO_MANY_REQUESTS,
              "TOO_MANY_STREAMS",
              "as many answers in lines are being written as may be: " + MOST_STREAMS));
    }
    return HttpResponse.of(
        request
            .aggregate()
            .thenApplyAsync(body -> stream(context, wanted), context.blockingTaskExecutor())
            .exceptionally(
                failure -> {
                  free.release();
                  return Json.response(Faults.problem(failure));
                }));
  }

  private HttpResponse stream(ServiceRequestContext context, Wanted wanted) {
    long limit = limit(context);
    Place after = RecordRequests.after(context);
    RecordQuery query = requests.question(context);
    RecordLines lines = RecordLines.of(wanted, RecordRequests.legs(query));
    RecordStream stream =
        new RecordStream(
            context,
            wanted.type(),
            lines,
            (place, most) -> {
              pages.incrementAndGet();
              return requests.page(query, place, most);
            },
            () -> requests.view(context));
    return stream.start(after, limit, readWithinMs, free::release);
  }

  private static long limit(ServiceRequestContext context) {
    String text = Query.optional(context, "limit");
    if (text == null) {
      return MOST_RECORDS;
    }
    if (!text.matches("[1-9][0-9]{0,8}")) {
      throw Problem.bad("BAD_LIMIT", "limit must be 1 to 999999999");
    }
    return Long.parseLong(text);
  }
}
