package vellum.ingest.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import vellum.core.period.Stage;
import vellum.ingest.api.Reason;

/** The meters of a node's parts. {@code docs/OPERATIONS.md} lists them all. Stateless. */
public final class NodeMeters {

  private static final Figures.Label<Reason.Code> REASON =
      new Figures.Label<>("reason", Reason.Code.class);
  private static final Figures.Label<Outcomes.Outcome> OUTCOME =
      new Figures.Label<>("outcome", Outcomes.Outcome.class);
  private static final Figures.Label<Stage> STAGE = new Figures.Label<>("stage", Stage.class);
  private static final Figures.Label<StoreFigures.Kind> STORE =
      new Figures.Label<>("store", StoreFigures.Kind.class);

  private NodeMeters() {}

  /**
   * Registers them; the registry does not keep the sampler alive.
   *
   * @param version of this program
   */
  public static void bind(MeterRegistry meters, Sampler sampler, String version) {
    Figures<Sample> figures = new Figures<>(meters, sampler.last());
    outside(figures, version);
    FunctionCounter.builder("vellum.metrics.faults", sampler, Sampler::faults)
        .description("Samples that failed, so that the figures before stand")
        .register(meters);
    audit(figures);
    journal(figures, sampler);
    apply(figures);
    stores(figures);
    periods(figures);
    retention(figures);
    disk(figures);
  }

  /**
   * Registers those of a sealed server: under the same names, what it has of them.
   *
   * @param sample taken at each look; cheap. The registry does not keep it alive
   * @param version of this program
   */
  public static void bindSealed(
      MeterRegistry meters, Supplier<SealedSample> sample, String version) {
    outside(new Figures<>(meters, sample), version);
  }

  private static <S extends Outside> void outside(Figures<S> figures, String version) {
    Gauge.builder("vellum.version", () -> 1)
        .description("Always 1; the label tells the version")
        .tags("version", version)
        .register(figures.meters());
    figures.gauge(
        "vellum.ready",
        "1 while records are taken, as /readyz says",
        sample -> sample.reasons().isEmpty() ? 1 : 0);
    figures.gauges(
        "vellum.not.ready",
        "1 while this is a reason why no records are taken",
        REASON,
        code -> sample -> sample.reasons().contains(code) ? 1 : 0);
    figures.gauge(
        "vellum.tls.expiry.seconds",
        "Time until the certificate of the servers ends; NaN without TLS",
        Outside::certificateSeconds);
    figures.counter(
        "vellum.audit.failures",
        "Answers withheld because the audit trail could not be written",
        Outside::auditFailures);
    figures.gauge(
        "vellum.disk.free.bytes",
        "Free space of the data directory's disk; -1 when it is not known",
        Outside::freeBytes);
  }

  private static void audit(Figures<Sample> figures) {
    figures.gauge(
        "vellum.audit.owed",
        "Entries about what the server did by itself that the disk did not take yet",
        sample -> sample.audit().owed());
    figures.gauge(
        "vellum.audit.uncopied",
        "1 while checkpoints of the trail cannot be copied to the second place",
        sample -> sample.audit().isUncopied() ? 1 : 0);
  }

  private static void journal(Figures<Sample> figures, Sampler sampler) {
    FunctionTimer.builder(
            "vellum.journal.force",
            sampler,
            from -> from.last().get().journal().forces(),
            from -> from.last().get().journal().totalForceNanos(),
            TimeUnit.NANOSECONDS)
        .description("Forces of the journal to the disk, and the time they took")
        .register(figures.meters());
    figures.gauge(
        "vellum.journal.last.force.seconds",
        "Time that the last force took",
        sample -> sample.journal().lastForceNanos() / 1e9);
    figures.counter(
        "vellum.journal.bytes", "Bytes appended", sample -> sample.journal().appendedBytes());
    figures.counter(
        "vellum.journal.duplicates",
        "Records resent under sequences that were there already",
        sample -> sample.journal().duplicates());
    figures.counter(
        "vellum.journal.gaps",
        "Batches that left out sequences of their stream",
        sample -> sample.journal().gaps());
    figures.counter(
        "vellum.journal.fenced",
        "Batches and openings refused because a newer connection has the stream",
        sample -> sample.journal().fenced());
    figures.counter(
        "vellum.journal.segments", "Segments begun", sample -> sample.journal().rolls());
    figures.gauge(
        "vellum.journal.unreleased.bytes",
        "Bytes of segments that are not applied and flushed, or not deleted yet",
        sample -> sample.journal().unreleasedBytes());
    figures.gauge(
        "vellum.journal.waiting.batches",
        "Batches that wait to be appended",
        sample -> sample.journal().ringCommands());
    figures.gauge(
        "vellum.journal.waiting.bytes",
        "Bytes of batches that wait to be appended",
        sample -> sample.journal().ringBytes());
    figures.gauge(
        "vellum.journal.streams",
        "Streams of producers that are known",
        sample -> sample.journal().streams());
  }

