package vellum.core.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import vellum.core.record.DefaultCalendar;
import vellum.core.record.MonthId;

/**
 * All retention classes in force together: every record belongs to exactly one of them. Immutable.
 * {@code config/retention.yaml} documents the format. Policy sections 1 and 4, design section 2.
 *
 * @param classes the default class first, then the others in the order of the file, 1 to 64
 */
public record RetentionPolicy(List<RetentionClass> classes) {

  /** Most bytes of a file. */
  public static final int MAX_BYTES = 1 << 20;

  /** Most classes, those that are not enabled included. */
  public static final int MAX_CLASSES = 64;

  /** The format that this version reads. */
  public static final int FORMAT = 1;

  /** What holds when there is no file: the source's rule, as {@link DefaultCalendar} has it. */
  static final String BUILT_IN_YAML =
      """
      format: 1
      classes:
        - name: default
          zone: UTC
          identities: 12 months
          traffic: 10 years
          usage: 36 months
          content: instruction
          strip_profile: default
          verified: true
          source: the provider's privacy notice, sections 2, 5.1.2 and 6
      """;

  private static final RetentionPolicy BUILT_IN = parse(BUILT_IN_YAML);

  /** One class is in the way of another, or the set of classes is not whole. */
  static final class Conflict extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    final int first;
    final int second;

    private Conflict(int first, int second, String message) {
      super(message);
      this.first = first;
      this.second = second;
    }
  }

  public RetentionPolicy {
    classes = List.copyOf(classes);
    if (classes.isEmpty() || !classes.get(0).isDefault()) {
      throw new IllegalArgumentException("class default is missing, or not the first");
    }
    if (classes.size() > MAX_CLASSES) {
      throw new IllegalArgumentException("classes must be at most " + MAX_CLASSES);
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < classes.size(); i++) {
      RetentionClass one = classes.get(i);
      if (!names.add(one.name())) {
        throw new IllegalArgumentException("class " + one.name() + " stands twice");
      }
      if (!one.terms().usage().equals(classes.get(0).terms().usage())) {
        throw new IllegalArgumentException("usage of class " + one.name() + " is not default's");
      }
      for (int j = 0; j < i; j++) {
        if (classes.get(j).isAmbiguousWith(one)) {
          throw new Conflict(j, i, one.name() + " and " + classes.get(j).name());
        }
      }
    }
  }

  /**
   * Reads a policy.
   *
   * @throws PolicyException.Invalid with line and field of the first fault
   * @throws PolicyException.WrongFormat when the file's format is newer
   */
  public static RetentionPolicy parse(String yaml) {
    if (yaml.length() > MAX_BYTES || yaml.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new PolicyException.Invalid(1, "", "file must have at most " + MAX_BYTES + " bytes");
    }
    return PolicyFile.read(YamlNode.read(yaml));
  }

  /**
   * The text of a policy file; does not close the stream.
   *
   * @throws PolicyException.Invalid when it is longer than {@link #MAX_BYTES} or not UTF-8
   */
  public static String text(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new PolicyException.Invalid(1, "", "file must have at most " + MAX_BYTES + " bytes");
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PolicyException.Invalid(1, "", "file must be UTF-8");
    }
  }

  /** The source's rule alone. */
  public static RetentionPolicy builtIn() {
    return BUILT_IN;
  }

  /** The class of whatever no other class chooses. */
  public RetentionClass defaultClass() {
    return classes.get(0);
  }

  public Optional<RetentionClass> named(String name) {
    return classes.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** The class by whose rule a period is kept: of usage and content the default class. */
  public Optional<RetentionClass> of(MonthId month) {
    return switch (month.kind()) {
      case TRAFFIC -> named(month.retentionClass());
      case YEAR -> named(ClassNames.ofYear(month));
      case USAGE, CONTENT, SUSPENSE -> Optional.of(defaultClass());
      case HOLD, CASE, TRAIL -> Optional.empty();
    };
  }
}
