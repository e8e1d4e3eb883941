package vellum.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class TotalsAnswerTest {

  @Test
  void shouldAddUpTheRowsAndNothingElse() throws IOException {
    // given
    String body =
        """
        {"by":["account"],"position":9,"months":[{"month":"2026-02.default","count":5}],
         "rows":[{"account":"a","count":2,"units":3,"amount":"0.1","amount_nanos":"100000000"},
                 {"account":"b","count":1,"units":1,"amount":"-0.1","amount_nanos":"-99999999"}],
         "totals":[{"currency":"EUR","count":3,"units":4,"amount_nanos":"1"}]}
        """;
    TotalsAnswer answer = new TotalsAnswer();
    // when
    answer.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    // then
    assertThat(answer.totals()).isEqualTo(new Peer.Totals(2, 3, 4, 1));
  }
}
