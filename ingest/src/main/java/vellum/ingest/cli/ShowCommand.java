package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vellum.ingest.terminal.Screen;

/** One record, by its id alone. */
@Command(
    name = "show",
    description = "Shows a record: its id alone says in which month it is.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum record show 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55",
      "  vellum record show 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55 --reveal --reason 'complaint' \\",
      "      --case C-2026-117"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      "1:there is no such record, or it failed",
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ShowCommand implements Callable<Integer> {

  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The record's id, a UUID.")
  String id = "";

  @Mixin RevealOption reveal = new RevealOption();

  ShowCommand(Screen screen) {
    this.screen = screen;
  }

  /** Refuses what is no record's id. */
  static void checkId(String id) {
    if (!UUID_TEXT.matcher(id).matches()) {
      throw new CommandFault(
          ExitCode.USAGE, "a record's id looks like 019a9f3e-5c1b-7d4e-8f00-3b7c2d1a9e55");
    }
  }

  @Override
  public Integer call() {
    checkId(id);
    reveal.check();
    JsonNode records =
        server.calls(screen).get("/v1/records/" + id + reveal.query()).path("records");
    JsonRows rows = new JsonRows(screen, output.format);
    if (records.size() == 1) {
      rows.document(records.get(0));
    } else {
      rows.document(records);
    }
    return ExitCode.OK;
  }
}
