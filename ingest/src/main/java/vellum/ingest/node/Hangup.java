package vellum.ingest.node;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * The signal SIGHUP, by which an operator says that the configuration has changed. The class of the
 * runtime that hands out signals is used by name: the compiler warns of each other use of it.
 */
final class Hangup {

  private Hangup() {}

  /**
   * Calls a task at each signal, on a thread of the runtime's own, in place of ending the process.
   *
   * @return whether there are signals here: not on every system, not with {@code -Xrs}
   */
  static boolean onSignal(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance("HUP"),
              MethodHandleProxies.asInterfaceInstance(handler, ignoring(signal, task)));
      return true;
    } catch (ReflectiveOperationException notHere) {
      return false;
    }
  }

  /** The task as a method that takes a signal. */
  private static MethodHandle ignoring(Class<?> signal, Runnable task)
      throws ReflectiveOperationException {
    MethodHandle run =
        MethodHandles.lookup()
            .findVirtual(Runnable.class, "run", MethodType.methodType(void.class))
            .bindTo(task);
    return MethodHandles.dropArguments(run, 0, signal);
  }
}
