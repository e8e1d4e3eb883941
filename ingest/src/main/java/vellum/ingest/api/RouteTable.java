package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceBindingBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a server, each with those who may use it. The only way to a route: one that is
 * added to the server beside this is refused to everybody ({@link Guard}). Not thread-safe.
 */
final class RouteTable {

  private final ServerBuilder builder;
  private final @Nullable Idempotency idempotency;
  private final List<ApiRoute> all = new ArrayList<>();

  /**
   * @param idempotency null where no answer is kept
   */
  RouteTable(ServerBuilder builder, @Nullable Idempotency idempotency) {
    this.builder = builder;
    this.idempotency = idempotency;
  }

  /** What keeps answers; null where none is kept. */
  @Nullable Idempotency idempotency() {
    return idempotency;
  }

  /** All routes, in the order in which they were added. */
  List<ApiRoute> all() {
    return List.copyOf(all);
  }

  Draft get(String path, Access access) {
    return draft(HttpMethod.GET, path, access);
  }

  Draft post(String path, Access access) {
    return draft(HttpMethod.POST, path, access);
  }

  Draft put(String path, Access access) {
    return draft(HttpMethod.PUT, path, access);
  }

  Draft delete(String path, Access access) {
    return draft(HttpMethod.DELETE, path, access);
  }

  /** Answers to anybody whatever has no route, with any method, without reading it. */
  void others(Problem problem) {
    builder
        .route()
        .pathPrefix("/")
        .build(new GuardedService((context, request) -> Json.response(problem), Access.ANYBODY));
  }

  private Draft draft(HttpMethod method, String path, Access access) {
    return new Draft(method, path, access);
  }

  /** A route that does not answer yet. */
  final class Draft {

    private final HttpMethod method;
    private final String path;
    private final ServiceBindingBuilder route;
    private final Access access;
    private boolean isKept;

    private Draft(HttpMethod method, String path, Access access) {
      this.method = method;
      this.path = path;
      this.route = builder.route().path(path).methods(method);
      this.access = access;
    }

    /**
     * Answers what comes again under its idempotency key as before. What is kept must hold neither
     * an identity nor a secret.
     */
    Draft kept() {
      isKept = true;
      return this;
    }

    /** Until when a request must be answered, in place of the server's own. */
    Draft within(Duration timeout) {
      route.requestTimeout(timeout);
      return this;
    }

    /** Longest body, in place of the server's own. */
    Draft maxBytes(long bytes) {
      route.maxRequestLength(bytes);
      return this;
    }

    /** Answers with JSON. */
    void answers(Handler handler) {
      answersWritten((context, request) -> Json.data(handler.handle(context, request)));
    }

    /** Answers with JSON that the handler has written. */
    void answersWritten(WrittenHandler handler) {
      bind(
          new JsonService(
              (context, request) -> {
                if (!access.open()) {
                  AccountBounds.check(access, Caller.of(context).accounts(), request);
                }
                return handler.handle(context, request);
              }));
    }

    /** Answers with bytes that are in memory. */
    void answers(MediaType type, Function<ServiceRequestContext, HttpData> handler) {
      service(new BytesService(type, handler));
    }

    /**
     * Answers as a service of its own does. The table does not read its bodies: one that names
     * accounts there judges them itself, as {@link Access.Naming#ROWS}.
     */
    void service(HttpService service) {
      if (access.naming() == Access.Naming.BODY) {
        throw new IllegalArgumentException("a service of its own checks a body's accounts itself");
      }
      bind(service);
    }

    /** The same of one that keeps its answers itself. */
    void keeping(HttpService service) {
      add(service, true);
    }

    private void bind(HttpService service) {
      Idempotency keys = idempotency;
      add(isKept && keys != null ? new IdempotentWrites(service, keys) : service, isKept);
    }

    private void add(HttpService service, boolean keeps) {
      all.add(
          new ApiRoute(
              method.name(), path, access.roles(), access.itself(), access.naming().text(), keeps));
      route.build(new GuardedService(service, access));
    }
  }
}
