package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import org.jspecify.annotations.Nullable;

/** What is answered where no handler was reached: unknown paths, bad methods, broken HTTP. */
final class ProblemErrors implements ServerErrorHandler {

  @Override
  public HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    return Json.response(Faults.problem(cause));
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    Problem problem = Faults.refused(status);
    return AggregatedHttpResponse.of(status, Json.problemType(), Json.problemBody(problem));
  }
}
