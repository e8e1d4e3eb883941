package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vellum.ingest.terminal.Screen;

/** Backups of keys: add, list, rewrite. */
@Command(
    name = "backup",
    description = {
      "Backups of keys that the server writes itself, and rewrites whenever a key is destroyed.",
      "A copy made by other means keeps destroyed keys, and with them what was erased: make none."
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum key backup add vault --directory /mnt/vault/keys --key-encryption-file /root/kek",
      "  vellum key backup list",
      "  vellum key backup rewrite"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class KeyBackupCommand implements Runnable {

  private static final String BACKUPS = "/v1/keys/backups";

  private final Screen screen;
  @Spec CommandSpec spec = CommandSpec.create();

  KeyBackupCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public void run() {
    throw GroupFault.of(spec);
  }

  @Command(
      name = "add",
      description = {
        "Registers a backup and writes it: the server's keys, wrapped by a key of the backup's own.",
        "Both paths are on the server's machine."
      },
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer =
          "  vellum key backup add vault --directory /mnt/vault/keys --key-encryption-file /root/kek",
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int add(
      @Mixin ServerOption server,
      @Mixin OutputOption output,
      @Parameters(paramLabel = "NAME", description = "1 to 32 characters of a-z, 0-9 and -.")
          String name,
      @Option(
              names = "--directory",
              paramLabel = "DIR",
              required = true,
              description = "Where it is written.")
          Path directory,
      @Option(
              names = "--key-encryption-file",
              paramLabel = "FILE",
              required = true,
              description = "The backup's own key-encryption key; made when it is not there.")
          Path keyEncryptionFile) {
    JsonNode backup =
        server
            .calls(screen)
            .post(
                BACKUPS,
                JsonNodeFactory.instance
                    .objectNode()
                    .put("name", name)
                    .put("directory", directory.toAbsolutePath().normalize().toString())
                    .put(
                        "key_encryption_file",
                        keyEncryptionFile.toAbsolutePath().normalize().toString()));
    new JsonRows(screen, output.format).document(backup);
    return ExitCode.OK;
  }

  @Command(
      name = "list",
      description = "Lists the registered backups, and whether each was reached last.",
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = "  vellum key backup list",
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int list(@Mixin ServerOption server, @Mixin OutputOption output) {
    JsonNode backups = server.calls(screen).get(BACKUPS).path("backups");
    new JsonRows(screen, output.format).print(backups);
    return ExitCode.OK;
  }

  @Command(
      name = "rewrite",
      description = "Writes all registered backups anew, without the keys that are destroyed.",
      mixinStandardHelpOptions = true,
      footerHeading = ExitCode.EXAMPLES,
      footer = "  vellum key backup rewrite",
      exitCodeListHeading = ExitCode.HEADING,
      exitCodeList = {
        ExitCode.OK_LINE,
        ExitCode.FAILED_LINE,
        ExitCode.USAGE_LINE,
        "3:some backups could not be reached",
        ExitCode.REFUSED_LINE,
        ExitCode.UNREACHABLE_LINE
      })
  int rewrite(@Mixin ServerOption server, @Mixin OutputOption output) {
    JsonNode backups =
        server
            .calls(screen)
            .post(BACKUPS + "/rewrite", JsonNodeFactory.instance.objectNode())
            .path("backups");
    new JsonRows(screen, output.format).print(backups);
    for (JsonNode backup : backups) {
      if (!backup.path("current").asBoolean()) {
        return ExitCode.PARTIAL;
      }
    }
    return ExitCode.OK;
  }
}
