package vellum.ingest.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import vellum.core.crypto.DevelopmentAuthority;

/** An authority for tests, and its certificates in a directory. */
public final class Certificates {

  /** Within a year of it, of which an hour is over: what both sides check by the system's clock. */
  private static final Duration AGE = Duration.ofHours(1);

  private final Path directory;
  private final DevelopmentAuthority authority;

  private Certificates(Path directory, Instant from) {
    this.directory = directory;
    this.authority = DevelopmentAuthority.make(from, new SecureRandom());
    write("ca.pem", authority.certificate());
  }

  /** A certificate's file, and its key's. */
  public record Pair(Path certificate, Path key) {}

  public static Certificates in(Path directory) {
    return in(directory, Instant.now().minus(AGE));
  }

  public static Certificates in(Path directory, Instant from) {
    try {
      return new Certificates(Files.createDirectories(directory), from);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path ca() {
    return directory.resolve("ca.pem");
  }

  /** A server's, for 127.0.0.1 and localhost. */
  public Pair server() {
    return server("127.0.0.1", "localhost");
  }

  public Pair server(String... names) {
    return write("server", authority.server(List.of(names)));
  }

  public Pair client(String name, String... sans) {
    return write(name, authority.client(name, List.of(sans)));
  }

  /** Settings of a server that shows a pair, and asks as told for clients of this authority. */
  public TlsConfig config(Pair pair, ClientCertificates ingest, ClientCertificates http) {
    boolean asks = ingest != ClientCertificates.NONE || http != ClientCertificates.NONE;
    return new TlsConfig(
        pair.certificate(),
        pair.key(),
        asks ? ca() : Path.of(""),
        ingest,
        http,
        Duration.ofSeconds(1));
  }

  /** The same, asking for none. */
  public TlsConfig config(Pair pair) {
    return config(pair, ClientCertificates.NONE, ClientCertificates.NONE);
  }

  private Pair write(String name, DevelopmentAuthority.Issued issued) {
    return new Pair(write(name + ".pem", issued.certificate()), write(name + ".key", issued.key()));
  }

  private Path write(String name, String text) {
    try {
      return Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
