package vellum.ingest.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.util.function.Supplier;
import vellum.core.access.Role;
import vellum.core.export.ExportException;
import vellum.core.export.ExportFormat;
import vellum.core.export.ExportRequest;
import vellum.core.export.ExportSession;
import vellum.core.export.Part;
import vellum.core.settlement.Askable;

/**
 * Makes exports: one begins, hands out part after part, and ends. Thread-safe.
 *
 * <pre>
 *   POST   /v1/export                         begins; names the session
 *   GET    /v1/export/{id}/parts/{n}          what part n is; the next, or the last again
 *   GET    /v1/export/{id}/parts/{n}/content  its bytes
 *   DELETE /v1/export/{id}                    ends
 * </pre>
 */
final class ExportRequests {

  private static final int MAX_BODY_BYTES = 1 << 20;
  private static final long WAIT_MS = 2_000;
  private final ExportPort port;
  private final Askable askable;
  private final Freshness freshness;

  private ExportRequests(ExportPort port, Askable askable, Freshness freshness) {
    this.port = port;
    this.askable = askable;
    this.freshness = freshness;
  }

  static void add(RouteTable routes, ExportPort port, Askable askable, Freshness freshness) {
    ExportRequests requests = new ExportRequests(port, askable, freshness);
    Access begin = Access.of(Role.BILLING).naming(Access.Naming.BODY);
    // Whoever has begun one knows its id, which nobody can guess.
    Access going = Access.of(Role.BILLING).naming(Access.Naming.ROWS);
    routes.post("/v1/export", begin).maxBytes(MAX_BODY_BYTES).answers(requests::begin);
    routes.get("/v1/export/{id}/parts/{number}", going).answers(requests::part);
    routes
        .get("/v1/export/{id}/parts/{number}/content", going)
        .answers(MediaType.OCTET_STREAM, requests::content);
    routes.delete("/v1/export/{id}", going).answers(requests::end);
  }

  private JsonNode begin(ServiceRequestContext context, AggregatedHttpRequest request) {
    ObjectNode body = Json.body(request);
    return named(
        () -> {
          ExportRequest export =
              new ExportRequest(
                  ExportQueries.rows(port, askable, body),
                  format(body),
                  partRows(body),
                  ExportJson.resume(body.get("resume")));
          freshness.await();
          return ExportJson.session(port.sessions().open(export));
        });
  }

  private static int partRows(ObjectNode body) {
    JsonNode rows = body.path("part_rows");
    if (!rows.isMissingNode() && !rows.isInt()) {
      throw Problem.bad("BAD_EXPORT", "part_rows must be a number from 1");
    }
    return rows.asInt(0);
  }

  private static ExportFormat format(ObjectNode body) {
    String name = String.valueOf(Query.text(body, "format"));
    for (ExportFormat format : ExportFormat.values()) {
      if (format.title().equals(name)) {
        return format;
      }
    }
    throw Problem.bad("BAD_FORMAT", "format must be csv, ndjson or parquet");
  }

  private JsonNode part(ServiceRequestContext context, AggregatedHttpRequest request) {
    int number = number(context);
    return named(
        () -> {
          ExportSession session = port.sessions().session(id(context));
          ExportSession.Answer answer = session.part(number, WAIT_MS);
          ObjectNode node = Json.object().put("permille", session.permille());
          if (answer == null) {
            return node.put("wait", true);
          }
          Part part = answer.part();
          if (part == null) {
            return node.put("end", true);
          }
          node.set("part", ExportJson.part(part));
          return node;
        });
  }

  private HttpData content(ServiceRequestContext context) {
    int number = number(context);
    return named(
        () -> {
          Part part = port.sessions().session(id(context)).content(number);
          return HttpData.wrap(part.content().bytes(), 0, part.content().size());
        });
  }

  private JsonNode end(ServiceRequestContext context, AggregatedHttpRequest request) {
    port.sessions().end(id(context));
    return Json.object().put("ended", true);
  }

  private static String id(ServiceRequestContext context) {
    return String.valueOf(context.pathParam("id"));
  }

  private static int number(ServiceRequestContext context) {
    try {
      return Integer.parseInt(String.valueOf(context.pathParam("number")));
    } catch (NumberFormatException e) {
      throw Problem.bad("BAD_EXPORT", "parts have numbers from 1");
    }
  }

  /** Turns what an export says into what a caller reads. */
  private static <T> T named(Supplier<T> task) {
    try {
      return task.get();
    } catch (ExportException e) {
      throw problem(e);
    }
  }

  private static Problem problem(ExportException e) {
    String detail = String.valueOf(e.getMessage());
    if (e instanceof ExportException.BadRequest) {
      return Problem.bad("BAD_EXPORT", detail);
    } else if (e instanceof ExportException.Changed) {
      return new Problem(HttpStatus.CONFLICT, "EXPORT_CHANGED", detail);
    } else if (e instanceof ExportException.NoSession) {
      return new Problem(HttpStatus.NOT_FOUND, "NO_EXPORT", detail);
    } else if (e instanceof ExportException.TooMany) {
      return new Problem(HttpStatus.TOO_MANY_REQUESTS, "TOO_MANY_EXPORTS", detail);
    }
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "BUSY", detail);
  }
}
