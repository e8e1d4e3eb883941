package vellum.ingest.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import vellum.core.seal.Rejected;
import vellum.core.seal.SealEpochs;
import vellum.v1.FailureCode;
import vellum.v1.Frame;

final class AnswersTest {

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final IngestStats stats = new IngestStats(new SimpleMeterRegistry());
  private final List<Refusal> refusals = new ArrayList<>();
  private final Answers answers = new Answers(channel, stats, this::drain);

  private void drain() {
    Refusal refusal = answers.write();
    if (refusal != null) {
      refusals.add(refusal);
    }
  }

  private PendingBatch batch(long first, long last, Rejected... rejected) {
    PendingBatch batch =
        new PendingBatch(
            new PendingBatch.Range(first, last, true),
            0,
            List.of(rejected),
            new SealEpochs().enter(),
            answers::signal);
    answers.add(batch);
    return batch;
  }

  private Frame written() {
    return channel.readOutbound();
  }

  @Test
  void shouldWriteOneAckForAGroup() {
    List<PendingBatch> group = List.of(batch(1, 5), batch(6, 7), batch(8, 8), batch(9, 9));
    group.subList(0, 3).forEach(each -> each.durable(1));
    channel.runPendingTasks();

    assertThat(written().getAck().getSequence()).isEqualTo(8);
    assertThat(written()).isNull();
    assertThat(answers.size()).isEqualTo(1);
  }

  @Test
  void shouldNotOvertakeAnEarlierBatch() {
    PendingBatch first = batch(1, 1);
    batch(2, 2).durable(2);
    channel.runPendingTasks();
    assertThat(written()).isNull();

    first.durable(1);
    channel.runPendingTasks();
    assertThat(written().getAck().getSequence()).isEqualTo(2);
  }

  @Test
  void shouldAcknowledgeWhatCameBeforeAFence() {
    batch(1, 1).durable(1);
    batch(2, 2).fenced();
    channel.runPendingTasks();

    assertThat(written().getAck().getSequence()).isEqualTo(1);
    assertThat(refusals).extracting(Refusal::code).containsExactly(FailureCode.FENCED);
  }

  @Test
  void shouldNotRejectAgainWhatWasAnsweredBefore() {
    answers.startAfter(2);
    batch(1, 3, new Rejected(0, 5, ""), new Rejected(2, 5, "")).durable(1);
    channel.runPendingTasks();

    assertThat(written().getRejection().getSequence()).isEqualTo(3);
    assertThat(written().getAck().getSequence()).isEqualTo(3);
  }

  @Test
  void shouldWaitWhileTheClientDoesNotRead() {
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    batch(1, 1).durable(1);
    channel.runPendingTasks();
    assertThat(answers.size()).isEqualTo(1);

    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    drain();
    assertThat(answers.isEmpty()).isTrue();
  }
}
