package vellum.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class StoreOptionsTest {

  @Test
  void shouldRefuseValuesOutOfBoundsByName() {
    StoreOptions month = StoreOptions.otherMonth();
    assertThatThrownBy(() -> month.withBuffers(1, 1 << 20, 1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeOrderedBufferBytes must be 65536 to 8589934592: 1");
    assertThatThrownBy(() -> month.withBuffers(1 << 20, 1 << 20, 1L << 40))
        .hasMessageContaining("smallBufferBytes");
    assertThatThrownBy(() -> new Stores(new vellum.core.disk.RealDisk(), 1, 1))
        .hasMessageContaining("cacheBytes");
    assertThatThrownBy(() -> new Stores(new vellum.core.disk.RealDisk(), 1 << 20, 65))
        .hasMessageContaining("backgroundThreads");
  }

  @Test
  void shouldBeHotInTheCurrentMonthOnly() {
    assertThat(StoreOptions.currentMonth().hot()).isTrue();
    assertThat(StoreOptions.otherMonth().hot()).isFalse();
    assertThat(StoreOptions.control().hot()).isFalse();
  }
}
