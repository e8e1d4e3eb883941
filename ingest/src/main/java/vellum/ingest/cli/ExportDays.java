package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Of which billing days, of whom and of what something is exported. */
final class ExportDays {

  @Option(
      names = "--from",
      paramLabel = "DAY",
      description = "First day, in the billing zone of the account or supplier.")
  @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "First day after.")
  @Nullable LocalDate to;

  @Option(names = "--account", paramLabel = "ID", description = "One account (default: all).")
  String account = "";

  @Mixin WhereOption where = new WhereOption();

  /** Whether any day is named. */
  boolean isGiven() {
    return from != null || to != null;
  }

  /** As the query of an export. */
  ObjectNode query() {
    if (from == null || to == null) {
      throw new CommandFault(ExitCode.USAGE, "say which days: --from DAY and --to DAY");
    }
    if (!from.isBefore(to)) {
      throw new CommandFault(ExitCode.USAGE, "--from must be before --to");
    }
    ObjectNode query =
        JsonNodeFactory.instance.objectNode().put("from", from.toString()).put("to", to.toString());
    restInto(query);
    return query;
  }

  /** Puts what is said besides days into a query. */
  void restInto(ObjectNode query) {
    if (!account.isEmpty()) {
      query.put("account", account);
    }
    where.into(query);
  }
}
