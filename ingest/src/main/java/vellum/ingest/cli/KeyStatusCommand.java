package vellum.ingest.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.terminal.Screen;

/** The key-encryption key, and what it wraps. */
@Command(
    name = "status",
    description = {
      "Shows the key-encryption key: where it comes from, its id and since when, what the destruction"
          + " of a key under it is worth, how many keys it wraps, and the backups.",
      "Shows no key and no secret."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {"  vellum key status", "  vellum key status --output json"},
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class KeyStatusCommand implements Callable<Integer> {

  static final String KEYS = "/v1/keys";

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  KeyStatusCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    new JsonRows(screen, output.format).document(server.calls(screen).get(KEYS));
    return ExitCode.OK;
  }
}
