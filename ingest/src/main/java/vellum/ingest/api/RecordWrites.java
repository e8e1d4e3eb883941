package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import vellum.core.journal.RecordSending;

/**
 * Takes records: read, sealed and journaled as those of the streaming server are, and answered when
 * they are as durable. No thread waits for the journal. Thread-safe.
 */
final class RecordWrites implements HttpService {

  /** Bytes of a body, at most. */
  static final int MOST_BYTES = 16 << 20;

  private static final long MOST_BYTES_TOGETHER = 64L << 20;
  private static final Duration WITHIN = Duration.ofSeconds(20);

  private final WritePorts ports;
  private final Idempotency idempotency;
  private final BodyBudget budget = new BodyBudget(MOST_BYTES_TOGETHER);
  private final RecordSending.Retries retries;
  private final int mostBytes;

  /**
   * @param mostBytes of a body
   */
  RecordWrites(
      WritePorts ports, Idempotency idempotency, ScheduledExecutorService workers, int mostBytes) {
    this.ports = ports;
    this.idempotency = idempotency;
    this.retries = new RecordSending.Retries(workers, ports.nanoClock(), WITHIN);
    this.mostBytes = mostBytes;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    RecordForm form;
    try {
      form = RecordForm.of(request.headers());
    } catch (Problem e) {
      return Json.response(e);
    }
    long declared = request.headers().contentLength();
    long bytes = declared < 0 ? mostBytes : Math.min(declared, mostBytes);
    if (!budget.tryTake(bytes)) {
      return Json.response(
          new Problem(
              HttpStatus.TOO_MANY_REQUESTS,
              "TOO_MANY_WRITES",
              "bodies of records are being taken that have "
                  + MOST_BYTES_TOGETHER
                  + " bytes together: try again"));
    }
    CompletableFuture<HttpResponse> answer =
        request
            .aggregate()
            .thenComposeAsync(body -> write(context, form, body), context.blockingTaskExecutor())
            .exceptionally(failure -> Json.response(Faults.problem(failure)));
    answer.whenComplete((response, failure) -> budget.giveBack(bytes));
    return HttpResponse.of(answer);
  }

  private CompletableFuture<HttpResponse> write(
      ServiceRequestContext context, RecordForm form, AggregatedHttpRequest body) {
    Idempotency.Attempt attempt = idempotency.begin(context, body, true);
    KeptAnswers.Kept replay = attempt == null ? null : attempt.replay();
    if (replay != null) {
      return CompletableFuture.completedFuture(Json.response(replay));
    }
    return taken(context, form, body)
        .handleAsync(
            (read, failure) -> answer(attempt, read, failure), context.blockingTaskExecutor());
  }

  private CompletableFuture<ReadRecords> taken(
      ServiceRequestContext context, RecordForm form, AggregatedHttpRequest body) {
    try {
      String account = Query.optional(context, "account");
      String named = account == null ? null : Query.account(account).value();
      ReadRecords read = ReadRecords.of(form.rows(body, named));
      return RecordSending.send(
              ports.records(), read.records(), Caller.of(context).accounts()::has, retries)
          .thenApply(
              rejected -> {
                read.reject(rejected);
                return read;
              });
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static HttpResponse answer(
      Idempotency.@Nullable Attempt attempt,
      @Nullable ReadRecords read,
      @Nullable Throwable failure) {
    if (read == null) {
      if (attempt != null) {
        attempt.failed();
      }
      return Json.response(
          Faults.problem(failure == null ? new IllegalStateException("no answer") : failure));
    }
    HttpStatus status = read.status();
    boolean isProblem = status.equals(HttpStatus.UNPROCESSABLE_ENTITY);
    ObjectNode node = isProblem ? Json.problemNode(noneTaken()) : Json.object();
    read.writeTo(node);
    byte[] bytes = Json.write(node);
    if (attempt != null) {
      attempt.answered(status, bytes, isProblem);
    }
    return HttpResponse.of(
        status, isProblem ? Json.problemType() : MediaType.JSON_UTF_8, HttpData.wrap(bytes));
  }

  private static Problem noneTaken() {
    return new Problem(
        HttpStatus.UNPROCESSABLE_ENTITY,
        "ALL_REJECTED",
        "no record was taken: rejections has the reasons");
  }
}
