package vellum.core.seal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SealEpochsTest {

  private final SealEpochs epochs = new SealEpochs();

  @Test
  void shouldWaitForEveryBatchOfAnEpochAndNoLaterOne() {
    // given
    SealEpochs.Ticket first = epochs.enter();
    SealEpochs.Ticket second = epochs.enter();
    long epoch = epochs.flip();
    SealEpochs.Ticket later = epochs.enter();

    // when, then
    assertThat(epochs.drained(epoch)).isFalse();
    first.close();
    first.close();
    assertThat(epochs.drained(epoch)).isFalse();
    second.close();
    assertThat(epochs.drained(epoch)).isTrue();
    later.close();
    assertThat(epochs.drained(epochs.flip())).isTrue();
  }

  @Test
  void shouldCountEarlierEpochsAlong() {
    SealEpochs.Ticket old = epochs.enter();
    epochs.flip();
    long epoch = epochs.flip();

    assertThat(epochs.drained(epoch)).isFalse();
    old.close();
    assertThat(epochs.drained(epoch)).isTrue();
  }
}
