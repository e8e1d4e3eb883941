package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskWorkTest {

  private static final String NUMBER = "+385911234567";

  @TempDir private Path directory;
  private PeerPlace place;
  private Path outcomes;

  @BeforeEach
  void place() throws IOException {
    place = new PeerPlace(directory, PeerJars.here());
    Files.createDirectory(place.data());
    outcomes = directory.resolve("outcomes");
  }

  private void strip(List<String> oldNumbers) throws Exception {
    Questions questions =
        new Questions(List.of(), List.of(), oldNumbers, 10, Map.of(), new Peer.Totals(0, 0, 0, 0));
    new DiskWork(new FilePeer(place.data()), place, questions, new Outcomes(outcomes)).strip();
  }

  private Outcome outcome(Figure figure) throws IOException {
    return Outcomes.read(outcomes).stream()
        .filter(outcome -> outcome.figure() == figure)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldSayHowManyNumbersAreLeft() throws Exception {
    // given
    Files.writeString(place.data().resolve("month"), NUMBER);

    // when
    strip(List.of(NUMBER));

    // then
    assertThat(outcome(Figure.NUMBERS_BEFORE)).isEqualTo(Outcome.of(Figure.NUMBERS_BEFORE, 100));
    assertThat(outcome(Figure.NUMBERS_AFTER)).isEqualTo(Outcome.of(Figure.NUMBERS_AFTER, 0));
  }

  @Test
  void shouldSayWhyNoNumberWasLookedFor() throws Exception {
    // when
    strip(List.of());

    // then
    assertThat(outcome(Figure.NUMBERS_BEFORE).value()).isNaN();
    assertThat(outcome(Figure.NUMBERS_BEFORE).note()).startsWith("not possible: ");
    assertThat(outcome(Figure.NUMBERS_AFTER).value()).isNaN();
    assertThat(outcome(Figure.NUMBERS_AFTER).note())
        .startsWith("not possible: ")
        .isNotEqualTo(outcome(Figure.NUMBERS_BEFORE).note());
    assertThat(outcome(Figure.STRIP_GONE).value()).isPositive();
  }

  /** A peer whose oldest month is a file, which a strip deletes. */
  private record FilePeer(Path data) implements Peer {
    @Override
    public Stripped strip(YearMonth month) throws IOException {
      Files.deleteIfExists(data.resolve("month"));
      return new Stripped(1, 2);
    }

    @Override
    public List<String> lacks() {
      return List.of();
    }

    @Override
    public void start() {}

    @Override
    public void stop() {}

    @Override
    public void kill() {}

    @Override
    public void close() {}

    @Override
    public Sender sender(int producer, Acks acks) throws NotPossible {
      throw new NotPossible("a file");
    }

    @Override
    public void settle() {}

    @Override
    public void ids(long fromMicros, long toMicros, Consumer<String> sink) {}
  }
}
