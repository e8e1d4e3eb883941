package vellum.ingest;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Reads every log line of every test, and fails the class behind which a telephone number or a mail
 * address stood in one. Tests use nothing else as identities, and log nothing that looks like them:
 * a run of 10 to 15 digits that stands alone is a number unless a unit follows it.
 */
public final class LogCanary extends AppenderBase<ILoggingEvent> implements AfterAllCallback {

  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![0-9A-Za-z.:_/#-])\\+?[0-9]{10,15}(?![0-9A-Za-z]|[-.:][0-9A-Za-z]| (bytes|B|ms|ns|s)\\b)");
  private static final Pattern MAIL =
      Pattern.compile("[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z]{2,}");

  private static final Queue<String> OFFENCES = new ConcurrentLinkedQueue<>();

  /** Made by the logging library, and by the tests' runner. */
  public LogCanary() {}

  @Override
  protected void append(ILoggingEvent event) {
    List<String> texts = new ArrayList<>(List.of(event.getFormattedMessage()));
    for (IThrowableProxy one = event.getThrowableProxy(); one != null; one = one.getCause()) {
      // What a foreign exception says is not written: see TraceText.
      if (one.getClassName().startsWith("vellum.") && one.getMessage() != null) {
        texts.add(one.getMessage());
      }
    }
    for (String text : texts) {
      offence(text).ifPresent(it -> OFFENCES.add(event.getLoggerName() + ": " + text));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    List<String> found = take();
    if (!found.isEmpty()) {
      throw new AssertionError("identities in the log: " + found);
    }
  }

  /** What was found since the last call. */
  static List<String> take() {
    List<String> found = new ArrayList<>();
    for (String one = OFFENCES.poll(); one != null; one = OFFENCES.poll()) {
      found.add(one);
    }
    return found;
  }

  /** What looks like an identity in a text. */
  public static Optional<String> offence(String text) {
    Matcher number = NUMBER.matcher(text);
    if (number.find()) {
      return Optional.of(number.group());
    }
    Matcher mail = MAIL.matcher(text);
    return mail.find() ? Optional.of(mail.group()) : Optional.empty();
  }
}
