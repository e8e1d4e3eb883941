package vellum.ingest.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Answers one kind of request with JSON that is written already; may block. Thread-safe. */
@FunctionalInterface
interface WrittenHandler {

  /**
   * @return the body of the answer
   * @throws Problem when the answer is an error
   */
  HttpData handle(ServiceRequestContext context, AggregatedHttpRequest request);
}
