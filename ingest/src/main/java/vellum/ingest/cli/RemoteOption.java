package vellum.ingest.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.Profile;
import vellum.ingest.endpoint.RemoteServer;
import vellum.ingest.terminal.Screen;
import vellum.ingest.tls.ClientTlsConfig;

/** Names a server elsewhere, and how one proves oneself to it. */
final class RemoteOption {

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "A server elsewhere, such as https://vellum.example.com:7480 (default: $$VELLUM_SERVER).")
  @Nullable String server;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description =
          "A server of ~/.config/vellum/profiles.yaml, with all it needs (default:"
              + " $$VELLUM_PROFILE).")
  @Nullable String profile;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File of the token (default: $$VELLUM_TOKEN holds the token itself).")
  @Nullable Path tokenFile;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description =
          "Authorities of the server's certificate, in PEM (default: $$VELLUM_CA, else Java's).")
  @Nullable Path ca;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = "Certificate to show to a server that asks for one, in PEM; with --key.")
  @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "Its private key, in PEM.")
  @Nullable Path key;

  /** Whether a server elsewhere is named on the command line. */
  boolean isGiven() {
    return server != null || profile != null;
  }

  /** The server that is named here or by the environment; null when none is. */
  @Nullable RemoteServer server(Screen screen) {
    if (server != null) {
      return of(server, "", none(), screen);
    }
    String named = text(screen, "VELLUM_SERVER");
    if (profile == null && !named.isEmpty()) {
      return of(named, "", none(), screen);
    }
    Profile chosen = profile(screen);
    return chosen == null
        ? null
        : of(chosen.server().server(), chosen.server().stream(), chosen.server().tls(), screen);
  }

  /** Where the token is, when it is in a file; null when there is none. */
  @Nullable Path tokenFile(Screen screen) {
    if (tokenFile != null || !text(screen, "VELLUM_TOKEN").isEmpty()) {
      return tokenFile;
    }
    boolean isNamed =
        server != null || (profile == null && !text(screen, "VELLUM_SERVER").isEmpty());
    Profile chosen = isNamed ? null : profile(screen);
    return chosen == null || chosen.tokenFile().toString().isEmpty() ? null : chosen.tokenFile();
  }

  /** What is shown to a server on this machine. */
  ClientTlsConfig own() {
    return shown(none());
  }

  private @Nullable Profile profile(Screen screen) {
    String name = profile == null ? text(screen, "VELLUM_PROFILE") : profile;
    return name.isEmpty() ? null : Profile.read(name, screen.environment());
  }

  private RemoteServer of(String address, String stream, ClientTlsConfig tls, Screen screen) {
    String named = text(screen, "VELLUM_CA");
    Path authorities = ca != null ? ca : named.isEmpty() ? tls.ca() : Path.of(named);
    ClientTlsConfig shown = shown(tls);
    return new RemoteServer(
        address,
        stream,
        new ClientTlsConfig(authorities, Path.of(""), shown.certificate(), shown.key()));
  }

  private ClientTlsConfig shown(ClientTlsConfig otherwise) {
    if (certificate == null && key == null) {
      return otherwise;
    }
    if (certificate == null || key == null) {
      throw new IllegalArgumentException("--certificate and --key go together");
    }
    return otherwise.showing(certificate, key);
  }

  private static ClientTlsConfig none() {
    return ClientTlsConfig.system();
  }

  private static String text(Screen screen, String variable) {
    return screen.environment().getOrDefault(variable, "");
  }
}
