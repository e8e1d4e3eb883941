package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** Totals of some billing days. */
@Command(
    name = "list",
    description = {
      "Lists totals of billing days, exact, grouped by any dimensions, filtered by any.",
      "Days are those of each account's (or supplier's) billing zone, --to is the first day after"
          + " them. Rows always tell the currency: amounts of two are never added.",
      "Dimensions of sale: account, day, month, channel, direction, traffic_type, country, mcc_mnc,"
          + " status_group, currency.",
      "Dimensions of cost: supplier, day, month, connection, route, mcc_mnc, channel,"
          + " status_group, currency."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum total list --from 2026-10-01 --to 2026-11-01 --by account,channel,mcc_mnc",
      "  vellum total list --from 2026-10-01 --to 2026-11-01 --account acme --by day \\",
      "      --where channel=SMS,status_group=DELIVERED --output csv > october.csv",
      "  vellum total list --from 2026-01-01 --to 2027-01-01 --cube cost --by supplier,month,route"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class TotalListCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--from",
      paramLabel = "DAY",
      required = true,
      description = "First billing day, such as 2026-10-01.")
  LocalDate from = LocalDate.EPOCH;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      required = true,
      description = "First billing day after, such as 2026-11-01.")
  LocalDate to = LocalDate.EPOCH;

  @Option(names = "--account", paramLabel = "ID", description = "One account (default: all).")
  @Nullable String account;

  @Option(
      names = "--by",
      paramLabel = "NAME,...",
      description = "Dimensions to group by (default: currency alone).")
  String by = "";

  @Mixin WhereOption where = new WhereOption();

  TotalListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    if (!from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
    StringBuilder query = new StringBuilder("/v1/billing/totals?from=" + from + "&to=" + to);
    if (account != null) {
      query.append("&account=").append(ServerCalls.encoded(account));
    }
    if (!by.isBlank()) {
      query.append("&by=").append(ServerCalls.encoded(by));
    }
    query.append(where.parameters());
    JsonNode answer = server.calls(screen).get(query.toString());
    new TotalRows(screen, output.format).print(answer);
    screen
        .err()
        .println(
            Figures.count(answer.path("rows").size(), "row")
                + " of "
                + Figures.count(answer.path("months").size(), "month")
                + ", complete up to journal position "
                + answer.path("applied").asText());
    return ExitCode.OK;
  }
}
