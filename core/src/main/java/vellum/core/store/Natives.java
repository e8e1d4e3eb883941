package vellum.core.store;

import java.util.ArrayDeque;
import java.util.Deque;
import org.rocksdb.AbstractNativeReference;

/** Native objects that one owner opened, closed in reverse order. Not thread-safe. */
final class Natives {

  private final Deque<AbstractNativeReference> opened = new ArrayDeque<>();

  /** Takes an object over, and returns it. */
  <T extends AbstractNativeReference> T own(T object) {
    opened.push(object);
    return object;
  }

  void close() {
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }
}
