package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.OutputFormat;
import vellum.ingest.terminal.ProgressMeter;
import vellum.ingest.terminal.Screen;

/** Other prices for records that are rated. */
@Command(
    name = "rerate",
    description = {
      "Gives records the prices of a file of rates; without --yes, only shows what it would change.",
      "Only records that have a rating get another one, as its next version. A run that was broken"
          + " off is simply run again; one that is run twice changes nothing the second time."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum rerate --rates rates.csv --account acme --from 2026-10-01 --to 2026-11-01",
      "  vellum rerate --rates rates.csv --account acme --yes --reason 'new contract'",
      "",
      "rates.csv: mcc_mnc,channel,traffic_type,unit_price,currency and, where wanted, account,",
      "direction, country, unit_type, from, to (days). Empty or * is any; the most specific row wins."
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class RerateCommand implements Callable<Integer> {

  private static final String PATH = "/v1/billing/rerate";
  private static final Duration LEAST_WAIT = Duration.ofMillis(20);
  private static final Duration MOST_WAIT = Duration.ofMillis(500);

  private final Screen screen;

  @Option(
      names = "--rates",
      paramLabel = "FILE",
      required = true,
      description = "The rates, CSV; - is standard input.")
  Path rates = Path.of("-");

  @Option(
      names = "--account",
      paramLabel = "ID",
      required = true,
      description = "Whose records; may be given several times.")
  List<String> accounts = List.of();

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First billing day, in the account's zone (default: the first that is kept).")
  @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "The day behind the last one (default: none).")
  @Nullable LocalDate to;

  @Option(names = "--dry-run", description = "Only show; as without --yes.")
  boolean dryRun;

  @Mixin Consent consent = new Consent();
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  RerateCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (dryRun && consent.yes) {
      throw new CommandFault(ExitCode.USAGE, "either --dry-run or --yes");
    }
    consent.check();
    byte[] csv = AccountCommand.read(screen, rates);
    ServerCalls calls = server.calls(screen);
    RerateRows rows = new RerateRows(screen, output.format);
    JsonNode shown = run(calls, csv, "dry run", "");
    boolean isLast = !consent.yes;
    if (isLast || output.format == OutputFormat.TABLE) {
      rows.print(shown);
    }
    if (consent.given(screen)) {
      JsonNode done = run(calls, csv, "re-rating", "&apply=true&reason=" + consent.encodedReason());
      if (output.format != OutputFormat.TABLE) {
        rows.print(done);
      }
      rows.printApplied(done);
    }
    return ExitCode.OK;
  }

  private JsonNode run(ServerCalls calls, byte[] csv, String task, String more) {
    JsonNode run = calls.post(PATH + "?" + query() + more, "text/csv", csv);
    String path = PATH + "/" + ServerCalls.encoded(run.path("id").asText());
    long wait = LEAST_WAIT.toNanos();
    try (ProgressMeter meter = new ProgressMeter(screen, task, "records", System::nanoTime)) {
      while (!isOver(run)) {
        LockSupport.parkNanos(wait);
        wait = Math.min(2 * wait, MOST_WAIT.toNanos());
        run = calls.get(path);
        JsonNode progress = run.path("progress");
        meter.at(
            progress.path("done").asLong(),
            progress.path("total").asLong(),
            progress.path("records").asLong());
      }
    }
    if (!run.path("state").asText().equals("DONE")) {
      throw new CommandFault(
          ExitCode.FAILED, run.path("id").asText() + ": " + run.path("trouble").asText());
    }
    return run;
  }

  private static boolean isOver(JsonNode run) {
    return switch (run.path("state").asText()) {
      case "DONE", "FAILED", "INTERRUPTED" -> true;
      default -> false;
    };
  }

  private String query() {
    String query =
        accounts.stream()
            .map(account -> "account=" + ServerCalls.encoded(account))
            .collect(Collectors.joining("&"));
    query += from == null ? "" : "&from=" + from;
    return query + (to == null ? "" : "&to=" + to);
  }
}
