package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.store.StoreException;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class WorkerTest {

  private static final long WAIT_MS = 10_000;

  @TempDir private Path directory;

  private final BlockingQueue<String> failures = new LinkedBlockingQueue<>();

  @Test
  void shouldTellOfAFailureAndEnd() throws Exception {
    Worker worker =
        start(
            () -> {
              throw new IllegalStateException("+491701234567");
            });

    assertThat(failures.poll(WAIT_MS, TimeUnit.MILLISECONDS))
        .startsWith("test: java.lang.IllegalStateException at ")
        .doesNotContain("491701234567");
    assertThat(worker.stop(WAIT_MS)).isTrue();
  }

  @Test
  void shouldTryAgainAfterAFailureThatMayPass() throws Exception {
    // given
    StoreException full = unavailable();
    AtomicInteger calls = new AtomicInteger();
    BlockingQueue<Integer> done = new LinkedBlockingQueue<>();

    // when
    Worker worker =
        start(
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw full;
              }
              done.add(calls.get());
              return 0;
            });

    // then
    assertThat(done.poll(WAIT_MS, TimeUnit.MILLISECONDS)).isEqualTo(2);
    assertThat(failures).isEmpty();
    assertThat(worker.stop(WAIT_MS)).isTrue();
  }

  @Test
  void shouldEndInTheMiddleOfAWait() throws Exception {
    StoreException full = unavailable();
    Worker worker =
        start(
            () -> {
              throw full;
            });

    assertThat(worker.stop(WAIT_MS)).isTrue();
    assertThat(failures).isEmpty();
  }

  private Worker start(java.util.function.IntSupplier work) {
    return Worker.start(
        "test",
        Duties.polling(work, 50, 1_000),
        (name, cause) -> failures.add(name + ": " + Places.say(cause)));
  }

  /** What a store says that cannot make its directory. */
  private StoreException unavailable() {
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1)) {
      Path file = java.nio.file.Files.createFile(directory.resolve("file"));
      stores.open(file.resolve("store"), java.util.List.of(), StoreOptions.control()).close();
      throw new AssertionError("a directory in a file");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    } catch (StoreException.Unavailable e) {
      assertThat(e.recoverable()).isTrue();
      return e;
    }
  }
}
