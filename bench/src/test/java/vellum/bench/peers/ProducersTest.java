package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProducersTest {

  @ParameterizedTest
  @CsvSource({
    // One producer gets what suits the peer.
    "5000, 200000, 1, 5000",
    "1000, 200000, 8, 1000",
    // Eight and sixty-four get eight parts each.
    "5000, 200000, 8, 3125",
    "5000, 200000, 64, 390",
    "1000, 200000, 64, 390",
    // A large slice leaves what suits the peer.
    "5000, 10000000, 64, 5000",
    // Never less than a hundred.
    "5000, 3334, 64, 100",
    "5000, 0, 8, 100",
  })
  void shouldGiveEachProducerSeveralParts(int suits, long records, int producers, int batch) {
    // when / then
    assertThat(Producers.batch(suits, records, producers)).isEqualTo(batch);
  }
}
