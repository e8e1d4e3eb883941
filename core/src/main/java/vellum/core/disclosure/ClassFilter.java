package vellum.core.disclosure;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import vellum.v1.OptionsProto;
import vellum.v1.Privacy;

/**
 * Which privacy classes may be disclosed: by the options of the schema, a field of another class is
 * not. Immutable, thread-safe.
 *
 * <p>A message such as {@code submission} is looked into whatever its own class, since its fields
 * have classes of their own; but not a party, whose class says that all of it is an identity.
 */
public final class ClassFilter {

  private static final Set<Privacy> ALL =
      Collections.unmodifiableSet(
          EnumSet.complementOf(EnumSet.of(Privacy.PRIVACY_UNSPECIFIED, Privacy.UNRECOGNIZED)));
  private static final Set<Privacy> OF_MESSAGES = EnumSet.of(Privacy.ROUTING, Privacy.BILLING);

  private final EnumSet<Privacy> granted;

  private ClassFilter(EnumSet<Privacy> granted) {
    this.granted = granted;
  }

  /**
   * Discloses some classes.
   *
   * @throws IllegalArgumentException when there is none, or one that the schema does not use
   */
  public static ClassFilter of(Set<Privacy> granted) {
    if (granted.isEmpty() || !ALL.containsAll(granted)) {
      throw new IllegalArgumentException("classes to disclose are one or more of " + ALL);
    }
    return new ClassFilter(EnumSet.copyOf(granted));
  }

  /** Discloses all. */
  public static ClassFilter all() {
    return of(ALL);
  }

  /** Their names, for manifests. */
  public List<String> names() {
    SortedSet<String> names = new TreeSet<>();
    granted.forEach(each -> names.add(each.name()));
    return List.copyOf(names);
  }

  boolean isAll() {
    return granted.containsAll(ALL);
  }

  /** Whether a value may be disclosed, or a message looked into. */
  boolean passes(Privacy privacy, boolean isMessage) {
    return granted.contains(privacy) || isMessage && OF_MESSAGES.contains(privacy);
  }

  /** The same of a field of the schema. */
  boolean passes(FieldDescriptor field) {
    boolean isMessage =
        field.getType() == FieldDescriptor.Type.MESSAGE
            && !field.getMessageType().getFile().getPackage().startsWith("google.");
    return passes(field.getOptions().getExtension(OptionsProto.privacy), isMessage);
  }
}
