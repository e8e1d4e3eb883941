package vellum.ingest.endpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import vellum.ingest.tls.ClientTlsConfig;

/**
 * A server under a name of one's own, out of {@code profiles.yaml}.
 *
 * <pre>
 *   production:
 *     server: https://vellum.example.com:7480
 *     stream: vellum.example.com:7400      # left out: port 7400 of the same host
 *     ca: ca.pem                           # left out: the authorities that Java comes with
 *     certificate: laptop.pem              # with key: what is shown to a server that asks
 *     key: laptop.key
 *     token_file: production.token
 * </pre>
 *
 * Paths are relative to the file's directory; {@code ~/} is the home directory.
 *
 * @param tokenFile empty path: none
 */
public record Profile(RemoteServer server, Path tokenFile) {

  private static final int MAX_BYTES = 1 << 20;
  private static final Set<String> KEYS =
      Set.of("server", "stream", "ca", "certificate", "key", "token_file");
  private static final YAMLMapper YAML =
      new YAMLMapper(
          YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

  /**
   * Reads a profile.
   *
   * @param environment of which XDG_CONFIG_HOME or HOME says where the file is
   * @throws IllegalArgumentException saying what the file lacks or has too much
   */
  public static Profile read(String name, Map<String, String> environment) {
    Path home = Path.of(environment.getOrDefault("HOME", "."));
    Path file = file(environment, home);
    JsonNode profile = document(file).path(name);
    if (!profile.isObject()) {
      throw new IllegalArgumentException(file + " has no profile of that name");
    }
    profile
        .fieldNames()
        .forEachRemaining(
            key -> {
              if (!KEYS.contains(key) || !profile.path(key).isValueNode()) {
                throw new IllegalArgumentException(
                    file + ": a profile has server, stream, ca, certificate, key and token_file");
              }
            });
    String server = profile.path("server").asText("");
    if (server.isEmpty()) {
      throw new IllegalArgumentException(file + ": the profile names no server");
    }
    Paths paths = new Paths(profile, file.toAbsolutePath().resolveSibling(""), home);
    ClientTlsConfig tls =
        new ClientTlsConfig(
            paths.get("ca"), Path.of(""), paths.get("certificate"), paths.get("key"));
    return new Profile(
        new RemoteServer(server, profile.path("stream").asText(""), tls), paths.get("token_file"));
  }

  private static Path file(Map<String, String> environment, Path home) {
    String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
    Path directory = config.isEmpty() ? home.resolve(".config") : Path.of(config);
    return directory.resolve("vellum").resolve("profiles.yaml");
  }

  private static JsonNode document(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new IllegalArgumentException(file + " must have at most " + MAX_BYTES + " bytes");
      }
      return YAML.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          file
              + " is no YAML in line "
              + (e.getLocation() == null ? 1 : e.getLocation().getLineNr()),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read", e);
    }
  }

  /** The paths of a profile. */
  private record Paths(JsonNode profile, Path directory, Path home) {
    Path get(String key) {
      String text = profile.path(key).asText("");
      if (text.isEmpty()) {
        return Path.of("");
      }
      return text.startsWith("~/") ? home.resolve(text.substring(2)) : directory.resolve(text);
    }
  }
}
