package vellum.ingest.api;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.server.HttpService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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
    byte[] page = DocumentPage.of(description);
    routes.get("/openapi.yaml", Access.ANYBODY).service(fixed(YAML, description));
    routes.get("/docs", Access.ANYBODY).service(fixed(MediaType.HTML_UTF_8, page));
  }

  private static HttpService fixed(MediaType type, byte[] content) {
    ResponseHeaders headers =
        ResponseHeaders.builder(HttpStatus.OK)
            .contentType(type)
            .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, POLICY)
            .set(HttpHeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff")
            .build();
    return (context, request) -> HttpResponse.of(headers, HttpData.wrap(content));
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
