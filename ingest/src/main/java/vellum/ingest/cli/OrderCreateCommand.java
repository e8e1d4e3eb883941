package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.Screen;

/** The entry of an authority's order. */
@Command(
    name = "create",
    description = {
      "Enters an authority's order as a draft; nothing is looked for yet.",
      "The authority must be in the server's table (cases.authorities); foreign ones are refused"
          + " unless a checked rule of the table allows them."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum order create --authority ag-berlin --basis 'StPO 100g' --reference '5 Js 12/26' \\",
      "      --deadline 2026-12-24 --subjects numbers.txt --from 2026-09-01 --to 2026-11-01 \\",
      "      --agency agency.pem",
      "  echo +491701234567 | vellum order create … --subjects - --emergency"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "4:refused: authority, country, deadline, subject, interval, certificate, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class OrderCreateCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--authority",
      paramLabel = "ID",
      required = true,
      description = "Who orders, as the server's table names it.")
  String authority = "";

  @Option(
      names = "--country",
      paramLabel = "CC",
      description = "Its country as the order says it; must be the table's.")
  @Nullable String country;

  @Option(
      names = "--basis",
      paramLabel = "TEXT",
      required = true,
      description = "Law by which it orders, 1 to 200 characters.")
  String basis = "";

  @Option(
      names = "--reference",
      paramLabel = "TEXT",
      required = true,
      description = "Its own reference, 1 to 100 characters.")
  String reference = "";

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      required = true,
      description = "By when it must be answered, an instant or a date (UTC).")
  String deadline = "";

  @Option(
      names = "--emergency",
      description = "May run before it is approved; must be approved within 24 hours then.")
  boolean emergency;

  @Mixin ScopeOption scope = new ScopeOption();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      split = ",",
      description =
          "What is let out: routing, billing, identity, content, usage, free_text (default:"
              + " routing,identity).")
  List<String> classes = List.of();

  @Option(
      names = "--agency",
      paramLabel = "FILE",
      required = true,
      description = "The agency's certificate, PEM: who has its key opens the package.")
  Path certificate = Path.of("-");

  @Option(
      names = "--form",
      paramLabel = "NAME",
      split = ",",
      description = "csv, ndjson, etsi (default: csv,ndjson).")
  List<String> forms = List.of();

  @Option(names = "--dry-run", description = "Only check it; nothing is entered.")
  boolean dryRun;

  OrderCreateCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("authority", authority)
            .put("legal_basis", basis)
            .put("reference", reference)
            .put("deadline", deadline)
            .put("emergency", emergency)
            .put("dry_run", dryRun);
    if (country != null) {
      body.put("country", country);
    }
    body.set("scope", scope.scope(screen));
    classes.forEach(body.withArray("classes")::add);
    forms.forEach(body.withArray("forms")::add);
    byte[] pem = AccountCommand.read(screen, certificate);
    body.put("certificate", new String(pem, StandardCharsets.UTF_8));
    JsonNode made = server.calls(screen).post("/v1/orders", body);
    if (dryRun) {
      screen.err().println("the order would be taken; nothing was entered");
    } else if (output.format == OutputFormat.TABLE) {
      screen.out().println(made.path("id").asText());
      screen.err().println("entered as a draft; next: vellum order submit " + id(made));
    } else {
      new JsonRows(screen, output.format).document(made);
    }
    return ExitCode.OK;
  }

  private static String id(JsonNode made) {
    return made.path("id").asText();
  }
}
