package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** Accounts: import, put, list, show. */
@Command(
    name = "account",
    description = "Registers customer accounts and suppliers, and shows them.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum account import config/accounts.yaml",
      "  vellum account put acme account.json",
      "  vellum account list",
      "  vellum account show acme"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class AccountCommand implements Runnable {

  private static final String ACCOUNTS = "/v1/accounts";

  private final Screen screen;
  @Spec CommandSpec spec = CommandSpec.create();

  private AccountCommand(Screen screen) {
    this.screen = screen;
  }

  static CommandLine commandLine(Screen screen) {
    return new CommandLine(new AccountCommand(screen));
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }

  @Command(
      name = "import",
      description = {
        "Registers all accounts and suppliers of a YAML file, or none when it has a fault.",
        "config/accounts.yaml is a sample that explains the format."
      },
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = "  vellum account import config/accounts.yaml",
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int importFile(
      @Mixin ServerOption server,
      @Parameters(paramLabel = "FILE", description = "YAML; - is standard input.") Path file)
      throws IOException {
    byte[] yaml = read(screen, file);
    JsonNode done = server.calls(screen).post(ACCOUNTS + "/import", "application/yaml", yaml);
    screen
        .out()
        .println(
            Figures.count(done.path("added").asLong())
                + " added, "
                + Figures.count(done.path("changed").asLong())
                + " changed, "
                + Figures.count(done.path("unchanged").asLong())
                + " unchanged; "
                + Figures.count(done.path("accounts").asLong(), "account")
                + " and "
                + Figures.count(done.path("suppliers").asLong(), "supplier")
                + " are registered");
    return ExitCode.OK;
  }

  @Command(
      name = "put",
      description = "Registers one account, or replaces it, from JSON as 'account show' prints it.",
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = {
        "  vellum account put acme account.json",
        "  echo '{\"terms\":[{\"from\":\"2026-01-01\",\"billing_zone\":\"Europe/Berlin\",\\",
        "      \"currency\":\"EUR\",\"law_country\":\"DE\"}]}' | vellum account put acme -"
      },
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int put(
      @Mixin ServerOption server,
      @Parameters(paramLabel = "ID", description = "The account.") String id,
      @Parameters(paramLabel = "FILE", description = "JSON; - is standard input.") Path file)
      throws IOException {
    server.calls(screen).put(ACCOUNTS + "/" + ServerCalls.encoded(id), read(screen, file));
    screen.err().println("registered");
    return ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "Lists the accounts with the terms that they have last.",
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = {"  vellum account list", "  vellum account list --output csv"},
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int list(@Mixin ServerOption server, @Mixin OutputOption output) {
    JsonNode accounts = server.calls(screen).get(ACCOUNTS).path("accounts");
    boolean rows = output.format == OutputFormat.TABLE || output.format == OutputFormat.CSV;
    new JsonRows(screen, output.format).print(rows ? latest(accounts) : accounts);
    return ExitCode.OK;
  }

  @Command(
      name = "show",
      description = "Shows an account with all its terms and business senders.",
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = "  vellum account show acme --output json",
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        "1:there is no such account, or it failed",
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int show(
      @Mixin ServerOption server,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "ID", description = "The account.") String id) {
    JsonNode account = server.calls(screen).get(ACCOUNTS + "/" + ServerCalls.encoded(id));
    new JsonRows(screen, output.format).document(account);
    return ExitCode.OK;
  }

  static byte[] read(Screen screen, Path file) throws IOException {
    if (file.toString().equals("-")) {
      return screen.in().readAllBytes();
    }
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new CommandFault(ExitCode.USAGE, "cannot read the file " + file);
    }
    return Files.readAllBytes(file);
  }

  /** Content days that differ by channel: {@code default=30 EMAIL=365}. */
  private static String byChannel(JsonNode days) {
    return days.properties().stream()
        .map(one -> one.getKey() + "=" + one.getValue().asText())
        .collect(Collectors.joining(" "));
  }

  /** One flat row an account: its id and the last of its terms. */
  private static ArrayNode latest(JsonNode accounts) {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    for (JsonNode account : accounts) {
      ObjectNode row = rows.addObject();
      row.set("id", account.path("id"));
      JsonNode terms = account.path("terms");
      for (var field : terms.path(terms.size() - 1).properties()) {
        if (field.getValue().isObject()) {
          row.put(field.getKey(), byChannel(field.getValue()));
        } else {
          row.set(field.getKey(), field.getValue());
        }
      }
    }
    return rows;
  }
}
