package vellum.ingest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 20, unit = TimeUnit.SECONDS)
final class StopHookTest {

  private final CompletableFuture<Integer> halted = new CompletableFuture<>();

  @Test
  void shouldEndTheProcessWhenClosingTakesLonger() throws Exception {
    // given: something that does not close
    CountDownLatch never = new CountDownLatch(1);
    StopHook hook = new StopHook(() -> await(never), () -> Duration.ofMillis(1), halted::complete);
    // when
    CompletableFuture<Void> running = CompletableFuture.runAsync(hook::run);
    // then
    assertThat(halted.get()).isEqualTo(143);
    never.countDown();
    running.get();
  }

  @Test
  void shouldLetWhatClosesInTimeEndByItself() {
    List<String> done = new CopyOnWriteArrayList<>();
    StopHook hook =
        new StopHook(() -> done.add("closed"), () -> Duration.ofHours(1), halted::complete);
    hook.run();
    assertThat(done).containsExactly("closed");
    assertThat(halted).isNotDone();
  }

  @Test
  void shouldSurviveAPartThatDoesNotClose() {
    StopHook hook =
        new StopHook(
            () -> {
              throw new NodeException.BadStop("a part", new IllegalStateException());
            },
            () -> Duration.ofHours(1),
            halted::complete);
    hook.run();
    assertThat(halted).isNotDone();
  }

  @Test
  void shouldLeaveAQuarterOfTheTimeToTheFlush() {
    AtomicLong nanos = new AtomicLong(5);
    StopClock clock = new StopClock(() -> Duration.ofSeconds(20), nanos::get);
    clock.begin();
    assertThat(clock.applyingMs()).isEqualTo(15_000);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(14));
    clock.begin(); // Only the first counts.
    assertThat(clock.applyingMs()).isEqualTo(1_000);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
    assertThat(clock.applyingMs()).isZero();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
