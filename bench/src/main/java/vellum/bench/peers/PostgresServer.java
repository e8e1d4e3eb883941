package vellum.bench.peers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL server from the system's packages, on a data directory of its own. It refuses to run
 * as root: then it runs as nobody. For one thread.
 */
final class PostgresServer {

  static final String USER = "bench";

  private static final Path DEBIAN = Path.of("/usr/lib/postgresql/15/bin");
  private static final int NOBODY = 65_534;

  /** What a server with 2 GiB is given by who knows it; durability as it comes. */
  private static final List<String> SETTINGS =
      List.of(
          "listen_addresses=127.0.0.1",
          "unix_socket_directories=",
          "max_connections=100",
          "fsync=on",
          "synchronous_commit=on",
          "full_page_writes=on",
          "shared_buffers=1GB",
          "effective_cache_size=2GB",
          "work_mem=8MB",
          "maintenance_work_mem=128MB",
          "wal_level=minimal",
          "max_wal_senders=0",
          "wal_compression=lz4",
          "wal_buffers=64MB",
          "max_wal_size=4GB",
          "checkpoint_timeout=15min",
          "random_page_cost=1.1",
          "jit=off");

  private final PeerPlace place;
  private final Path bin;
  private final boolean isRoot;
  private @Nullable PeerProcess process;
  private int port;

  PostgresServer(PeerPlace place) throws IOException {
    this.place = place;
    this.bin = findBin();
    this.isRoot = (int) Files.getAttribute(place.work(), "unix:uid") == 0;
  }

  private static Path findBin() {
    List<Path> places = new ArrayList<>(List.of(DEBIAN));
    for (String path : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)) {
      places.add(Path.of(path));
    }
    return places.stream()
        .filter(dir -> Files.isExecutable(dir.resolve("postgres")))
        .filter(dir -> Files.isExecutable(dir.resolve("initdb")))
        .findFirst()
        .orElseThrow(
            () ->
                new NotPossible(
                    "neither "
                        + DEBIAN
                        + " nor the PATH has initdb and postgres; install the Debian package"
                        + " postgresql-15"));
  }

  Path data() {
    return place.data().resolve("postgresql");
  }

  /** Makes the data directory when there is none; returns whether it did. */
  boolean init() throws IOException, InterruptedException {
    if (Files.exists(data())) {
      return false;
    }
    Files.createDirectory(data());
    if (isRoot) {
      Files.setAttribute(data(), "unix:uid", NOBODY);
      Files.setAttribute(data(), "unix:gid", NOBODY);
      for (Path open : List.of(place.work(), place.data())) {
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
      }
    }
    PeerProcess.run(
        command(
            "initdb",
            "--pgdata=" + data(),
            "--username=" + USER,
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions"),
        Map.of(),
        place.log("initdb"));
    return true;
  }

  void start() throws IOException {
    port = PeerProcess.freePort();
    List<String> command = new ArrayList<>(command("postgres", "-D", data().toString()));
    command.addAll(List.of("-p", Integer.toString(port)));
    SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    process = PeerProcess.start(command, Map.of(), place.log("postgres"));
  }

  private List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (isRoot) {
      command.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    command.add(bin.resolve(program).toString());
    command.addAll(List.of(arguments));
    return command;
  }

  /** The running process. */
  PeerProcess process() {
    if (process == null) {
      throw new IllegalStateException("PostgreSQL does not run");
    }
    return process;
  }

  /** Kills it if it runs. */
  void kill() {
    if (process != null) {
      process.kill();
      process = null;
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:"
        + port
        + "/postgres?user="
        + USER
        + "&connectTimeout=10&socketTimeout=600&reWriteBatchedInserts=true";
  }
}
