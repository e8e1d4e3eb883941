package vellum.ingest.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import vellum.core.access.TokenText;
import vellum.core.disk.Disk;

/**
 * The two small files by which programs of the same user find a running node and prove themselves.
 *
 * <pre>
 *   token           of the administrator, one line; made once, kept over restarts
 *   endpoint.json   {"http":"127.0.0.1:7480","tcp":"127.0.0.1:7400","pid":123,"startedAt":"…",
 *                   "certificate":"/etc/vellum/server.pem"}, the last one empty without TLS;
 *                   there while the node runs, or was killed
 * </pre>
 */
final class DataFiles {

  /** Tokens of older versions have no prefix. */
  private static final Pattern TOKEN =
      Pattern.compile("(" + TokenText.PREFIX + ")?[A-Za-z0-9_-]{43}");

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path data;
  private final Disk disk;

  DataFiles(Path data, Disk disk) {
    this.data = data;
    this.disk = disk;
  }

  /**
   * The administrator's token; empty when there is none.
   *
   * @param made of a token that is written when there is none; null to make none
   */
  String token(@Nullable SecureRandom made) throws IOException {
    Path file = data.resolve("token");
    if (!Files.exists(file)) {
      if (made == null) {
        return "";
      }
      String text = TokenText.make(made);
      disk.replace(file, (text + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    if (!OWNER.containsAll(Files.getPosixFilePermissions(file))) {
      throw new NodeException.NotFit(
          List.of(
              file
                  + " is open to others than its owner: chmod 600 it, or delete it to get a new"
                  + " one"));
    }
    String token = Files.readString(file, StandardCharsets.US_ASCII).strip();
    if (!TOKEN.matcher(token).matches()) {
      throw new NodeException.NotFit(
          List.of(file + " does not hold a token: delete it to get a new one"));
    }
    return token;
  }

  /**
   * @param certificate file of the certificate that both servers show; empty without TLS
   */
  void announce(
      InetSocketAddress http, InetSocketAddress tcp, Instant startedAt, Path certificate) {
    String shown = certificate.toString().isEmpty() ? "" : certificate.toAbsolutePath().toString();
    Endpoint endpoint =
        new Endpoint(
            text(http), text(tcp), ProcessHandle.current().pid(), startedAt.toString(), shown);
    try {
      disk.replace(endpointFile(), MAPPER.writeValueAsBytes(endpoint));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts and numbers can be written", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + endpointFile(), e);
    }
  }

  void withdraw() throws IOException {
    Files.deleteIfExists(endpointFile());
  }

  private Path endpointFile() {
    return data.resolve("endpoint.json");
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** Content of the endpoint file. */
  private record Endpoint(
      String http, String tcp, long pid, String startedAt, String certificate) {}
}
