package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekSecret;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** Another key-encryption key. */
@Command(
    name = "rotate",
    description = {
      "Replaces the key-encryption key: wraps every key that lives by a new one, destroys the old"
          + " one, and writes the registered backups anew. The server does so by itself whenever it"
          + " destroyed a key. Without --yes, only shows what there is.",
      "With --new-secret-file it also changes the passphrase: put the new one into the server's"
          + " keys.secret_file then, it is needed at the next start."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum key rotate",
      "  vellum key rotate --yes --reason 'yearly'",
      "  vellum key rotate --new-secret-file new-passphrase --yes --reason 'somebody left'"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      "3:the key was replaced, but some backups could not be reached",
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class KeyRotateCommand implements Callable<Integer> {

  private final Screen screen;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();
  @Mixin Consent consent = new Consent();

  @Option(
      names = "--new-secret-file",
      paramLabel = "FILE",
      description = "File of the new passphrase, here, that only its owner may read.")
  @Nullable Path newSecretFile;

  KeyRotateCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    consent.check();
    ObjectNode request = request();
    ServerCalls calls = server.calls(screen);
    JsonRows rows = new JsonRows(screen, output.format);
    if (!consent.given(screen)) {
      rows.document(calls.get(KeyStatusCommand.KEYS));
      return ExitCode.OK;
    }
    JsonNode rotated = calls.post(KeyStatusCommand.KEYS + "/rotate", request);
    rows.document(rotated);
    for (JsonNode backup : rotated.path("backups")) {
      if (!backup.path("current").asBoolean()) {
        return ExitCode.PARTIAL;
      }
    }
    return ExitCode.OK;
  }

  /** Read before anything is asked of the server, also for a dry run. */
  private ObjectNode request() {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("reason", consent.reason);
    if (newSecretFile == null) {
      return request;
    }
    try (KekSecret secret = KekSecret.read(newSecretFile)) {
      char[] chars = secret.chars();
      request.put("new_secret", String.valueOf(chars));
      Arrays.fill(chars, '\0');
      return request;
    } catch (CryptoException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }
}
