package vellum.ingest.terminal;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The standard streams of a command and what they are connected to. Immutable.
 *
 * @param in standard input
 * @param out data only
 * @param err progress, warnings, errors
 * @param environment of the process: {@code NO_COLOR}, {@code VELLUM_*}
 * @param outIsTerminal whether a person reads {@code out}
 * @param errIsTerminal whether a person reads {@code err}
 */
public record Screen(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> environment,
    boolean outIsTerminal,
    boolean errIsTerminal) {

  public Screen {
    environment = Map.copyOf(environment);
  }

  /** The streams of this process; what they carry is UTF-8, whatever the locale. */
  public static Screen ofProcess() {
    return new Screen(
        System.in,
        stream(FileDescriptor.out),
        stream(FileDescriptor.err),
        System.getenv(),
        isTerminal(1),
        isTerminal(2));
  }

  /** Whether a person types {@code in}: the standard input of this process, and a terminal. */
  public boolean inIsTerminal() {
    return in == System.in && isTerminal(0);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** Colours for {@link #out}. */
  public Paint outPaint() {
    return new Paint(outIsTerminal && coloured());
  }

  /** Colours for {@link #err}. */
  public Paint errPaint() {
    return new Paint(errIsTerminal && coloured());
  }

  /** As no-color.org asks: any value but the empty one turns colours off. */
  private boolean coloured() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !"dumb".equals(environment.get("TERM"));
  }

  /**
   * Java can only tell of input and output together; Linux tells of each descriptor. Elsewhere
   * nobody is taken for a person: no colours, no bars.
   */
  private static boolean isTerminal(int descriptor) {
    try {
      String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
