package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** Events of the usage log. */
@Command(
    name = "find",
    description = {
      "Lists what users of an account did in a time; actors and addresses are masked without"
          + " --reveal, resources and agents hidden.",
      "Events come month by month, in order of time within a page of 1,000. A shell's history holds"
          + " what is looked for: with --actor - it is read from standard input."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum usage find --account acme --from 2026-11-01 --to 2026-12-01",
      "  vellum usage find --account acme --actor jane@acme.example --from 2026-01-01 --to 2027-01-01",
      "  vellum usage find --account acme --ip 2001:db8::1 --from 2026-11-20 --to 2026-11-21 \\",
      "      --reveal --reason 'break-in of 20 November' --case C-118"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:done, also when nothing was found",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class UsageFindCommand implements Callable<Integer> {

  private static final int PAGE = 1000;
  private static final int LONGEST_BYTES = 1024;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(names = "--account", paramLabel = "ID", required = true, description = "The account.")
  String account = "";

  @Option(
      names = "--actor",
      paramLabel = "TEXT",
      description = "Who did it; - reads it from standard input.")
  @Nullable String actor;

  @Option(names = "--ip", paramLabel = "ADDRESS", description = "Where it came from.")
  @Nullable String ip;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "First instant, or a date (UTC).")
  Instant from = Instant.EPOCH;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      required = true,
      description = "First instant after, or a date (UTC).")
  Instant to = Instant.EPOCH;

  @Mixin RevealOption reveal = new RevealOption();

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  UsageFindCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1 || !from.isBefore(to)) {
      throw new CommandFault(
          ExitCode.USAGE, limit < 1 ? "--limit must be at least 1" : "--from must be before --to");
    }
    reveal.check();
    ObjectNode question = question();
    ServerCalls calls = server.calls(screen);
    PagedRows rows = UsageRows.of(screen, output.format);
    boolean more;
    do {
      long left = limit - rows.rows();
      JsonNode answer = calls.ask("/v1/usage/find", question.put("limit", Math.min(PAGE, left)));
      rows.add(answer.path("events"), left);
      more = answer.hasNonNull("next");
      question.put("cursor", answer.path("next").asText());
    } while (more && rows.rows() < limit);
    rows.end();
    screen.err().println(Figures.count(rows.rows(), "event") + (more ? "; there are more" : ""));
    return ExitCode.OK;
  }

  private ObjectNode question() throws IOException {
    ObjectNode question =
        JsonNodeFactory.instance
            .objectNode()
            .put("account", account)
            .put("from", from.toString())
            .put("to", to.toString());
    reveal.into(question);
    String who = "-".equals(actor) ? line() : actor;
    if (who != null) {
      question.put("actor", who);
    }
    if (ip != null) {
      question.put("ip", ip);
    }
    return question;
  }

  private String line() throws IOException {
    byte[] line = screen.in().readNBytes(LONGEST_BYTES);
    String text = new String(line, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    if (text.isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, "the actor is empty");
    }
    return text;
  }
}
