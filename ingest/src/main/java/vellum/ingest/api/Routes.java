package vellum.ingest.api;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.server.Route;
import com.linecorp.armeria.server.Server;
import java.util.Set;
import java.util.TreeSet;

/** Routes as the API's description spells them: {@code GET /v1/records/{id}}. Stateless. */
final class Routes {

  private Routes() {}

  static String name(HttpMethod method, Route route) {
    return method + " " + route.patternString().replaceAll(":([a-z_]+)", "{$1}");
  }

  /** All that a server has. */
  static Set<String> of(Server server) {
    Set<String> names = new TreeSet<>();
    server
        .config()
        .serviceConfigs()
        .forEach(
            service ->
                service
                    .route()
                    .methods()
                    .forEach(method -> names.add(name(method, service.route()))));
    return names;
  }
}
