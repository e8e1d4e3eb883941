package vellum.core.casefile;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.audit.Audit;
import vellum.core.audit.Content;
import vellum.core.audit.Draft;
import vellum.core.audit.SealedDraft;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.record.MonthId;

/**
 * Entries of the audit trail about cases: in clear, or sealed when they are about something secret.
 * Sealed entries of a month stand under one key, so that they do not tell which of them belong
 * together. Thread-safe.
 *
 * <pre>
 *   key of an entry   trail-2026-11
 *   body    0  u8    format
 *           1  16 B  random: entries that say the same do not look the same
 *          17        sealed: the entry as JSON; with 256 or 512 bytes and so on
 * </pre>
 */
public final class CaseAudit implements Audit {

  private static final int FORMAT = 1;
  private static final int NONCE_BYTES = 16;
  private static final String KEY = "trail-";
  private static final byte[] PURPOSE = "vellum trail 1".getBytes(StandardCharsets.US_ASCII);

  private final Audit audit;
  private final KeyRing keys;
  private final SecureRandom random;
  private final InstantSource clock;

  /**
   * @param audit the trail
   */
  public CaseAudit(Audit audit, KeyRing keys, SecureRandom random, InstantSource clock) {
    this.audit = audit;
    this.keys = keys;
    this.random = random;
    this.clock = clock;
  }

  @Override
  public long record(Content content) {
    return audit.record(content);
  }

  /** Writes an entry, sealed when it is about something secret. */
  public long record(Draft draft, boolean secret) {
    return audit.record(secret ? seal(draft) : draft);
  }

  /** A trail that seals everything that is written to it. */
  public Audit sealing() {
    return content -> audit.record(content instanceof Draft draft ? seal(draft) : content);
  }

  /** An entry that only some may read. */
  public SealedDraft seal(Draft draft) {
    YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    String name = KEY + month;
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed =
        keys.key(MonthId.trail(month))
            .newDocumentCipher()
            .seal(draft.json(), PURPOSE, name.getBytes(StandardCharsets.US_ASCII), nonce);
    byte[] body = new byte[1 + NONCE_BYTES + sealed.length];
    body[0] = FORMAT;
    System.arraycopy(nonce, 0, body, 1, NONCE_BYTES);
    System.arraycopy(sealed, 0, body, 1 + NONCE_BYTES, sealed.length);
    return new SealedDraft(name, body);
  }

  /**
   * What a sealed entry says, for who may know of secret holds; empty when its key is gone.
   *
   * @throws CaseException when it is not one that this version writes
   */
  public Optional<Draft> open(SealedDraft entry) {
    byte[] body = entry.body();
    if (!entry.key().startsWith(KEY) || body.length <= 1 + NONCE_BYTES) {
      throw corrupt(null);
    }
    if (body[0] > FORMAT) {
      throw new CaseException.TooNew("a sealed entry", body[0], FORMAT);
    }
    byte[] nonce = Arrays.copyOfRange(body, 1, 1 + NONCE_BYTES);
    byte[] sealed = Arrays.copyOfRange(body, 1 + NONCE_BYTES, body.length);
    byte[] name = entry.key().getBytes(StandardCharsets.US_ASCII);
    try {
      MonthId month = MonthId.trail(YearMonth.parse(entry.key().substring(KEY.length())));
      return keys.existing(month)
          .map(key -> key.newDocumentCipher().open(sealed, PURPOSE, name, nonce))
          .map(json -> Draft.ofJson(json).orElseThrow(() -> corrupt(null)));
    } catch (CryptoException.SealBroken | DateTimeException e) {
      throw corrupt(e);
    }
  }

  private static CaseException.Corrupt corrupt(@Nullable Throwable cause) {
    return new CaseException.Corrupt("a sealed entry of the trail is not what was written", cause);
  }
}
