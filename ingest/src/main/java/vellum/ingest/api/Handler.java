package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.server.ServiceRequestContext;

/** Answers one kind of request; may block. Thread-safe. */
@FunctionalInterface
interface Handler {

  /**
   * @return the body of the answer
   * @throws Problem when the answer is an error
   */
  JsonNode handle(ServiceRequestContext context, AggregatedHttpRequest request);
}
