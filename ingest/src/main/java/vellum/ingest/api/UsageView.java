package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.BadRecord;
import vellum.core.record.CanonicalIdentity;
import vellum.core.record.MessageJson;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.UsageOpener;
import vellum.core.subject.Restrictions;
import vellum.v1.UsageRecord;

/** Events of the usage log as an answer shows them. For one answer. Not thread-safe. */
final class UsageView {

  private final KeyRing keys;
  private final Identities shown;
  private final @Nullable Restrictions restrictions;
  private final UsageOpener opener = new UsageOpener();
  private final MessageJson json = MessageJson.ofEvents();
  private final Map<MonthId, Optional<MonthCipher>> ciphers = new HashMap<>();

  /**
   * @param restrictions who is not shown in clear; null: nobody
   */
  UsageView(KeyRing keys, Identities shown, @Nullable Restrictions restrictions) {
    this.keys = keys;
    this.shown = shown;
    this.restrictions = restrictions;
  }

  /** Adds an event, unless its month ended meanwhile. */
  void addTo(ArrayNode events, SealedRecord event) {
    try {
      Optional<MonthCipher> cipher = ciphers.computeIfAbsent(event.month(), this::cipher);
      if (cipher.isPresent()) {
        UsageRecord opened = opener.open(event, shown, cipher.get());
        boolean isHidden = isHidden(opened);
        if (isHidden) {
          opened = opener.open(event, Identities.MASKED, cipher.get());
        }
        Identities seen = isHidden ? Identities.MASKED : shown;
        ObjectNode node =
            events
                .addObject()
                .put("month", event.month().toString())
                .put("identities", seen.name().toLowerCase(Locale.ROOT));
        if (isHidden) {
          node.put("restricted", true);
        }
        node.putRawValue("event", new RawValue(json.text(opened.toByteArray())));
      }
    } catch (CryptoException.KeyDestroyed e) {
      // Its month ended between the look-up and now.
    }
  }

  private boolean isHidden(UsageRecord opened) {
    if (shown != Identities.CLEAR || restrictions == null || restrictions.isEmpty()) {
      return false;
    }
    byte[] actor = opened.getActor().getBytes(StandardCharsets.UTF_8);
    try {
      return restrictions.holds(new CanonicalIdentity().read(0, actor, 0, actor.length));
    } catch (BadRecord nobody) {
      return false;
    }
  }

  private Optional<MonthCipher> cipher(MonthId month) {
    return keys.existing(month).map(MonthKey::newCipher);
  }
}
