package vellum.ingest.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KekSettings;

/**
 * Whether the files, directories and addresses that settings name are there: every start looks
 * before it touches anything, and {@code config validate} looks in the same way. Files of policy,
 * suspense, certificates and TLS are not among them: whoever needs them reads them. Makes nothing.
 * Not thread-safe.
 */
final class StartCheck {

  private final NodeConfig config;
  private final List<String> problems = new ArrayList<>();

  private StartCheck(NodeConfig config) {
    this.config = config;
  }

  /**
   * Refuses what is not there.
   *
   * @throws NodeException.BadConfig naming each setting
   */
  static void require(NodeConfig config) {
    List<String> problems = problems(config, Set.of());
    if (problems.size() == 1) {
      throw new NodeException.BadConfig(problems.get(0));
    } else if (!problems.isEmpty()) {
      throw new NodeException.BadConfig(
          problems.size() + " settings are wrong:\n  - " + String.join("\n  - ", problems));
    }
  }

  /**
   * What is not there, each naming its setting.
   *
   * @param wrong sections that are not looked at
   */
  static List<String> problems(NodeConfig config, Set<String> wrong) {
    StartCheck check = new StartCheck(config);
    if (!wrong.contains("keys")) {
      check.keys();
    }
    if (!wrong.contains("audit")) {
      check.secondPlace(config.audit().secondPlace());
    }
    if (!wrong.contains("log") && config.log().files() > 0) {
      check.logFile(config.log().file());
    }
    if (!wrong.contains("ingest") && !wrong.contains("http")) {
      check.addresses();
    }
    return check.problems;
  }

  private void keys() {
    config.keys().secretProblem().ifPresent(problems::add);
    Path library = config.keys().pkcs11Library();
    if (config.keys().provider() == KekSettings.Provider.PKCS11
        && !(Files.isRegularFile(library) && Files.isReadable(library))) {
      problems.add("keys.pkcs11_library must be a file that can be read: " + library);
    }
  }

  /** A mount point is there also while nothing is mounted: what is not there is a slip. */
  private void secondPlace(Path place) {
    if (isSet(place) && !(Files.isDirectory(place) && Files.isWritable(place))) {
      problems.add(
          "audit.second_place must be a directory that is there and can be written: " + place);
    }
  }

  /** Its directory is made when it is absent. */
  private void logFile(Path file) {
    if (!isSet(file)) {
      return;
    }
    Optional<Path> above = nearest(file.toAbsolutePath().getParent());
    if (Files.isDirectory(file) || above.filter(Files::isDirectory).isEmpty()) {
      problems.add("log.file must be a file in a directory: " + file);
    }
  }

  /** The first of a path and those above it that is there. */
  private static Optional<Path> nearest(@Nullable Path path) {
    Path each = path;
    while (each != null && !Files.exists(each)) {
      each = each.getParent();
    }
    return Optional.ofNullable(each);
  }

  private void addresses() {
    Optional<InetAddress> ingest = address("ingest.host", config.ingest().host());
    Optional<InetAddress> http = address("http.host", config.http().host());
    int port = config.ingest().port();
    if (port != 0
        && port == config.http().port()
        && ingest.isPresent()
        && http.isPresent()
        && meet(ingest.get(), http.get())) {
      problems.add("ingest.port must differ from http.port at one address: both are " + port);
    }
  }

  private Optional<InetAddress> address(String setting, String host) {
    try {
      return Optional.of(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      problems.add(setting + " must be an address of this machine, and nobody knows it: " + host);
      return Optional.empty();
    }
  }

  /** Whether whoever listens at one has the other too. */
  private static boolean meet(InetAddress one, InetAddress other) {
    return one.equals(other) || one.isAnyLocalAddress() || other.isAnyLocalAddress();
  }

  private static boolean isSet(Path path) {
    return !path.toString().isEmpty();
  }
}
