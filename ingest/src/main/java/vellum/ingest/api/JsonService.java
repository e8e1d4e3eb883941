package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** Runs a handler on a worker, behind the whole body, and turns what it throws into an answer. */
final class JsonService implements HttpService {

  private final WrittenHandler handler;

  JsonService(WrittenHandler handler) {
    this.handler = handler;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .handleAsync(
                (body, failure) -> answer(context, body, failure), context.blockingTaskExecutor()));
  }

  private HttpResponse answer(
      ServiceRequestContext context,
      @Nullable AggregatedHttpRequest request,
      @Nullable Throwable failure) {
    if (request == null) {
      return Json.response(
          Faults.problem(failure == null ? new IllegalStateException("no body") : failure));
    }
    try {
      return LongAnswer.of(context, MediaType.JSON_UTF_8, handler.handle(context, request));
    } catch (RuntimeException e) {
      return Json.response(Faults.problem(e));
    }
  }
}
