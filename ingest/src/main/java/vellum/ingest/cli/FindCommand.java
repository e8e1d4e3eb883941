package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Figures;
import vellum.ingest.terminal.Screen;

/** A person's records in all live months. */
@Command(
    name = "find",
    description = {
      "Lists the records of a person, identities masked without --reveal.",
      "A person is a number in any spelling, an e-mail address, imsi:DIGITS, or a chat platform's"
          + " id (id:TEXT takes any text as it is). Records come month by month, in order of time"
          + " within a page of 1,000. The server's logs never hold what is looked for, but a shell's history does: with -"
          + " it is read from standard input."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum subject find +49 170 1234567",
      "  vellum subject find 0170/1234567 --region DE",
      "  vellum subject find anna@mail.example --reveal --reason 'access request' --case C-117",
      "  vellum subject find - < number.txt"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:done, also when nothing was found",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class FindCommand implements Callable<Integer> {

  private static final int LONGEST_BYTES = 1024;
  private static final int PAGE = 1000;

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Parameters(
      paramLabel = "TEXT",
      arity = "1..*",
      description = "Number or address; - reads one from standard input.")
  List<String> text = List.of();

  @Option(
      names = "--region",
      paramLabel = "CC",
      description = "Country of a number in national spelling, such as DE.")
  @Nullable String region;

  @Mixin RevealOption reveal = new RevealOption();

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  FindCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    }
    reveal.check();
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    reveal.into(question.put("subject", subject()));
    question.put("limit", PAGE);
    if (region != null) {
      question.put("region", region);
    }
    ServerCalls calls = server.calls(screen);
    RecordRows rows = new RecordRows(screen, output.format, RecordRows.Kind.RECORD);
    JsonNode answer;
    boolean more;
    do {
      long left = limit - rows.rows();
      answer = calls.ask("/v1/subjects/find", question.put("limit", Math.min(PAGE, left)));
      rows.add(answer.path("records"), left);
      more = answer.hasNonNull("next");
      question.put("cursor", answer.path("next").asText());
    } while (more && rows.rows() < limit);
    rows.end(null);
    String who = answer.path("subject").path("masked").asText("that subject");
    screen
        .err()
        .println(
            Figures.count(rows.rows(), "record")
                + " of "
                + who
                + (more ? "; --limit cut it, there are more" : ""));
    return ExitCode.OK;
  }

  private String subject() throws IOException {
    String subject = String.join(" ", text).strip();
    if (subject.equals("-")) {
      byte[] line = screen.in().readNBytes(LONGEST_BYTES);
      subject = new String(line, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
    }
    if (subject.isEmpty()) {
      throw new CommandFault(ExitCode.USAGE, "the number or address is empty");
    }
    return subject;
  }
}
