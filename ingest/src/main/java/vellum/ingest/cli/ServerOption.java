package vellum.ingest.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import vellum.ingest.endpoint.Endpoint;
import vellum.ingest.endpoint.RemoteServer;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;
import vellum.ingest.tls.TlsException;

/**
 * Names the server: what the command line names comes before what the environment names; a server
 * elsewhere comes before the data directory.
 */
final class ServerOption {

  private static final String TOKEN = "[!-~]{1,512}";

  @Mixin DataOption local = new DataOption();
  @Mixin RemoteOption remote = new RemoteOption();

  Endpoint endpoint(Screen screen) {
    return endpoint(screen, "");
  }

  /**
   * The server.
   *
   * @param stream {@code host:port} of the stream of a server elsewhere; empty: as it is said there
   */
  Endpoint endpoint(Screen screen, String stream) {
    try {
      boolean isHere = local.data != null;
      if (isHere && (remote.isGiven() || !stream.isEmpty())) {
        throw new IllegalArgumentException(
            "--data is a server here: no --server, --profile, --stream");
      }
      RemoteServer elsewhere = isHere ? null : remote.server(screen);
      String token = token(screen, isHere);
      if (elsewhere == null) {
        if (!stream.isEmpty()) {
          throw new IllegalArgumentException("--stream goes with --server or --profile");
        }
        return Endpoint.of(local.directory(screen), token, remote.own());
      }
      RemoteServer chosen =
          stream.isEmpty()
              ? elsewhere
              : new RemoteServer(elsewhere.server(), stream, elsewhere.tls());
      return chosen.endpoint(token == null ? "" : token);
    } catch (IllegalArgumentException | TlsException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  /** Calls to the server; questions that it is asked too often wait until it takes them. */
  ServerCalls calls(Screen screen) {
    return new ServerCalls(
        endpoint(screen),
        (code, seconds) -> {
          screen
              .err()
              .println("the server is asked too often (" + code + "): waiting " + seconds + " s");
          return sleep(seconds);
        });
  }

  private static boolean sleep(int seconds) {
    try {
      TimeUnit.SECONDS.sleep(seconds);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The token that is given; null: none, or the one of the data directory. */
  private @Nullable String token(Screen screen, boolean isHere) {
    // A profile's token is for the profile's server.
    Path file = isHere ? remote.tokenFile : remote.tokenFile(screen);
    String token = screen.environment().getOrDefault("VELLUM_TOKEN", "");
    if (file != null) {
      try {
        token = Endpoint.readToken(file);
      } catch (IOException e) {
        throw new CommandFault(
            ExitCode.REFUSED,
            "cannot read the token file " + file + "; name one that you can read");
      }
    }
    if (!token.isEmpty() && !token.matches(TOKEN)) {
      throw new IllegalArgumentException(
          (file == null ? "VELLUM_TOKEN" : file.toString())
              + " holds no token: one word is expected");
    }
    return token.isEmpty() ? null : token;
  }
}
