package vellum.core.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vellum.core.disk.RealDisk;
import vellum.core.journal.StreamGap;
import vellum.core.journal.StreamId;
import vellum.core.journal.StreamStates;
import vellum.core.store.Store;
import vellum.core.store.StoreOptions;
import vellum.core.store.Stores;

final class GapStoreTest {

  private static final long DAY = 86_400_000_000L;
  private static final String ROW =
      "01" // format
          + "02" // goodbye
          + "0000000000000003" // epoch
          + "0000000000000005" // first
          + "0000000000000009" // last
          + "0000000000000007" // found at
          + "ffff" // stream
          + "03"
          + "736d73" // sms
          + "706f6431"; // pod1

  @TempDir Path directory;
  private Stores stores;
  private Store control;

  @BeforeEach
  void open() {
    stores = new Stores(new RealDisk(), 1 << 20, 1);
    control =
        stores.openSynced(
            directory.resolve("control"),
            List.of(Checkpoint.TABLE, GapStore.TABLE),
            StoreOptions.control());
  }

  @AfterEach
  void close() {
    control.close();
    stores.close();
  }

  private static StreamGap gap(String producer, long journalSequence, long micros) {
    return new StreamGap(
        new StreamId(producer, "pod1", 65_535),
        3,
        5,
        9,
        micros,
        journalSequence,
        StreamGap.Cause.GOODBYE);
  }

  private GapStore checkpointed(GapStore gaps) {
    Checkpoint checkpoint = new Checkpoint(control);
    gaps.all().forEach(checkpoint.gaps()::add);
    checkpoint.write(0, new StreamStates());
    return new Checkpoint(control).gaps();
  }

  private static GapStore.Question question(String producer, long from, long to, long after) {
    return new GapStore.Question(producer, from, to, after);
  }

  @Test
  void shouldKeepItsRowsAsTheyAre() {
    GapStore gaps = new Checkpoint(control).gaps();
    gaps.add(gap("sms", 4, 7));

    StreamGap read = checkpointed(gaps).all().get(0);

    assertThat(read).isEqualTo(gap("sms", 4, 7));
    assertThat(HexFormat.of().formatHex(GapRow.write(read))).isEqualTo(ROW);
    byte[] newer = GapRow.write(read);
    newer[0] = 2;
    assertThatThrownBy(() -> GapRow.read(4, newer))
        .isInstanceOf(ApplyException.WrongFormat.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void shouldDropTheOldestOfAProducerAndOfAll() {
    // given
    Checkpoint checkpoint = new Checkpoint(control);
    GapStore gaps = checkpoint.gaps();
    gaps.add(gap("quiet", 1, 1));

    // when one producer has too many
    for (int i = 2; i <= GapStore.MAX_OF_PRODUCER + 4; i++) {
      gaps.add(gap("noisy", i, i));
    }

    // then
    assertThat(gaps.size()).isEqualTo(GapStore.MAX_OF_PRODUCER + 1);
    assertThat(gaps.dropped()).isEqualTo(3);
    assertThat(gaps.find(1)).isNotNull();
    assertThat(gaps.find(4)).isNull();
    assertThat(gaps.find(5)).isNotNull();

    // when there are too many in all
    for (int i = 0; i < GapStore.MAX; i++) {
      gaps.add(gap("p" + i / 900, 10_000 + i, i));
    }
    checkpoint.write(0, new StreamStates());
    GapStore read = new Checkpoint(control).gaps();

    // then
    assertThat(read.size()).isEqualTo(GapStore.MAX);
    assertThat(read.dropped()).isEqualTo(3 + GapStore.MAX_OF_PRODUCER + 1);
    assertThat(read.all()).isEqualTo(gaps.all());
    assertThat(read.counts()).isEqualTo(gaps.counts()).hasSize(12);
    assertThat(read.has("quiet") || read.has("noisy")).isFalse();
    assertThat(read.has("p11")).isTrue();
  }

  @Test
  void shouldCountNoHigherThanNumbersGo() {
    GapStore gaps = new Checkpoint(control).gaps();
    long most = Long.MAX_VALUE / 2;
    for (int i = 1; i <= 3; i++) {
      gaps.add(gap("sms", i, i).of(1, most));
    }

    GapStore.Count count = gaps.counts().get(gap("sms", 1, 1).stream());

    assertThat(count).isEqualTo(new GapStore.Count(3, Long.MAX_VALUE));
  }

  @Test
  void shouldForgetAfterThirteenMonths() {
    Checkpoint checkpoint = new Checkpoint(control);
    GapStore gaps = checkpoint.gaps();
    gaps.add(gap("sms", 1, DAY));
    gaps.add(gap("sms", 2, 2 * DAY));
    checkpoint.write(0, new StreamStates());

    gaps.expire((1 + GapStore.KEPT.toDays()) * DAY);
    assertThat(gaps.size()).isEqualTo(2);
    gaps.expire((1 + GapStore.KEPT.toDays()) * DAY + 1);
    checkpoint.write(0, new StreamStates());

    assertThat(new Checkpoint(control).gaps().all())
        .extracting(StreamGap::journalSequence)
        .containsExactly(2L);
    assertThat(gaps.dropped()).isZero();
  }

  @Test
  void shouldListByProducerAndTimeInPages() {
    GapStore gaps = new Checkpoint(control).gaps();
    for (int i = 1; i <= 10; i++) {
      gaps.add(gap(i % 2 == 0 ? "even" : "odd", i, i * 10L));
    }

    GapStore.Page first = gaps.list(question("even", 20, 100, 0), 2);
    GapStore.Page second = gaps.list(question("even", 20, 100, 4), 2);

    assertThat(first.gaps()).extracting(StreamGap::journalSequence).containsExactly(2L, 4L);
    assertThat(first.more()).isTrue();
    assertThat(second.gaps()).extracting(StreamGap::journalSequence).containsExactly(6L, 8L);
    assertThat(second.more()).as("100 is not before 100").isFalse();
    assertThat(gaps.list(question(null, 0, 1000, 0), 100).gaps()).hasSize(10);
    assertThat(gaps.list(question("none", 0, 1000, 0), 100).gaps()).isEmpty();
  }
}
