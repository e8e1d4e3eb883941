package vellum.core.export;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import vellum.core.settlement.Closing;

/**
 * An export that is being made: its rows as of one moment, the part that is being fetched, and the
 * next one, which is built meanwhile. So it takes the memory of two parts. Thread-safe.
 */
public final class ExportSession {

  private final String id;
  private final RowSource source;
  private final PartBuilder builder;
  private final Executor workers;
  private final int firstNumber;

  private @Nullable Part current;
  private @Nullable CompletableFuture<Answer> pending;
  private boolean isAtEnd;
  private boolean isBuilding;
  private volatile boolean closed;
  private volatile int permille;
  private long usedNanos;

  /**
   * What comes next.
   *
   * @param part null at the end
   */
  public record Answer(@Nullable Part part) {}

  ExportSession(
      String id,
      RowSource source,
      PartBuilder builder,
      int parts,
      Executor workers,
      long nowNanos) {
    this.id = id;
    this.source = source;
    this.builder = builder;
    this.firstNumber = parts + 1;
    this.workers = workers;
    this.usedNanos = nowNanos;
  }

  /** Names the session to who began it; nobody else can guess it. */
  public String id() {
    return id;
  }

  public List<Column> columns() {
    return source.columns();
  }

  public long position() {
    return source.position();
  }

  public List<Mark> marks() {
    return source.marks();
  }

  /** The closings that its rows are made of; empty when they are as things were when it began. */
  public List<Closing> closings() {
    return source.closings();
  }

  /** How much of the way is gone, in thousandths. */
  public int permille() {
    return permille;
  }

  /**
   * The part of a number, which is the one that was asked for last, or the next.
   *
   * @return null when it is not there within the time: to be asked again
   * @throws ExportException.BadRequest for another number
   */
  public @Nullable Answer part(int number, long waitMs) {
    CompletableFuture<Answer> awaited;
    synchronized (this) {
      Part have = current;
      if (have != null && have.number() == number) {
        return new Answer(have);
      }
      int next = have == null ? firstNumber : have.number() + 1;
      if (number != next) {
        throw new ExportException.BadRequest(
            "the next part is " + next + ", and no part before " + (next - 1) + " is there");
      }
      if (isAtEnd) {
        return new Answer(null);
      }
      awaited = build();
    }
    try {
      return taken(awaited.get(waitMs, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExportException.Busy("the server is stopping");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new CompletionException(e);
    }
  }

  private synchronized Answer taken(Answer answer) {
    Part part = answer.part();
    if (part == null) {
      isAtEnd = true;
    } else if (current == null || current.number() < part.number()) {
      current = part;
      pending = null;
      build();
    }
    return answer;
  }

  /** The bytes of the part that was asked for last. */
  public synchronized Part content(int number) {
    Part have = current;
    if (have == null || have.number() != number) {
      throw new ExportException.BadRequest("ask for part " + number + " before its content");
    }
    return have;
  }

  /** Builds the next part, when that is not under way. */
  private CompletableFuture<Answer> build() {
    CompletableFuture<Answer> known = pending;
    if (known != null) {
      return known;
    }
    CompletableFuture<Answer> made = new CompletableFuture<>();
    pending = made;
    isBuilding = true;
    try {
      workers.execute(() -> build(made));
    } catch (RejectedExecutionException e) {
      isBuilding = false;
      made.completeExceptionally(new ExportException.Busy("the server is stopping"));
    }
    return made;
  }

  private void build(CompletableFuture<Answer> made) {
    try {
      Part part = builder.next(() -> closed);
      permille = builder.permille();
      if (closed) {
        made.completeExceptionally(new ExportException.NoSession("the export was ended"));
      } else {
        made.complete(new Answer(part));
      }
    } catch (RuntimeException e) {
      made.completeExceptionally(e);
    } finally {
      synchronized (this) {
        isBuilding = false;
      }
    }
  }

  synchronized void used(long nowNanos) {
    usedNanos = nowNanos;
  }

  synchronized long unusedNanos(long nowNanos) {
    return isBuilding ? 0 : nowNanos - usedNanos;
  }

  /** Why its rows cannot be had any more, or an empty text. */
  String ended() {
    return source.ended();
  }

  /** Gives everything back, at once or when the part being built notices. */
  synchronized void close() {
    closed = true;
    current = null;
    builder.close();
  }
}
