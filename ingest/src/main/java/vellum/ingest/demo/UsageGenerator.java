package vellum.ingest.demo;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import vellum.core.record.Bound;
import vellum.core.record.RecordId;
import vellum.v1.UsageRecord;

/**
 * A stream of made-up events of the usage log, in order of time: {@code while (generator.next()) {
 * send(generator.event()); }}. Each account has some users, each with addresses of his own. Equal
 * options give equal events. Not thread-safe.
 */
public final class UsageGenerator {

  private static final List<String> ACTIONS =
      List.of(
          "login",
          "logout",
          "campaign.create",
          "campaign.start",
          "report.export",
          "key.create",
          "template.edit",
          "webhook.edit");
  private static final List<String> AGENTS =
      List.of(
          "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0",
          "Mozilla/5.0 (Macintosh; Intel Mac OS X 15_1) Safari/605.1",
          "acme-sdk/4.2 java/17");
  private static final long MICROS = 1_000_000;
  private static final double FAILED = 0.03;
  private static final double BY_IPV6 = 0.3;

  private final Options options;
  private final Dice dice;
  private UsageRecord event = UsageRecord.getDefaultInstance();
  private long made;

  /**
   * What to make up.
   *
   * @param seed any number
   * @param events 0 to 10^9
   * @param from when the first event happens at the earliest
   * @param until when the last one happens at the latest
   * @param accounts whose users act, 1 to 10,000 ids
   * @param users of each account, 1 to 1,000
   */
  public record Options(
      long seed, long events, Instant from, Instant until, List<String> accounts, int users) {

    public Options {
      Bound.check("events", events, 0, 1_000_000_000L);
      Bound.check("accounts", accounts.size(), 1, 10_000);
      Bound.check("users", users, 1, 1_000);
      accounts = List.copyOf(accounts);
      if (!from.isBefore(until)) {
        throw new IllegalArgumentException("until must be after from");
      }
    }
  }

  public UsageGenerator(Options options) {
    this.options = options;
    this.dice = new Dice(options.seed());
  }

  /** Goes to the next event; false after the last one. */
  public boolean next() {
    if (made == options.events()) {
      return false;
    }
    long spanMicros = Duration.between(options.from(), options.until()).toNanos() / 1000;
    long slice = Math.max(1, spanMicros / options.events());
    long micros =
        ChronoUnit.MICROS.between(Instant.EPOCH, options.from())
            + Math.min(spanMicros - 1, made * slice + dice.below(slice));
    String account = options.accounts().get(dice.below(options.accounts().size()));
    int user = dice.below(options.users());
    String action = ACTIONS.get(dice.below(ACTIONS.size()));
    event =
        UsageRecord.newBuilder()
            .setEventId(RecordId.random(micros / 1000, dice).toString())
            .setAt(
                Timestamp.newBuilder()
                    .setSeconds(micros / MICROS)
                    .setNanos((int) (micros % MICROS) * 1000))
            .setAccount(account)
            .setActor(actor(account, user))
            .setAction(action)
            .setResource(action.startsWith("log") ? "console" : "item/" + dice.below(500))
            .setIp(address(account, user))
            .setUserAgent(AGENTS.get(user % AGENTS.size()))
            .setResult(dice.chance(FAILED) ? "DENIED" : "OK")
            .build();
    made++;
    return true;
  }

  /** The event that {@link #next} went to. */
  public UsageRecord event() {
    return event;
  }

  /** Events begun so far. */
  public long events() {
    return made;
  }

  private static String actor(String account, int user) {
    return "user" + user + "@" + account.replaceAll("[^a-z0-9-]", "") + ".example";
  }

  /** One of the addresses of documentation (RFC 5737, RFC 3849), by account and user. */
  private String address(String account, int user) {
    long own = Dice.mix(options.seed() * 31 + account.hashCode() * 1009L + user);
    return dice.chance(BY_IPV6)
        ? "2001:db8:%x:%x::%x".formatted(own >>> 48, own >>> 32 & 0xFFFF, own & 0xFFFF)
        : "198.51.%d.%d".formatted(100 + (own >>> 8 & 0x7F), own & 0xFF);
  }
}
