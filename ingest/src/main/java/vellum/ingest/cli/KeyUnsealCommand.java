package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KekSecret;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;
import vellum.ingest.terminal.SecretPrompt;

/** The secret for a server that started without it. */
@Command(
    name = "unseal",
    description = {
      "Gives a sealed server the passphrase or PIN of its key-encryption key. The server opens its"
          + " data then, and takes records; this waits until it does.",
      "At a terminal it asks, and shows nothing of what is typed; else it reads the standard input"
          + " to its end, or a file. A secret is never an argument: others could read it there."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum key unseal",
      "  vellum key unseal --first",
      "  vellum key unseal --secret-file /run/credentials/passphrase",
      "  pass show vellum | vellum key unseal --server https://vellum.example.com:7480"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      "0:the server has its keys, and takes records (with --wait 0: opens its data)",
      "1:failed, or not ready within --wait; the server has its keys then, and goes on",
      ExitCode.USAGE_LINE,
      "4:refused: a wrong secret, or the server is not sealed, or permissions",
      ExitCode.UNREACHABLE_LINE
    })
final class KeyUnsealCommand implements Callable<Integer> {

  private static final String PATH = "/v1/keys/unseal";
  private static final int MOST_SECONDS = 3_600;
  private static final String QUESTION = "passphrase or PIN";

  private final Screen screen;
  private final @Nullable SecretPrompt prompt;
  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "File of the secret, here, that only its owner may read.")
  @Nullable Path secretFile;

  @Option(
      names = "--first",
      description =
          "There is no key yet: has one made that opens by this secret from now on. It cannot be"
              + " had back: keep it where it outlives this machine.")
  boolean first;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "How long to wait until the server takes records, 0 to 3600 (default: ${DEFAULT-VALUE}).")
  int waitSeconds;

  /**
   * @param prompt asks the person at the terminal; null when there is none
   */
  KeyUnsealCommand(Screen screen, @Nullable SecretPrompt prompt) {
    this.screen = screen;
    this.prompt = prompt;
  }

  @Override
  public Integer call() throws IOException {
    if (waitSeconds < 0 || waitSeconds > MOST_SECONDS) {
      throw new CommandFault(ExitCode.USAGE, "--wait must be 0 to " + MOST_SECONDS + " seconds");
    }
    ServerCalls calls = server.calls(screen);
    JsonNode unsealed = calls.post(PATH, request());
    new JsonRows(screen, output.format).document(unsealed);
    if (waitSeconds == 0) {
      screen.err().println("the server opens its data now; see: vellum status");
      return ExitCode.OK;
    }
    new ReadyWait(calls, System::nanoTime, LockSupport::parkNanos)
        .await(Duration.ofSeconds(waitSeconds))
        .ifPresent(
            why -> {
              throw new CommandFault(
                  ExitCode.FAILED,
                  "the server has its keys, and is not ready after "
                      + waitSeconds
                      + " s: "
                      + why
                      + "; see its log");
            });
    screen.err().println("the server is open: it takes records");
    return ExitCode.OK;
  }

  private ObjectNode request() throws IOException {
    try (KekSecret secret = secret()) {
      char[] chars = secret.chars();
      ObjectNode request =
          JsonNodeFactory.instance.objectNode().put("secret", String.valueOf(chars));
      Arrays.fill(chars, '\0');
      return first ? request.put("first", true) : request;
    } catch (CryptoException e) {
      throw new CommandFault(ExitCode.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private KekSecret secret() throws IOException {
    if (secretFile != null) {
      return KekSecret.read(secretFile);
    }
    if (prompt == null && screen.inIsTerminal()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "what is typed here cannot be hidden: use --secret-file, or a pipe into this command");
    }
    return prompt == null ? KekSecret.read(screen.in()) : asked(prompt);
  }

  /** A first secret is asked for twice: nothing else would tell of a slip. */
  private KekSecret asked(SecretPrompt person) {
    char[] typed = typed(person, QUESTION);
    char[] again = first ? typed(person, QUESTION + ", again") : typed.clone();
    try {
      if (!Arrays.equals(typed, again)) {
        throw new CommandFault(ExitCode.USAGE, "these were two different secrets: try again");
      }
      return KekSecret.of(typed);
    } finally {
      Arrays.fill(typed, '\0');
      Arrays.fill(again, '\0');
    }
  }

  private static char[] typed(SecretPrompt person, String question) {
    char[] typed = person.ask(question);
    if (typed == null) {
      throw new CommandFault(ExitCode.USAGE, "no secret was given");
    }
    return typed;
  }
}
