package vellum.ingest.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** The command {@code vellum}: reads the command line, and ends the process with an exit code. */
@Command(
    name = "vellum",
    description =
        "Keeps communication detail records: routing and billing for ten years, identities for twelve months.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum demo",
      "  vellum serve --data data",
      "  vellum import reports.json --account acme",
      "  vellum subject find +49 170 1234567",
      "",
      "VELLUM_DATA names the data directory; VELLUM_SERVER or VELLUM_PROFILE a server elsewhere, with",
      "VELLUM_TOKEN and VELLUM_CA. VELLUM_DEBUG=1 shows where a failure comes from."
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.PARTIAL_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNVERIFIED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
public final class Vellum implements Runnable {

  private static final String LOG_LEVEL = "VELLUM_LOG_LEVEL";

  @Spec CommandSpec spec = CommandSpec.create();

  private Vellum() {}

  /** Runs a command, and ends the process. */
  public static void main(String[] arguments) {
    Screen screen = Screen.ofProcess();
    quietUnlessServing(screen, arguments);
    int exitCode = run(screen, InstantSource.system(), arguments);
    screen.out().flush();
    System.exit(exitCode);
  }

  /** Runs a command; returns its exit code. */
  static int run(Screen screen, InstantSource time, String... arguments) {
    return commandLine(screen, time).execute(arguments);
  }

  /** A server tells what it does; a command's own words are enough. Before the first log line. */
  private static void quietUnlessServing(Screen screen, String[] arguments) {
    boolean serves = Arrays.asList(arguments).contains("serve");
    if (!serves && !screen.environment().containsKey(LOG_LEVEL)) {
      System.setProperty(LOG_LEVEL, "WARN");
    }
  }

  static CommandLine commandLine(Screen screen, InstantSource time) {
    Faults faults = new Faults(screen);
    CommandLine command =
        new CommandLine(new Vellum())
            .addSubcommand(new ServeCommand(screen, time))
            .addSubcommand(new DemoCommand(screen, new LocalServer()))
            .addSubcommand(new GenerateCommand(screen, time, new LocalServer()))
            .addSubcommand(new ImportCommand(screen, time))
            .addSubcommand(RecordCommand.commandLine(screen))
            .addSubcommand(TotalCommand.commandLine(screen))
            .addSubcommand(SubjectCommand.commandLine(screen))
            .addSubcommand(UsageCommand.commandLine(screen, time))
            .addSubcommand(AccountCommand.commandLine(screen))
            .addSubcommand(PeriodCommand.commandLine(screen))
            .addSubcommand(PostingCommand.commandLine(screen))
            .addSubcommand(new RerateCommand(screen))
            .addSubcommand(ProducerCommand.commandLine(screen))
            .addSubcommand(RetentionCommand.commandLine(screen))
            .addSubcommand(HoldCommand.commandLine(screen))
            .addSubcommand(ExportCommand.commandLine(screen))
            .addSubcommand(OrderCommand.commandLine(screen))
            .addSubcommand(SuspenseCommand.commandLine(screen))
            .addSubcommand(RequestCommand.commandLine(screen))
            .addSubcommand(KeyCommand.commandLine(screen))
            .addSubcommand(TlsCertificateCommand.commandLine(screen, time))
            .addSubcommand(AuditCommand.commandLine(screen))
            .addSubcommand(ConfigCommand.commandLine(screen, time))
            .addSubcommand(TokenCommand.commandLine(screen, time))
            .addSubcommand(new StatusCommand(screen));
    command.registerConverter(Instant.class, new Moments());
    return command
        .setOut(new PrintWriter(screen.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(screen.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setAbbreviatedOptionsAllowed(false)
        .setColorScheme(
            CommandLine.Help.defaultColorScheme(screen.outPaint().on() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpAutoWidth(screen.outIsTerminal())
        .setExecutionExceptionHandler(faults)
        .setParameterExceptionHandler(faults);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say which command");
  }
}
