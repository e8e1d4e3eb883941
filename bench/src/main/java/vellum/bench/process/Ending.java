package vellum.bench.process;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.slf4j.LoggerFactory;

/**
 * What must not outlive this JVM, whatever ends it short of SIGKILL: first processes are killed,
 * then files deleted. Thread-safe.
 */
public final class Ending {

  private static final Map<Object, Runnable> KILLS = new LinkedHashMap<>();
  private static final Map<Object, Runnable> DELETIONS = new LinkedHashMap<>();
  private static boolean begun;

  static {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(Ending::end, "ending"));
    } catch (IllegalStateException alreadyEnding) {
      begun = true;
    }
  }

  private Ending() {}

  /**
   * Has something killed at the end.
   *
   * @param owner by which it is forgotten
   * @throws CancellationException when the JVM is ending; it is killed then
   */
  public static void kills(Object owner, Runnable kill) {
    add(KILLS, owner, kill);
  }

  /**
   * Has something deleted at the end, when all that is to be killed is.
   *
   * @param owner by which it is forgotten
   * @throws CancellationException when the JVM is ending; it is deleted then
   */
  public static void deletes(Object owner, Runnable deletion) {
    add(DELETIONS, owner, deletion);
  }

  private static void add(Map<Object, Runnable> steps, Object owner, Runnable step) {
    synchronized (Ending.class) {
      if (!begun) {
        steps.put(owner, step);
        return;
      }
    }
    step.run();
    throw new CancellationException("this process is ending");
  }

  /** Leaves to itself what is gone already. */
  public static synchronized void forget(Object owner) {
    KILLS.remove(owner);
    DELETIONS.remove(owner);
  }

  /** Whether the JVM is ending: failures are no news from then on. */
  public static synchronized boolean hasBegun() {
    return begun;
  }

  /**
   * Goes on only while the JVM does.
   *
   * @throws CancellationException when it is ending
   */
  public static void requireNotBegun() {
    if (hasBegun()) {
      throw new CancellationException("this process is ending");
    }
  }

  private static void end() {
    List<Runnable> steps;
    synchronized (Ending.class) {
      begun = true;
      steps = new ArrayList<>(KILLS.values());
      steps.addAll(DELETIONS.values());
    }
    if (steps.isEmpty()) {
      return;
    }
    // What others say about what is taken away from them now is no news.
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {});
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.OFF);
    }
    for (Runnable step : steps) {
      try {
        step.run();
      } catch (RuntimeException e) {
        System.err.println("not all is cleared away: " + e.getMessage());
      }
    }
  }
}
