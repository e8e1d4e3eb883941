package vellum.ingest.api;

import com.linecorp.armeria.common.HttpStatus;
import vellum.core.order.OrderException;

/** What refusals of orders are to the caller. Stateless. */
final class OrderProblems {

  private OrderProblems() {}

  static Problem of(OrderException refused) {
    String detail = String.valueOf(refused.getMessage());
    if (refused instanceof OrderException.NotFound) {
      return Problem.notFound(detail);
    }
    HttpStatus status =
        refused instanceof OrderException.BadOrder ? HttpStatus.BAD_REQUEST : HttpStatus.CONFLICT;
    return new Problem(status, refused.code(), detail);
  }
}
