package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.function.Function;

/** Answers with bytes that are in memory, or with an error. Thread-safe. */
final class BytesService implements HttpService {

  private final MediaType type;
  private final Function<ServiceRequestContext, HttpData> handler;

  BytesService(MediaType type, Function<ServiceRequestContext, HttpData> handler) {
    this.type = type;
    this.handler = handler;
  }

  @Override
  public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
    return HttpResponse.of(
        request
            .aggregate()
            .handleAsync((body, failure) -> answer(context), context.blockingTaskExecutor()));
  }

  private HttpResponse answer(ServiceRequestContext context) {
    try {
      return LongAnswer.of(context, type, handler.apply(context));
    } catch (RuntimeException e) {
      return Json.response(Faults.problem(e));
    }
  }
}
