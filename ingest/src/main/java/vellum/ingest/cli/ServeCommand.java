package vellum.ingest.cli;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.journal.JournalException;
import vellum.ingest.node.Node;
import vellum.ingest.node.NodeConfig;
import vellum.ingest.node.NodeException;
import vellum.ingest.node.NodeStart;
import vellum.ingest.node.ServerLog;
import vellum.ingest.terminal.Screen;

/** A server in the foreground. */
@Command(
    name = "serve",
    description = {
      "Runs a server until it is told to end (SIGTERM, Ctrl-C).",
      "Everything is in its data directory: records, keys, the administrator's token, the log, and"
          + " where it listens (endpoint.json). SIGHUP makes it read its configuration again.",
      "Without the secret that its keys need it starts sealed: it takes nothing until it was given"
          + " that by: vellum key unseal",
      "Elsewhere than at a loopback address it listens with TLS only, and when somebody has a token."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum serve --data data",
      "  vellum serve --data data --tcp 127.0.0.1:7171 --http 127.0.0.1:7170",
      "  vellum serve --data data --config config/vellum.yaml --set journal.ack=memory",
      "  vellum serve --data data --set tls.certificate=dev/server.pem --set tls.key=dev/server.key"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:stopped cleanly (143 after SIGTERM, 130 after Ctrl-C, as Java has it)",
      ExitCode.FAILED_LINE,
      "2:the command line or the configuration is wrong",
      "4:another process has the data directory"
    })
final class ServeCommand implements Callable<Integer> {

  private final Screen screen;
  private final InstantSource time;
  @Mixin DataOption server = new DataOption();
  @Mixin ConfigOption config = new ConfigOption();

  @Option(
      names = "--tcp",
      paramLabel = "HOST:PORT",
      description = "Where records are streamed to; port 0 takes a free one.")
  @Nullable String tcp;

  @Option(
      names = "--http",
      paramLabel = "HOST:PORT",
      description = "Where look-ups are answered; port 0 takes a free one.")
  @Nullable String http;

  ServeCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws InterruptedException {
    NodeConfig settled = settle();
    Path data = settled.node().data().toAbsolutePath().normalize();
    try (ServerLog log = new ServerLog(settled);
        NodeStart start = NodeStart.begin(settled, time, log::start)) {
      start.closeOnShutdown();
      start.reloadOnHangup(this::settle);
      if (start.isSealed()) {
        tell(start.tcpAddress(), start.httpAddress(), data, start.token());
        screen.err().println("sealed: nothing is taken until vellum key unseal --data " + data);
      }
      Optional<Node> node = start.open();
      return node.isPresent() ? run(node.get(), data) : ExitCode.OK;
    } catch (JournalException.Locked e) {
      throw new CommandFault(
          ExitCode.REFUSED, "another server runs on this data directory; see: vellum status");
    } catch (NodeException.NotFit e) {
      throw new CommandFault(ExitCode.FAILED, String.valueOf(e.getMessage()));
    }
  }

  private int run(Node opened, Path data) throws InterruptedException {
    try (Node node = opened) {
      node.closeOnShutdown();
      node.reloadOnHangup(this::settle);
      tell(node.tcpAddress(), node.httpAddress(), data, node.token());
      screen.err().println("ready; stop with Ctrl-C or SIGTERM");
      Optional<NodeException> failure = node.awaitStop();
      if (failure.isPresent()) {
        throw new CommandFault(
            ExitCode.FAILED,
            failure.get().getMessage()
                + (failure.get().recoverable()
                    ? "; what was acknowledged is safe, start the server again"
                    : ""));
      }
      return ExitCode.OK;
    }
  }

  private NodeConfig settle() {
    List<String> flags = config.flags(server, screen);
    address(tcp, "--tcp", "ingest", flags);
    address(http, "--http", "http", flags);
    try {
      return NodeConfig.load(config.file, screen.environment(), flags);
    } catch (NodeException.BadConfig e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private static void address(
      @Nullable String address, String option, String section, List<String> flags) {
    if (address == null) {
      return;
    }
    int colon = address.lastIndexOf(':');
    if (colon < 1 || !address.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new CommandFault(ExitCode.USAGE, option + " must be host:port, such as 127.0.0.1:7171");
    }
    flags.add(section + ".host=" + address.substring(0, colon));
    flags.add(section + ".port=" + address.substring(colon + 1));
  }

  private void tell(InetSocketAddress tcp, InetSocketAddress http, Path data, String token) {
    screen.err().println("records  " + text(tcp));
    screen.err().println("HTTP     " + text(http));
    screen.err().println("data     " + data);
    if (!token.isEmpty()) {
      screen.err().println("token    " + data.resolve("token"));
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
