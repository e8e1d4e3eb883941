package vellum.ingest.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vellum.core.access.Role;
import vellum.ingest.endpoint.ServerCalls;
import vellum.ingest.terminal.Screen;

/** A new token. */
@Command(
    name = "create",
    description = {
      "Makes a token and prints it. It is not shown again: keep it, or name a --file.",
      "A producer streams under the NAME of its token only. Several tokens may have one name, such as"
          + " the old and the new one while they are exchanged."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = ExitCode.EXAMPLES,
    footer = {
      "  vellum token create smsc-1 --role producer --account acme --file smsc-1.token",
      "  vellum token create billing-run --role billing --expires-in 90d",
      "  vellum token create on-call --role operator --role auditor --expires-in 12h"
    },
    exitCodeListHeading = ExitCode.HEADING,
    exitCodeList = {
      ExitCode.OK_LINE,
      ExitCode.FAILED_LINE,
      ExitCode.USAGE_LINE,
      ExitCode.REFUSED_LINE,
      ExitCode.UNREACHABLE_LINE
    })
final class TokenCreateCommand implements Callable<Integer> {

  private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([hd])");
  private static final String NEVER = "never";
  private static final int MOST_TOKEN_BYTES = 512;

  private final Screen screen;
  private final InstantSource time;

  @Parameters(
      paramLabel = "NAME",
      description = "Who will have it: 1 to 64 of A-Z, a-z, 0-9, point, underscore and hyphen.")
  String name = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      required = true,
      description = "What it may do: ${COMPLETION-CANDIDATES}. More than once for several.")
  List<Role> roles = new ArrayList<>();

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "Account that it may send records of, or ask for. More than once for several; without any,"
              + " all.")
  List<String> accounts = new ArrayList<>();

  @Option(
      names = "--expires-in",
      paramLabel = "TIME",
      description = "How long it is good: 12h, 90d, at most 3653d, or never (default: 365d).")
  @Nullable String expiresIn;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Writes the token into a new file that only its owner may read, and nowhere else.")
  @Nullable Path file;

  @Mixin ServerOption server = new ServerOption();
  @Mixin OutputOption output = new OutputOption();

  TokenCreateCommand(Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    roles.stream().distinct().map(Role::text).forEach(body.putArray("roles")::add);
    if (!accounts.isEmpty()) {
      accounts.forEach(body.putArray("accounts")::add);
    }
    if (expiresIn != null) {
      body.put("expires_at", expiry(expiresIn));
    }
    ServerCalls calls = server.calls(screen);
    Path target = file;
    JsonNode made =
        target == null ? calls.post(TokenCommand.TOKENS, body) : kept(calls, body, target);
    new JsonRows(screen, output.format).document(made);
    if (target == null) {
      screen.err().println("this token is not shown again");
    }
    for (JsonNode other : made.path("same_name")) {
      screen
          .err()
          .println(
              "token "
                  + other.asText()
                  + " has this name too, and is good until it is revoked or expires");
    }
    return ExitCode.OK;
  }

  /**
   * Makes the file first, with room for the token: one that could not be kept would be lost. If it
   * cannot be written all the same, its number is told.
   */
  private static JsonNode kept(ServerCalls calls, ObjectNode body, Path target) throws IOException {
    Files.createFile(
        target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    boolean written = false;
    try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(MOST_TOKEN_BYTES));
      channel.force(true);
      ObjectNode made = (ObjectNode) calls.post(TokenCommand.TOKENS, body);
      write(channel, made);
      written = true;
      made.remove("token");
      return made.put("file", target.toString());
    } finally {
      if (!written) {
        Files.deleteIfExists(target);
      }
    }
  }

  private static void write(FileChannel channel, ObjectNode made) {
    byte[] token = (made.path("token").asText() + "\n").getBytes(StandardCharsets.US_ASCII);
    try {
      channel.write(ByteBuffer.wrap(token), 0);
      channel.truncate(token.length);
      channel.force(true);
    } catch (IOException e) {
      throw new CommandFault(
          ExitCode.FAILED,
          "token "
              + made.path("number").asText()
              + " was made and could not be written: revoke it with: vellum token revoke "
              + made.path("number").asText());
    }
  }

  private String expiry(String text) {
    return text.equals(NEVER)
        ? NEVER
        : time.instant().plus(duration(text)).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Duration duration(String text) {
    Matcher parts = TIME.matcher(text.toLowerCase(Locale.ROOT));
    if (!parts.matches()) {
      throw new CommandFault(
          ExitCode.USAGE, "--expires-in must be a time such as 12h or 90d, or never");
    }
    long number = Long.parseLong(parts.group(1));
    return parts.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number);
  }
}
