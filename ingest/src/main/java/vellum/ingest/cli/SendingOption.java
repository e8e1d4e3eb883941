package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.core.access.Role;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.endpoint.ServerCalls;

/** Where records go to, and under whose name. */
final class SendingOption {

  /** An administrator may send as anybody. */
  private static final String ITSELF = "cli";

  @Option(
      names = "--stream",
      paramLabel = "HOST:PORT",
      description =
          "Where a server elsewhere takes records (default: the profile's, else port 7400 of the"
              + " same host).")
  String stream = "";

  @Option(
      names = "--producer",
      paramLabel = "NAME",
      description =
          "Name to send under (default: that of the token or certificate; cli with an"
              + " administrator's).")
  @Nullable String producer;

  /** The name to send under. */
  String name(Endpoint endpoint) {
    if (producer != null) {
      return producer;
    }
    if (endpoint.http().isEmpty()) {
      return ITSELF;
    }
    try {
      JsonNode caller = new ServerCalls(endpoint).get("/v1/caller");
      for (JsonNode role : caller.path("roles")) {
        if (role.asText().equals(Role.ADMINISTRATOR.text())) {
          return ITSELF;
        }
      }
      return caller.path("name").asText(ITSELF);
    } catch (EndpointException e) {
      return ITSELF; // The stream says what is wrong, if it is wrong there too.
    }
  }
}
