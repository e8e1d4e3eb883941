package vellum.ingest.cli;

import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vellum.ingest.node.EffectiveConfig;
import vellum.ingest.terminal.Screen;

/** The check of a configuration before a start. */
@Command(
    name = "validate",
    description = {
      "Checks a configuration, the files that it names, those of TLS among them, and whether it may"
          + " listen where it says, as a start would. Says of each section what is wrong first, with"
          + " file and line, variable or flag."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum config validate --config config/vellum.yaml",
      "  vellum config validate --config config/vellum.yaml --set retention.policy=policy.yaml"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {"0:a server would start with it", "2:it is wrong; each line says where"})
final class ConfigValidateCommand implements Callable<Integer> {

  private final Screen screen;
  private final InstantSource time;
  @Mixin DataOption server = new DataOption();
  @Mixin ConfigOption config = new ConfigOption();

  ConfigValidateCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() {
    EffectiveConfig read =
        EffectiveConfig.atStart(
            config.file, screen.environment(), config.flags(server, screen), time);
    read.problems()
        .forEach(problem -> screen.err().println(screen.errPaint().red("wrong: " + problem)));
    if (!read.problems().isEmpty()) {
      return ExitCode.USAGE;
    }
    long given =
        read.settings().stream().filter(setting -> !setting.source().equals("default")).count();
    screen.out().println("valid: " + given + " of " + read.settings().size() + " settings given");
    return ExitCode.OK;
  }
}
