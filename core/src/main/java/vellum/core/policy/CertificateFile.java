package vellum.core.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import vellum.core.access.AccessException;
import vellum.core.access.AccountScope;
import vellum.core.access.CertificateName;
import vellum.core.access.CertificateNames;
import vellum.core.access.Role;

/**
 * Reads who may come in by a certificate from its file, adding line and place to every fault.
 * {@code config/certificates.yaml} documents the format. Not an object.
 */
public final class CertificateFile {

  /** Number of the newest format of the file. */
  public static final int FORMAT = 1;

  private CertificateFile() {}

  /**
   * Reads a file.
   *
   * @throws PolicyException.Invalid naming line and field
   * @throws PolicyException.WrongFormat when it is of a later format
   */
  public static CertificateNames read(String yaml) {
    PolicyFile.Fields file = PolicyFile.Fields.of(YamlNode.read(yaml));
    file.allow(Set.of("format", "certificates"));
    file.format(FORMAT);
    if (!(file.required("certificates") instanceof YamlNode.Items list)) {
      throw PolicyFile.invalid(file.required("certificates"), "must be a list");
    }
    List<CertificateName> names = new ArrayList<>();
    for (YamlNode item : list.items()) {
      names.add(name(item));
    }
    try {
      return new CertificateNames(names);
    } catch (AccessException.Invalid e) {
      throw PolicyFile.invalid(list, String.valueOf(e.getMessage()));
    }
  }

  private static CertificateName name(YamlNode item) {
    PolicyFile.Fields fields = PolicyFile.Fields.of(item);
    fields.allow(Set.of("san", "name", "roles", "accounts"));
    Set<Role> roles = EnumSet.noneOf(Role.class);
    fields.texts("roles").forEach(role -> roles.add(role(role)));
    Set<String> accounts = new HashSet<>();
    fields.texts("accounts").forEach(account -> accounts.add(account.value()));
    if (fields.has("accounts") && accounts.isEmpty()) {
      throw PolicyFile.invalid(
          fields.required("accounts"), "must name accounts, or be left out for all");
    }
    try {
      return new CertificateName(
          fields.text("san").value(),
          fields.text("name").value(),
          roles,
          new AccountScope(accounts));
    } catch (AccessException.Invalid | IllegalArgumentException e) {
      throw PolicyFile.invalid(item, String.valueOf(e.getMessage()));
    }
  }

  private static Role role(YamlNode.Text text) {
    try {
      return Role.of(text.value());
    } catch (IllegalArgumentException e) {
      throw PolicyFile.invalid(text, String.valueOf(e.getMessage()));
    }
  }
}