  private static void apply(Figures<Sample> figures) {
    figures.counter(
        "vellum.apply.messages",
        "Messages applied to months",
        sample -> sample.applied().messages());
    figures.counters(
        "vellum.apply.outcomes",
        "What became of applied messages",
        OUTCOME,
        outcome -> sample -> sample.outcomes().getOrDefault(outcome, 0L));
    figures.counter(
        "vellum.apply.expired",
        "Messages dropped because their months had expired meanwhile",
        sample -> sample.applied().expired());
    figures.gauge(
        "vellum.apply.lag.batches",
        "Forced batches that are not applied yet",
        sample -> sample.lag().entries());
    figures.gauge(
        "vellum.apply.lag.records",
        "Records in them, taken as many to a batch as before",
        sample -> sample.lag().records());
    figures.gauge(
        "vellum.apply.lag.seconds",
        "How long the oldest of them has been waiting",
        sample -> sample.lag().seconds());
  }

  private static void stores(Figures<Sample> figures) {
    stores(figures, "vellum.store.open", "Stores that are open", StoreFigures::open);
    stores(figures, "vellum.store.file.bytes", "Bytes of their files", StoreFigures::fileBytes);
    stores(
        figures,
        "vellum.store.memory.bytes",
        "Bytes in their memory tables",
        StoreFigures::memoryBytes);
    stores(
        figures,
        "vellum.store.pending.compaction.bytes",
        "Bytes that compaction has still to rewrite, estimated",
        StoreFigures::pendingCompactionBytes);
    stores(
        figures,
        "vellum.store.background.errors",
        "Errors of background work, and writes that failed, of the open stores since each was opened",
        StoreFigures::backgroundErrors);
    stores(
        figures,
        "vellum.store.write.stopped",
        "Stores whose writes wait for compaction",
        StoreFigures::writeStopped);
    figures.gauge(
        "vellum.store.cache.bytes",
        "Bytes in the cache of blocks, indexes and filters",
        Sample::cachedBytes);
  }

  private static void stores(
      Figures<Sample> figures, String name, String help, ToLongFunction<StoreFigures> value) {
    figures.gauges(name, help, STORE, kind -> sample -> value.applyAsLong(sample.stores(kind)));
  }

  private static void periods(Figures<Sample> figures) {
    figures.gauge("vellum.records", "Rows of all periods", Sample::records);
    figures.gauge("vellum.suspended", "Messages in suspense", Sample::suspended);
    figures.gauges(
        "vellum.periods",
        "Periods in each stage of their life",
        STAGE,
        stage -> sample -> sample.stages().getOrDefault(stage, 0));
    figures.gauge(
        "vellum.identity.keys",
        "Periods whose identities can be read",
        sample -> sample.identities().keys());
    figures.gauge(
        "vellum.identity.oldest.seconds",
        "Age of the oldest month whose identities can be read, from its first day on",
        sample -> sample.identities().oldestSeconds());
    figures.gauge(
        "vellum.identity.next.deadline.seconds",
        "Time until the next period's identities must be unreadable; negative when that is over",
        sample -> sample.identities().nextDeadlineSeconds());
  }

  private static void retention(Figures<Sample> figures) {
    figures.gauge(
        "vellum.retention.overdue",
        "Periods of which something that had to be done is not",
        sample -> sample.ends().overdue());
    figures.gauge(
        "vellum.retention.waiting",
        "Periods whose end does not go on and is tried again",
        sample -> sample.ends().waiting());
    figures.gauge(
        "vellum.retention.failed",
        "Periods whose end failed and is not tried before the next start",
        sample -> sample.ends().failed());
    figures.gauge(
        "vellum.retention.rewriting",
        "Periods that are being rewritten into the archive",
        sample -> sample.ends().rewriting());
    figures.gauge(
        "vellum.retention.progress.ratio",
        "How far the rewriting is, 0 to 1; 0 when there is none",
        sample -> sample.ends().progress());
    figures.gauge(
        "vellum.retention.clock.trusted",
        "1 while the clock is trusted, so that what is due is erased",
        sample -> sample.ends().clockTrusted() ? 1 : 0);
    figures.gauge(
        "vellum.retention.clock.behind.seconds",
        "How much later what is due is erased, since nobody measured a stop",
        sample -> sample.ends().behindSeconds());
  }

  private static void disk(Figures<Sample> figures) {
    figures.gauge(
        "vellum.disk.reserve.bytes",
        "Free space into which the journal does not write",
        Sample::reserveBytes);
    figures.gauge(
        "vellum.disk.strip.bytes",
        "Free space that a strip under way has still to fill",
        sample -> sample.ends().reservedBytes());
  }
}
