package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The API's description, as it is written ({@code /openapi.yaml}, OpenAPI 3.1) and as a page for
 * people that fetches nothing ({@code /docs}). Anybody may read them. Stateless.
 */
final class Documents {

  private static final String RESOURCE = "/vellum/openapi.yaml";
  private static final MediaType YAML = MediaType.parse("application/yaml; charset=utf-8");
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

  private Documents() {}

  static void add(RouteTable routes) {
    byte[] description = description();
    routes.get("/openapi.yaml", Access.ANYBODY).service(fixed(YAML, description));
    routes.get("/docs", Access.ANYBODY).service(new Page(description));
  }

  private static HttpService fixed(MediaType type, byte[] content) {
    return (context, request) -> response(type, content);
  }

  private static HttpResponse response(MediaType type, byte[] content) {
    return HttpResponse.of(
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .build(),
        HttpData.wrap(content));
  }

  /** The page, made when somebody first asks for it: a start need not wait for it. Thread-safe. */
  private static final class Page implements HttpService {

    private final byte[] description;
    private volatile byte @Nullable [] page;

    Page(byte[] description) {
      this.description = description;
    }

    @Override
    public HttpResponse serve(ServiceRequestContext context, HttpRequest request) {
      return HttpResponse.of(
          () -> response(MediaType.HTML_UTF_8, page()), context.blockingTaskExecutor());
    }

    private byte[] page() {
      byte[] made = page;
      if (made == null) {
        made = DocumentPage.of(description);
        page = made;
      }
      return made;
    }
  }

  /** The description's text. */
  static byte[] description() {
    try (InputStream in = Documents.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is not on the class path");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(RESOURCE + " cannot be read", e);
    }
  }
}
