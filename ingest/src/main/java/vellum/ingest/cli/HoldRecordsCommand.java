package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** The records that a hold keeps. */
@Command(
    name = "records",
    description = {
      "Lists the records that a hold keeps, identities masked without --reveal: also those of months"
          + " whose identities are erased, which no other look-up finds.",
      "Of everybody in it, or of those who are named. What a month has and the hold has not copied"
          + " is not among them. Needs the role privacy itself, or disclosure."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum hold records H-4F7K2Q9M",
      "  echo +49 170 1234567 | vellum hold records H-4F7K2Q9M --number - --reveal \\",
      "      --reason 'hearing of May'",
      "  vellum hold records H-4F7K2Q9M --subjects numbers.txt --output csv > kept.csv"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:done, also when nothing was found",
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class HoldRecordsCommand implements Callable<Integer> {

  private static final Path INPUT = Path.of("-");

  private final Screen screen;

  @Parameters(paramLabel = "ID", description = "The hold, such as H-4F7K2Q9M.")
  String id = "";

  @Option(
      names = "--number",
      paramLabel = "TEXT",
      description =
          "Only records of this number, e-mail address, imsi:DIGITS or sender:ID; - reads it from"
              + " standard input, so that no shell keeps it.")
  @Nullable String number;

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description = "The same of several, one a line; - is standard input.")
  @Nullable Path subjects;

  @Option(
      names = "--region",
      paramLabel = "CC",
      description = "Country of numbers in national spelling, such as DE.")
  @Nullable String region;

  @Option(
      names = "--reveal",
      description = "Identities in clear instead of masked; needs --reason.")
  boolean reveal;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "Why, for the audit trail: at most 200 characters, nobody's number or address.")
  String reason = "";

  @Option(names = "--limit", paramLabel = "N", description = "Most rows (default: all).")
  long limit = Long.MAX_VALUE;

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  HoldRecordsCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (limit < 1) {
      throw new CommandFault(ExitCode.USAGE, "--limit must be at least 1");
    } else if (reveal && reason.isBlank()) {
      throw new CommandFault(ExitCode.USAGE, "--reveal needs --reason TEXT");
    } else if (number != null && subjects != null) {
      throw new CommandFault(ExitCode.USAGE, "say either --number or --subjects");
    }
    ObjectNode question = question();
    ServerCalls calls = server.calls(screen);
    String path = HoldCommand.path(id) + "/records";
    new RecordPages(screen, calls, output.format, RecordRows.Kind.RECORD, limit)
        .print(page -> ask(calls, path, question, page), null);
    return ExitCode.OK;
  }

  private ObjectNode question() throws IOException {
    ObjectNode question = JsonNodeFactory.instance.objectNode().put("reveal", reveal);
    Path file = "-".equals(number) ? INPUT : subjects;
    if (file != null) {
      ScopeOption.addSubjects(question.putArray("subjects"), screen, file);
    } else if (number != null) {
      question.putArray("subjects").add(number);
    }
    if (region != null) {
      question.put("region", region);
    }
    if (!reason.isBlank()) {
      question.put("reason", reason);
    }
    return question;
  }

  private static JsonNode ask(
      ServerCalls calls, String path, ObjectNode question, RecordPages.Page page) {
    question.put("limit", page.limit());
    if (!page.cursor().isEmpty()) {
      question.put("cursor", page.cursor());
    }
    return calls.ask(path, question);
  }
}
