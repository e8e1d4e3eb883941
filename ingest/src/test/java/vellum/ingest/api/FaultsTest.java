package vellum.ingest.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.access.AccessException;
import vellum.core.disk.RealDisk;
import vellum.core.rerating.RatesException;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class FaultsTest {

  @TempDir private Path directory;

  @Test
  void shouldNameTheDirectoryOfADamagedStore() throws IOException {
    // given
    Path month = Files.createDirectory(directory.resolve("2026-11.default"));
    Files.writeString(month.resolve("FORMAT"), "something else");
    try (Stores stores = new Stores(new RealDisk(), 1 << 20, 1)) {
      Throwable damage =
          catchThrowable(() -> stores.open(month, List.of(), StoreOptions.control()).close());

      // when
      Problem problem = Faults.problem(new CompletionException(damage));

      // then
      assertThat(problem.status().code()).isEqualTo(500);
      assertThat(problem.code()).isEqualTo("STORE_DAMAGED");
      assertThat(problem.detail()).contains("2026-11.default").contains("from a backup");
    }
  }

  @Test
  void shouldTellRefusalsFromFailuresByTheirStatusAlone() {
    assertThat(Faults.isRefusal(new AccessException.Invalid("name"))).isTrue();
    assertThat(Faults.isRefusal(new RatesException.BadSize("no rows"))).isTrue();
    assertThat(Faults.problem(new RatesException.BadSize("no rows")).code()).isEqualTo("BAD_RATES");
    assertThat(Faults.isRefusal(Problem.notFound("nothing"))).isTrue();
    assertThat(Faults.isRefusal(new IllegalStateException("x"))).isFalse();
  }

  @Test
  void shouldSayNothingOfAForeignFailure() {
    Problem problem = Faults.problem(new IllegalStateException("+491701237777"));

    assertThat(problem.code()).isEqualTo("INTERNAL");
    assertThat(problem.detail()).doesNotContain("491701237777");
  }
}
