package vellum.core.seal;

import java.time.Instant;
import vellum.core.record.RecordId;
import vellum.v1.UsageRecord;

/** Events of the usage log for tests. */
public final class TestUsage {

  public static final String ACTOR = "Jane.Roe@Acme.example";
  public static final String ADDRESS = "203.0.113.77";

  private TestUsage() {}

  public static UsageRecord event(long seed) {
    return event(seed, TestRecords.STARTED, ACTOR, ADDRESS).build();
  }

  /** An event with an id made from a seed. */
  public static UsageRecord.Builder event(long seed, Instant at, String actor, String ip) {
    return UsageRecord.newBuilder()
        .setEventId(RecordId.derived(at.toEpochMilli(), "acct-1", "event" + seed).toString())
        .setAt(TestRecords.timestamp(at))
        .setAccount("acct-1")
        .setActor(actor)
        .setAction("campaign.start")
        .setResource("campaign/spring-canary")
        .setIp(ip)
        .setUserAgent("canary-agent/1.0 (X11; Linux)")
        .setResult("OK");
  }
}
