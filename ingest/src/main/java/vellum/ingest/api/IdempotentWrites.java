package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.SimpleDecoratingHttpService;
import java.util.concurrent.CompletableFuture;

/**
 * Answers writes that are sent again under their idempotency key as before. Only of routes that are
 * registered so: an answer that is kept must hold neither an identity nor a secret. Thread-safe.
 */
final class IdempotentWrites extends SimpleDecoratingHttpService {

  private final Idempotency idempotency;

  IdempotentWrites(HttpService delegate, Idempotency idempotency) {
    super(delegate);
    this.idempotency = idempotency;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) throws Exception {
    if (!request.headers().contains(Idempotency.HEADER)) {
      return unwrap().serve(context, request);
    }
    return HttpResponse.of(
        request
            .aggregate()
            .thenComposeAsync(body -> serve(context, body), context.blockingTaskExecutor())
            .exceptionally(failure -> Json.response(Faults.problem(failure))));
  }

  private CompletableFuture<HttpResponse> serve(
      ServiceRequestContext context, AggregatedHttpRequest body) {
    Idempotency.Attempt attempt = idempotency.begin(context, body, false);
    if (attempt == null) {
      throw new IllegalStateException("the header was there");
    }
    KeptAnswers.Kept replay = attempt.replay();
    if (replay != null) {
      return CompletableFuture.completedFuture(Json.response(replay));
    }
    CompletableFuture<HttpResponse> answer =
        served(context, body.toHttpRequest())
            .aggregate()
            .thenApplyAsync(whole -> kept(context, attempt, whole), context.blockingTaskExecutor());
    answer.exceptionally(
        failure -> {
          attempt.failed();
          return HttpResponse.of(500);
        });
    return answer;
  }

  private HttpResponse served(ServiceRequestContext context, HttpRequest request) {
    try {
      return unwrap().serve(context, request);
    } catch (Exception e) {
      return HttpResponse.ofFailure(e);
    }
  }

  private static HttpResponse kept(
      ServiceRequestContext context, Idempotency.Attempt attempt, AggregatedHttpResponse whole) {
    if (whole.status().isServerError() && Audited.hasBegun(context)) {
      attempt.failed(); // It may be done all the same: it must not be done again.
    } else {
      attempt.answered(
          whole.status(), whole.content().array(), Json.problemType().equals(whole.contentType()));
    }
    return whole.toHttpResponse();
  }
}
