package vellum.ingest.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import vellum.core.crypto.CryptoException;
import vellum.core.crypto.KeyRing;
import vellum.core.crypto.MonthCipher;
import vellum.core.crypto.MonthKey;
import vellum.core.record.MessageJson;
import vellum.core.record.MonthId;
import vellum.core.seal.Identities;
import vellum.core.seal.SealedRecord;
import vellum.core.seal.UsageOpener;

/** Events of the usage log as an answer shows them. For one answer. Not thread-safe. */
final class UsageView {

  private final KeyRing keys;
  private final Identities shown;
  private final UsageOpener opener = new UsageOpener();
  private final MessageJson json = MessageJson.ofEvents();
  private final Map<MonthId, Optional<MonthCipher>> ciphers = new HashMap<>();

  UsageView(KeyRing keys, Identities shown) {
    this.keys = keys;
    this.shown = shown;
  }

  /** Adds an event, unless its month ended meanwhile. */
  void addTo(ArrayNode events, SealedRecord event) {
    try {
      Optional<MonthCipher> cipher = ciphers.computeIfAbsent(event.month(), this::cipher);
      if (cipher.isPresent()) {
        String text = json.text(opener.open(event, shown, cipher.get()).toByteArray());
        events
            .addObject()
            .put("month", event.month().toString())
            .put("identities", shown.name().toLowerCase(Locale.ROOT))
            .putRawValue("event", new RawValue(text));
      }
    } catch (CryptoException.KeyDestroyed e) {
      // Its month ended between the look-up and now.
    }
  }

  private Optional<MonthCipher> cipher(MonthId month) {
    return keys.existing(month).map(MonthKey::newCipher);
  }
}
