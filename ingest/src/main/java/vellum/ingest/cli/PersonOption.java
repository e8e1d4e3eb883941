package vellum.ingest.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import vellum.ingest.terminal.Screen;

/** Who asks, how that was checked, and which accounts it is about. */
final class PersonOption {

  private static final int MOST_BYTES = 64 << 10;

  @Option(
      names = {"--subject", "--number"},
      paramLabel = "TEXT",
      description =
          "The person's number, e-mail address, imsi:DIGITS or id:TEXT; may be given several times;"
              + " - reads them from standard input, so that no shell keeps them.")
  List<String> subjects = List.of();

  @Option(
      names = "--subjects",
      paramLabel = "FILE",
      description =
          "The same from a file, one a line; behind a number its own interval may stand: TEXT FROM"
              + " TO.")
  @Nullable Path file;

  @Option(
      names = "--held-from",
      paramLabel = "TIME",
      description = "Since when the person proved to have had them. Needed for a number.")
  @Nullable Instant from;

  @Option(
      names = "--held-to",
      paramLabel = "TIME",
      description = "Until when, if not until the request came.")
  @Nullable Instant to;

  @Option(
      names = "--account",
      paramLabel = "ID",
      description =
          "Only records of this account; may be given several times. Without a person: all of the"
              + " account, at its own request or at its end.")
  List<String> accounts = List.of();

  @Option(
      names = "--check",
      paramLabel = "TEXT",
      description = "How it was checked who asks. Kept sealed with the case.")
  String check = "";

  @Option(
      names = "--received",
      paramLabel = "TIME",
      description = "When the request came (default: now). The deadline counts from here.")
  @Nullable Instant received;

  @Option(
      names = "--region",
      paramLabel = "CC",
      description = "Country of numbers in national spelling, such as DE.")
  @Nullable String region;

  /** As the body of a request. */
  ObjectNode body(Screen screen, String kind) throws IOException {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("kind", kind);
    ArrayNode who = body.putArray("subjects");
    for (String line : lines(screen)) {
      add(who.addObject(), line);
    }
    accounts.forEach(body.putArray("accounts")::add);
    body.put("identity_check", check);
    if (received != null) {
      body.put("received_at", received.toString());
    }
    if (region != null) {
      body.put("region", region);
    }
    return body;
  }

  private List<String> lines(Screen screen) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String subject : subjects) {
      if (subject.equals("-")) {
        lines.addAll(lines(screen.in().readNBytes(MOST_BYTES)));
      } else {
        lines.add(subject.strip());
      }
    }
    Path from = file;
    if (from != null) {
      lines.addAll(
          from.toString().equals("-")
              ? lines(screen.in().readNBytes(MOST_BYTES))
              : lines(Files.readAllBytes(from)));
    }
    return lines;
  }

  private static List<String> lines(byte[] bytes) {
    if (bytes.length >= MOST_BYTES) {
      throw new CommandFault(
          ExitCode.USAGE, "subjects must have fewer than " + MOST_BYTES + " bytes together");
    }
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .toList();
  }

  /** A line: an identity, and behind it the interval in which the person had it. */
  private void add(ObjectNode subject, String line) {
    String[] words = line.split("[\\s,;]+");
    int last = words.length;
    int times = 0;
    while (times < 2 && last > 1 && words[last - 1].matches("[0-9]{4}-[0-9]{2}-[0-9]{2}(T.*)?")) {
      last--;
      times++;
    }
    subject.put("subject", String.join(" ", List.of(words).subList(0, last)));
    if (times > 0) {
      subject.put("from", words[last]);
    } else if (from != null) {
      subject.put("from", from.toString());
    }
    if (times > 1) {
      subject.put("to", words[last + 1]);
    } else if (to != null) {
      subject.put("to", to.toString());
    }
  }
}
