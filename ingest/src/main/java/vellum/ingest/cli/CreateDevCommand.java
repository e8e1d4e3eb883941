package vellum.ingest.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.core.crypto.DevelopmentAgency;
import vellum.core.crypto.DevelopmentAuthority;
import vellum.core.disk.Disk;
import vellum.core.disk.RealDisk;
import vellum.ingest.terminal.Screen;

/** An authority and certificates for development. */
@Command(
    name = "create-dev",
    description = {
      "Makes an authority, a server's certificate and clients' certificates, for development.",
      "All are valid for a year (ECDSA, P-256). The authority's own key is not kept, so nobody can"
          + " issue more. Files that are there are never overwritten.",
      "With --agency, an agency's certificate and key in their place, to try packages out."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum certificate create-dev dev",
      "  vellum certificate create-dev dev --name vellum.example.com --name 10.0.0.5",
      "  vellum certificate create-dev dev --client gateway=gateway.example.com,spiffe://example.com/gw",
      "  vellum certificate create-dev agency --agency"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:a file is there already"
    })
final class CreateDevCommand implements Callable<Integer> {

  private static final String CLIENT = "[a-z0-9][a-z0-9-]{0,31}";
  private static final List<String> RESERVED = List.of("ca", "server");
  private static final int MAX_CLIENTS = 100;

  private final Screen screen;
  private final InstantSource time;
  private final Disk disk = new RealDisk();

  @Parameters(paramLabel = "DIR", description = "Directory of the files; made when absent.")
  Path directory = Path.of("");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "Host name or address of the server; may be repeated (default: localhost, 127.0.0.1,"
              + " ::1).")
  List<String> names = List.of("localhost", "127.0.0.1", "::1");

  @Option(
      names = "--client",
      paramLabel = "NAME[=SAN,...]",
      description =
          "A client's certificate: name of its files, and its subject alternative names, which are"
              + " DNS names or URIs (default: the name). May be repeated.")
  List<String> clients = List.of();

  @Option(
      names = "--agency",
      description = "Makes agency.pem and agency.key, for packages, and nothing else.")
  boolean isAgency;

  CreateDevCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    Map<String, String> files;
    try {
      files = make();
    } catch (IllegalArgumentException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
    for (String name : files.keySet()) {
      if (Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
        throw new CommandFault(
            ExitCode.REFUSED,
            directory.resolve(name) + " is there already; name another directory or remove it");
      }
    }
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      disk.replace(
          directory.resolve(file.getKey()).toAbsolutePath(),
          file.getValue().getBytes(StandardCharsets.US_ASCII));
      screen.out().println(directory.resolve(file.getKey()));
    }
    screen.err().println("for development only; valid for a year");
    return ExitCode.OK;
  }

  /** Names of files, and what goes into them. */
  private Map<String, String> make() {
    Map<String, String> files = new LinkedHashMap<>();
    if (isAgency) {
      put(
          files,
          "agency",
          DevelopmentAgency.make(DevelopmentAgency.Key.P_256, time.instant(), new SecureRandom()));
      return files;
    }
    if (clients.size() > MAX_CLIENTS) {
      throw new IllegalArgumentException("--client may be given " + MAX_CLIENTS + " times");
    }
    DevelopmentAuthority authority = DevelopmentAuthority.make(time.instant(), new SecureRandom());
    files.put("ca.pem", authority.certificate());
    put(files, "server", authority.server(names));
    for (String client : clients) {
      int equals = client.indexOf('=');
      String name = equals < 0 ? client : client.substring(0, equals);
      if (!name.matches(CLIENT) || RESERVED.contains(name) || files.containsKey(name + ".pem")) {
        throw new IllegalArgumentException(
            "--client must begin with a name of 1 to 32 characters of a-z, 0-9 and -, once each, not"
                + " ca or server");
      }
      put(
          files,
          name,
          authority.client(name, sans(name, equals < 0 ? "" : client.substring(equals + 1))));
    }
    return files;
  }

  private static List<String> sans(String name, String text) {
    List<String> sans = new ArrayList<>();
    for (String san : text.split(",", -1)) {
      if (!san.isBlank()) {
        sans.add(san.strip());
      }
    }
    return sans.isEmpty() ? List.of(name) : sans;
  }

  private static void put(
      Map<String, String> files, String name, DevelopmentAuthority.Issued issued) {
    files.put(name + ".pem", issued.certificate());
    files.put(name + ".key", issued.key());
  }
}
