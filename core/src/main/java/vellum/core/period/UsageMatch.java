package vellum.core.period;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.MonthCipher;
import vellum.core.record.AccountId;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.IpAddress;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.UsageOpener;
import vellum.v1.UsageRecord;

/**
 * Whether an event is what a question asks for: the index finds, the opened event proves. Not
 * thread-safe.
 */
final class UsageMatch {

  private final UsageFinder.Question question;
  private final MonthCipher cipher;
  private final @Nullable CanonicalIdentity actor;
  private final CanonicalIdentity candidate = new CanonicalIdentity();
  private final UsageOpener opener = new UsageOpener();

  UsageMatch(UsageFinder.Question question, MonthCipher cipher) {
    this.question = question;
    this.cipher = cipher;
    this.actor = question.actor() == null ? null : read(new CanonicalIdentity(), question.actor());
  }

  private static CanonicalIdentity read(CanonicalIdentity identity, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return identity.read(0, bytes, 0, bytes.length);
  }

  /** Adds what is wanted of what the scan has, until there are {@code most} or none is left. */
  void fill(List<SealedRecord> found, Supplier<@Nullable SealedRecord> scan, int most) {
    SealedRecord event = found.size() < most ? scan.get() : null;
    while (event != null) {
      if (isWanted(event)) {
        found.add(event);
      }
      event = found.size() < most ? scan.get() : null;
    }
  }

  private boolean isWanted(SealedRecord event) {
    long at = event.startedAtMicros();
    if (at < question.fromMicros()
        || at >= question.toMicros()
        || !isAccount(event.reader().account())) {
      return false;
    }
    if (actor == null && question.address() == null) {
      return true;
    }
    UsageRecord clear = opener.open(event, Identities.CLEAR, cipher);
    return isActor(clear.getActor()) && isAddress(clear.getIp());
  }

  private boolean isAccount(String account) {
    AccountId wanted = question.account();
    return wanted == null || wanted.value().equals(account);
  }

  private boolean isActor(String text) {
    if (actor == null) {
      return true;
    }
    if (text.isEmpty()) {
      return false;
    }
    read(candidate, text);
    return candidate.identityClass() == actor.identityClass()
        && Arrays.equals(
            candidate.bytes(), 0, candidate.length(), actor.bytes(), 0, actor.length());
  }

  private boolean isAddress(String text) {
    return question.address() == null || question.address().equals(IpAddress.canonical(text));
  }
}
