package vellum.core.disclosure;

import java.util.ArrayList;
import java.util.List;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Writes elements by their paths: what one path has in common with the one before stays open. Not
 * thread-safe.
 */
final class XmlTree {

  private static final AttributesImpl NONE = new AttributesImpl();
  private static final char REPLACEMENT = '\uFFFD';

  private final ContentHandler to;
  private final String namespace;
  private final List<String> open = new ArrayList<>();

  /** How many of the open elements were begun on purpose; the others follow paths. */
  private int base;

  XmlTree(ContentHandler to, String namespace) {
    this.to = to;
    this.namespace = namespace;
  }

  void begin() throws SAXException {
    to.startDocument();
    to.startPrefixMapping("", namespace);
  }

  void end() throws SAXException {
    closeTo(0);
    to.endPrefixMapping("");
    to.endDocument();
  }

  /** Where the writer is, for messages. */
  String place() {
    return String.join("/", open);
  }

  /** Opens elements until {@link #close}; returns what it takes. */
  int open(List<String> path) throws SAXException {
    int before = base;
    follow(path);
    base = open.size();
    return before;
  }

  /** Opens an element that does not go on with one of the same name, in what was begun. */
  int open(String name) throws SAXException {
    closeTo(base);
    return openHere(name);
  }

  /** The same in the elements of a path. */
  int open(List<String> path, String name) throws SAXException {
    follow(path);
    return openHere(name);
  }

  private int openHere(String name) throws SAXException {
    int before = base;
    start(name);
    base = open.size();
    return before;
  }

  /** Closes what was opened. */
  void close(int before) throws SAXException {
    closeTo(base - 1);
    base = before;
  }

  /** Writes an element with a text. */
  void line(List<String> path, String text) throws SAXException {
    follow(path.subList(0, path.size() - 1));
    start(path.get(path.size() - 1));
    if (!text.isEmpty()) {
      char[] chars = clean(text);
      to.characters(chars, 0, chars.length);
    }
    closeTo(open.size() - 1);
  }

  private void follow(List<String> path) throws SAXException {
    int common = 0;
    while (common < path.size()
        && base + common < open.size()
        && open.get(base + common).equals(path.get(common))) {
      common++;
    }
    closeTo(base + common);
    for (String name : path.subList(common, path.size())) {
      start(name);
    }
  }

  private void start(String name) throws SAXException {
    open.add(name);
    to.startElement(namespace, name, name, NONE);
  }

  private void closeTo(int depth) throws SAXException {
    while (open.size() > depth) {
      String name = open.get(open.size() - 1);
      to.endElement(namespace, name, name);
      open.remove(open.size() - 1);
    }
  }

  /** XML has no control characters but three, and no halves of pairs. */
  private static char[] clean(String text) {
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      char one = chars[i];
      boolean isPair =
          Character.isHighSurrogate(one)
              && i + 1 < chars.length
              && Character.isLowSurrogate(chars[i + 1]);
      if (isPair) {
        i++;
      } else if (one < ' ' && one != '\t' || Character.isSurrogate(one) || one >= '\uFFFE') {
        chars[i] = REPLACEMENT;
      }
    }
    return chars;
  }
}
