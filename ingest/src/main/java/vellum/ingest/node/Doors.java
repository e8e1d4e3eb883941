package vellum.ingest.node;

import java.io.IOException;
import java.util.Set;
import java.util.function.LongSupplier;
import vellum.core.access.AccessCheck;
import vellum.core.access.CertificateNames;
import vellum.core.access.Credentials;
import vellum.core.access.FailedAttempts;
import vellum.core.access.Principal;
import vellum.core.access.RateLimit;
import vellum.core.access.Role;
import vellum.core.access.TokenStore;
import vellum.core.store.Store;
import vellum.ingest.api.AccessPorts;
import vellum.ingest.server.Authenticator;
import vellum.ingest.server.Grant;

/**
 * Who may come in by the two servers of a node. Thread-safe.
 *
 * @param access what the HTTP server asks
 * @param first the administrator's token of the data directory; empty when there is none
 */
record Doors(AccessPorts access, String first) implements Authenticator {

  private static final Set<Role> SENDERS = Set.of(Role.PRODUCER);

  /**
   * Reads tokens and names. The first start at loopback makes the administrator's token.
   *
   * @throws NodeException.NotFit when it would be open to others without TLS, or to nobody
   * @throws NodeException.BadConfig when the names of certificates cannot be read
   */
  static Doors open(NodeConfig config, Store control, Vault.Machine machine, DataFiles files)
      throws IOException {
    CertificateNames certificates = config.access().read();
    TokenStore tokens = new TokenStore(control, machine.clock(), machine.random());
    String first = files.token(Exposure.isLocal(config) ? machine.random() : null);
    if (!first.isEmpty()) {
      tokens.keepFirst(first);
    }
    Exposure.check(config, config.tls().isOn(), tokens.hasGood() || !certificates.isEmpty());
    LongSupplier nanos = machine.clocks().nanos();
    FailedAttempts attempts = new FailedAttempts(config.access().failedAttempts(), nanos);
    RateLimit lookups = new RateLimit(config.access().subjectLookups(), nanos);
    AccessCheck check = new AccessCheck(tokens, certificates, attempts);
    return new Doors(new AccessPorts(check, tokens, lookups, nanos), first);
  }

  @Override
  public Decision authenticate(String producer, Credentials credentials) {
    AccessCheck.Finding found = access.check().find(credentials);
    if (found instanceof AccessCheck.Unknown unknown) {
      return refused(unknown);
    }
    AccessCheck.Known known = (AccessCheck.Known) found;
    Principal who = known.who();
    if (!who.hasOneOf(SENDERS)) {
      return new Refused("this needs one of the roles administrator, producer", 0);
    }
    if (!who.roles().contains(Role.ADMINISTRATOR) && !who.name().equals(producer)) {
      return new Refused("the producer must have the name of its token or certificate", 0);
    }
    return new Grant(who.accounts()::has, who.expiresAt(), who.proof(), known.isGood());
  }

  private static Refused refused(AccessCheck.Unknown unknown) {
    return unknown.retryAfterMs() == 0
        ? new Refused("neither token nor certificate is known, or it is not good any more", 0)
        : new Refused(
            "too many bad tokens or certificates from this address",
            (int) Math.min(Integer.MAX_VALUE, unknown.retryAfterMs()));
  }

  @Override
  public String toString() {
    return "Doors";
  }
}
