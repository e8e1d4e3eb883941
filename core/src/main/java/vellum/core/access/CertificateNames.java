package vellum.core.access;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may come in by a certificate instead of a token. Immutable. */
public final class CertificateNames {

  /** Entries at most. */
  public static final int MOST = 10_000;

  /** Nobody. */
  public static final CertificateNames NONE = new CertificateNames(List.of());

  private final Map<String, Principal> bySan = new LinkedHashMap<>();

  /**
   * Those of a list.
   *
   * @throws AccessException.Invalid when a name stands twice, or there are too many
   */
  public CertificateNames(List<CertificateName> all) {
    if (all.size() > MOST) {
      throw new AccessException.Invalid("at most " + MOST + " certificates: " + all.size());
    }
    for (CertificateName one : all) {
      if (bySan.put(one.san(), one.principal()) != null) {
        throw new AccessException.Invalid("a san stands twice");
      }
    }
  }

  /** Whether there is nobody. */
  public boolean isEmpty() {
    return bySan.isEmpty();
  }

  /**
   * Who a certificate is. Of several names that are known all must say the same, else it is nobody:
   * which of them was meant, nobody could tell.
   */
  Optional<Principal> find(List<String> sans) {
    Set<Principal> found = new HashSet<>();
    for (String san : sans) {
      Principal principal = bySan.get(san.toLowerCase(Locale.ROOT));
      if (principal != null) {
        found.add(principal);
      }
    }
    return found.size() == 1 ? Optional.of(found.iterator().next()) : Optional.empty();
  }
}
