package vellum.ingest.node;

import org.jspecify.annotations.Nullable;
import vellum.core.crypto.KekRotation;
import vellum.core.crypto.KekSecret;
import vellum.core.crypto.KekSettings;
import vellum.core.retention.BackupRegistry;
import vellum.ingest.api.KekPort;

/** Answers what operators ask of the key-encryption key, from the parts of a node. Thread-safe. */
final class KekDesk implements KekPort {

  private final KekSettings.Provider provider;
  private final KeyParts keys;
  private final BackupRegistry backups;

  KekDesk(KekSettings.Provider provider, KeyParts keys, BackupRegistry backups) {
    this.provider = provider;
    this.keys = keys;
    this.backups = backups;
  }

  @Override
  public State state() {
    // What cases have is not told: their number is nobody's business.
    int months = (int) keys.ring().alive().stream().filter(one -> !one.isOfCase()).count();
    return new State(
        provider.name(),
        keys.provider().current().id(),
        keys.provider().since(),
        keys.provider().erasure().name(),
        months,
        months + keys.signers().size(),
        keys.provider().rotating(),
        RetentionDesk.backups(backups));
  }

  @Override
  public Rotated rotate(@Nullable KekSecret secret) {
    KekRotation.Rotated rotated =
        secret == null ? keys.rotation().rotate() : keys.rotation().rotate(secret);
    backups.rewriteAll();
    return new Rotated(rotated.from(), rotated.to(), RetentionDesk.backups(backups));
  }
}
