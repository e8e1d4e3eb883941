package vellum.ingest.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import vellum.core.journal.JournalException;
import vellum.ingest.client.ClientException;
import vellum.ingest.endpoint.EndpointException;
import vellum.ingest.export.ExportFault;
import vellum.ingest.importer.ImportException;
import vellum.ingest.node.NodeException;
import vellum.ingest.terminal.Screen;

/**
 * Turns what goes wrong into one line and an exit code. Exceptions of our own say what happened,
 * and name no identity; a foreign one is shown by its type only, for its message may hold a
 * record's value. {@code VELLUM_DEBUG} adds the stack trace.
 */
final class Faults implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Screen screen;

  Faults(Screen screen) {
    this.screen = screen;
  }

  /** A line for people, and the exit code. */
  record Fault(int exitCode, String line) {}

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    return tell(command, of(e), e);
  }

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    String line = line(e) + "; see: " + name + " --help";
    return tell(command, new Fault(ExitCode.USAGE, line), e);
  }

  static Fault of(Throwable e) {
    if (isOwn(e)) {
      return new Fault(exitCode(e), message(e) + Advice.on(e));
    }
    Throwable cause = e.getCause();
    if (cause != null && isWrapping(e)) {
      return of(cause);
    }
    if (e instanceof IOException io) {
      return new Fault(ExitCode.FAILED, io(io));
    }
    return new Fault(
        ExitCode.FAILED,
        "failed with " + e.getClass().getName() + "; set VELLUM_DEBUG=1 to see where");
  }

  private static boolean isOwn(Throwable e) {
    return e.getClass().getName().startsWith("vellum.") && e.getMessage() != null;
  }

  private static boolean isWrapping(Throwable e) {
    return e instanceof UncheckedIOException
        || e instanceof ExecutionException
        || e instanceof CompletionException;
  }

  private int tell(CommandLine command, Fault fault, Exception e) {
    String name = command.getCommandSpec().qualifiedName();
    screen.err().println(screen.errPaint().red(name + ": " + fault.line()));
    if (!screen.environment().getOrDefault("VELLUM_DEBUG", "").isEmpty()) {
      e.printStackTrace(screen.err());
    }
    return fault.exitCode();
  }

  /** What stands too much on the command line may be a number: it is counted, not shown. */
  private static String line(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String first = unmatched.getUnmatched().isEmpty() ? "" : unmatched.getUnmatched().get(0);
      return first.matches("-{1,2}[a-z][a-z-]*")
          ? "unknown option " + first
          : unmatched.getUnmatched().size() + " of the arguments belong to no parameter";
    }
    ArgSpec argument = e.getArgSpec();
    if (argument != null && e.getValue() != null && e.getClass() == ParameterException.class) {
      return WrongValue.line(argument);
    }
    String message = message(e);
    int end = message.indexOf('\n');
    return end < 0 ? message : message.substring(0, end).strip();
  }

  private static int exitCode(Throwable e) {
    if (e instanceof CommandFault fault) {
      return fault.exitCode();
    }
    if (e instanceof EndpointException endpoint) {
      return exitCode(endpoint);
    }
    if (e instanceof ExportFault export) {
      return switch (export.kind()) {
        case USAGE -> ExitCode.USAGE;
        case CHANGED -> ExitCode.REFUSED;
        case UNVERIFIED -> ExitCode.UNVERIFIED;
        case DISK -> ExitCode.FAILED;
      };
    }
    if (e instanceof ImportException || e instanceof NodeException.BadConfig) {
      return ExitCode.USAGE;
    }
    boolean refused =
        e instanceof JournalException.Locked
            || e instanceof ClientException.BadToken
            || e instanceof ClientException.Refused;
    return refused ? ExitCode.REFUSED : ExitCode.FAILED;
  }

  private static int exitCode(EndpointException e) {
    if (e instanceof EndpointException.Unreachable || e instanceof EndpointException.Insecure) {
      return ExitCode.UNREACHABLE;
    }
    if (e instanceof EndpointException.Refused) {
      return ExitCode.REFUSED;
    }
    if (e instanceof EndpointException.Problem problem) {
      return switch (problem.status()) {
        case 400, 413, 415 -> ExitCode.USAGE;
        case 401, 403, 409, 422 -> ExitCode.REFUSED;
        default -> ExitCode.FAILED;
      };
    }
    return ExitCode.FAILED;
  }

  private static String io(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no file " + message(e);
    }
    if (e instanceof AccessDeniedException) {
      return "no permission for " + message(e);
    }
    if (e instanceof FileAlreadyExistsException) {
      return message(e) + " exists already; name another file or remove it";
    }
    return "reading or writing a file failed: " + message(e);
  }

  private static String message(Throwable e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
