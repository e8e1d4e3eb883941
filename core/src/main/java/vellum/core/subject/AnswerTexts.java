package vellum.core.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import vellum.core.policy.Anchor;
import vellum.core.policy.ClassTerms;
import vellum.core.policy.RetentionClass;
import vellum.core.policy.RetentionPolicy;

/**
 * What people are told beside their records, in plain words: {@code answer.yaml}. Periods are those
 * of the policy in force. Immutable.
 */
public final class AnswerTexts {

  private static final int FORMAT = 1;
  private static final String FILE = "answer.yaml";

  private final JsonNode root;

  private AnswerTexts(JsonNode root) {
    this.root = root;
  }

  /** The texts that come with this version. */
  public static AnswerTexts read() {
    try (InputStream in = AnswerTexts.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in this build");
      }
      JsonNode root = new YAMLMapper().readTree(in);
      if (root.path("format").asInt() != FORMAT) {
        throw new IllegalStateException(FILE + " must have format " + FORMAT);
      }
      return new AnswerTexts(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text that is not a list. */
  String text(String name) {
    JsonNode node = root.at("/" + name.replace('.', '/'));
    if (!node.isTextual()) {
      throw new IllegalStateException(FILE + " has no text " + name);
    }
    return node.textValue().strip();
  }

  /** A list of texts. */
  List<String> list(String name) {
    JsonNode node = root.path(name);
    if (!node.isArray() || node.isEmpty()) {
      throw new IllegalStateException(FILE + " has no list " + name);
    }
    List<String> texts = new ArrayList<>();
    node.forEach(one -> texts.add(one.asText()));
    return texts;
  }

  /** How long what is kept, class by class, as the policy has it. */
  List<String> periods(RetentionPolicy policy) {
    List<String> texts = new ArrayList<>();
    for (RetentionClass one : policy.classes()) {
      ClassTerms terms = one.terms();
      boolean fromStart = terms.identities().anchor() == Anchor.COMMUNICATION;
      texts.add(
          text("periods." + (fromStart ? "identities_communication" : "identities"))
              .replace("{class}", one.name())
              .replace("{identities}", terms.identities().text()));
      texts.add(
          text("periods.traffic")
              .replace("{class}", one.name())
              .replace("{traffic}", terms.traffic().text()));
    }
    texts.add(
        text("periods.usage").replace("{usage}", policy.classes().get(0).terms().usage().text()));
    texts.add(text("periods.content"));
    return texts;
  }

  /** The sentence that every answer to a kind of request ends with, whatever was found. */
  String statement(RequestKind kind) {
    return switch (kind) {
      case ACCESS, PORTABILITY -> text("statements.access");
      case ERASURE -> text("statements.erasure");
      case RESTRICTION, OBJECTION -> text("statements.restriction");
      case RECTIFICATION -> text("statements.rectification");
    };
  }
}
