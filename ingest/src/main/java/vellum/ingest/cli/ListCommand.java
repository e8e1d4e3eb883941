package vellum.ingest.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** An account's records of a time. */
@Command(
    name = "list",
    description = {
      "Lists an account's records of a time, identities masked.",
      "With billing days, dimensions or both: the records behind a row of 'vellum total list', of"
          + " one account or all. An archived record has no identities any more; it says so.",
      "With --cube cost, tables have a row for each leg that is meant."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum record list --account acme --from 2026-11-01 --to 2026-12-01",
      "  vellum record list --account acme --from 2026-11-20T12:00:00Z --to 2026-11-20T13:00:00Z \\",
      "      --output csv > hour.csv",
      "  vellum record list --billing-from 2026-10-01 --billing-to 2026-11-01 --account acme \\",
      "      --where channel=SMS,mcc_mnc=26201,status_group=DELIVERED",
      "  vellum record list --billing-from 2026-10-01 --billing-to 2026-11-01 --cube cost \\",
      "      --where supplier=tele-x,route=premium"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class ListCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description = "The account; not needed with billing days or --where.")
  @Nullable String account;

  @Option(names = "--from", paramLabel = "TIME", description = "First instant, or a date (UTC).")
  @Nullable Instant from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "First instant after, or a date (UTC).")
  @Nullable Instant to;

  @Option(
      names = "--billing-from",
      paramLabel = "DAY",
      description = "First billing day, in the zone of the account or supplier.")
  @Nullable LocalDate billingFrom;

  @Option(names = "--billing-to", paramLabel = "DAY", description = "First billing day after.")
  @Nullable LocalDate billingTo;

  @Mixin WhereOption where = new WhereOption();

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  ListCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    String query = query();
    RecordRows.Kind kind = where.cube.equals("cost") ? RecordRows.Kind.LEG : RecordRows.Kind.RECORD;
    new RecordPages(screen, server.calls(screen), output.format, kind, limit).print(query, null);
    return ExitCode.OK;
  }

  private String query() {
    check(limit >= 1, "--limit must be at least 1");
    check((from == null) == (to == null), "--from and --to go together");
    check(from == null || to == null || from.isBefore(to), "--from must be before --to");
    check(
        (billingFrom == null) == (billingTo == null),
        "--billing-from and --billing-to go together");
    check(
        billingFrom == null || billingTo == null || billingFrom.isBefore(billingTo),
        "--billing-from must be before --billing-to");
    check(from != null || billingFrom != null, "say from when: --from and --to, or billing days");
    String cells = where.parameters();
    check(
        account != null || billingFrom != null || !cells.isEmpty(),
        "say which: --account, --where, or --billing-from and --billing-to");
    StringBuilder query = new StringBuilder();
    add(query, "account", account);
    add(query, "from", from);
    add(query, "to", to);
    add(query, "billing_from", billingFrom);
    add(query, "billing_to", billingTo);
    return "/v1/records?" + query.append(cells).substring(1);
  }

  private static void add(StringBuilder query, String name, @Nullable Object value) {
    if (value != null) {
      boolean isText = value instanceof String;
      String text = value.toString();
      query.append('&').append(name).append('=');
      query.append(isText ? ServerCalls.encoded(text) : text);
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw new CommandFault(ExitCode.USAGE, message);
    }
  }
}
