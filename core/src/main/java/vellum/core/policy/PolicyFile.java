package vellum.core.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads a policy from the tree of its file, adding line and place to every fault. Not an object.
 */
final class PolicyFile {

  private PolicyFile() {}

  static RetentionPolicy read(YamlNode root) {
    Fields file = Fields.of(root);
    file.allow(Set.of("format", "classes"));
    file.format(RetentionPolicy.FORMAT);
    if (!(file.required("classes") instanceof YamlNode.Items list)) {
      throw invalid(file.required("classes"), "must be a list");
    }
    if (list.items().size() > RetentionPolicy.MAX_CLASSES) {
      throw invalid(list, "must be at most " + RetentionPolicy.MAX_CLASSES + " classes");
    }
    Map<String, Integer> lines = new HashMap<>();
    List<ClassFields> enabled = new ArrayList<>();
    for (YamlNode item : list.items()) {
      ClassFields one = ClassFields.of(item);
      Integer earlier = lines.put(one.name(), item.line());
      if (earlier != null) {
        throw invalid(one.node("name"), one.name() + " is a class already at line " + earlier);
      }
      if (one.isEnabled()) {
        enabled.add(one);
      } else {
        one.read(null);
      }
    }
    return policy(list, enabled);
  }

  private static RetentionPolicy policy(YamlNode list, List<ClassFields> enabled) {
    ClassFields first =
        enabled.stream()
            .filter(ClassFields::isDefault)
            .findFirst()
            .orElseThrow(() -> invalid(list, "class default is missing, or not enabled"));
    List<ClassFields> order = new ArrayList<>(enabled);
    order.remove(first);
    order.add(0, first);
    RetentionClass base = first.read(null);
    List<RetentionClass> classes = new ArrayList<>();
    classes.add(base);
    order.subList(1, order.size()).forEach(one -> classes.add(one.read(base)));
    try {
      return new RetentionPolicy(classes);
    } catch (RetentionPolicy.Conflict e) {
      YamlNode earlier = order.get(e.first).select();
      YamlNode later = order.get(e.second).select();
      throw new PolicyException.Ambiguous(
          later.line(),
          later.place(),
          classes.get(e.second).name()
              + " chooses records that "
              + classes.get(e.first).name()
              + " (line "
              + earlier.line()
              + ") chooses too, by the same kinds of selectors, in an overlapping effective range");
    }
  }

  static PolicyException.Invalid invalid(YamlNode node, String message) {
    return new PolicyException.Invalid(node.line(), node.place(), message);
  }

  /** The keys of a mapping. */
  record Fields(YamlNode.Keys keys) {

    static Fields of(YamlNode node) {
      if (node instanceof YamlNode.Keys keys) {
        return new Fields(keys);
      }
      throw invalid(node, "must be a mapping");
    }

    void allow(Set<String> known) {
      Set<String> unknown = new HashSet<>(keys.values().keySet());
      unknown.removeAll(known);
      keys.values().entrySet().stream()
          .filter(entry -> unknown.contains(entry.getKey()))
          .findFirst()
          .ifPresent(
              entry -> {
                throw invalid(entry.getValue(), "unknown key");
              });
    }

    boolean has(String key) {
      return keys.values().containsKey(key);
    }

    YamlNode required(String key) {
      YamlNode value = keys.values().get(key);
      if (value == null) {
        throw new PolicyException.Invalid(keys.line(), below(key), "is missing");
      }
      return value;
    }

    /** A single value that is not empty. */
    YamlNode.Text text(String key) {
      YamlNode value = required(key);
      if (value instanceof YamlNode.Text text && !text.value().isEmpty()) {
        return text;
      }
      throw invalid(value, "must be a single value");
    }

    /** The single values of a list that may be left out. */
    List<YamlNode.Text> texts(String key) {
      if (!has(key)) {
        return List.of();
      }
      if (!(required(key) instanceof YamlNode.Items list)) {
        throw invalid(required(key), "must be a list");
      }
      return list.items().stream().map(Fields::single).toList();
    }

    private static YamlNode.Text single(YamlNode item) {
      if (item instanceof YamlNode.Text text) {
        return text;
      }
      throw invalid(item, "must be a single value");
    }

    /** Refuses a file of a later format. */
    void format(int newest) {
      YamlNode.Text format = text("format");
      if (!format.value().matches("[1-9][0-9]{0,5}")) {
        throw invalid(format, "must be a number of at least 1");
      }
      if (Integer.parseInt(format.value()) > newest) {
        throw new PolicyException.WrongFormat(
            "line "
                + format.line()
                + ": format: file has format "
                + format.value()
                + ", this version reads "
                + newest);
      }
    }

    boolean flag(String key) {
      YamlNode.Text text = text(key);
      return switch (text.value()) {
        case "true" -> true;
        case "false" -> false;
        default -> throw invalid(text, "must be true or false");
      };
    }

    private String below(String key) {
      return (keys.place().isEmpty() ? "" : keys.place() + ".") + key;
    }
  }
}
