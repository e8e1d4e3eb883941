package vellum.bench.archive;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import vellum.core.record.AspectKind;
import vellum.core.record.Field;
import vellum.core.record.MessageShape;
import vellum.core.record.Output;
import vellum.core.record.Wire;
import vellum.core.seal.RowFormat;
import vellum.core.seal.RowReader;

/** A walk over the fields of stripped rows, and copies of rows without one of them. */
final class FieldTree {

  /** A field somewhere in a record. */
  static final class Node {
    final String path;
    final @Nullable Node[] inner;
    final int index;

    Node(String path, int fields, int index) {
      this.path = path;
      this.inner = new Node[fields];
      this.index = index;
    }
  }

  /** Is told of every value. */
  interface Visitor {
    void value(Node field, byte[] bytes, int offset, int length);
  }

  private final List<Node> nodes = new ArrayList<>();
  private final Node[] aspects = new Node[AspectKind.LEG.id() + 1];
  private final Wire wire = new Wire();
  private final RowReader reader = new RowReader();

  FieldTree() {
    for (AspectKind kind : AspectKind.values()) {
      Field field = MessageShape.DETAIL_RECORD.required(kind.field());
      aspects[kind.id()] = node(field.name(), Objects.requireNonNull(field.message()));
    }
  }

  private Node node(String path, @Nullable MessageShape message) {
    Node node = new Node(path, message == null ? 0 : message.highest() + 1, nodes.size());
    nodes.add(node);
    for (int i = 1; i < node.inner.length; i++) {
      Field field = Objects.requireNonNull(message).field(i);
      if (field != null) {
        node.inner[i] = node(path + "." + field.name(), field.message());
      }
    }
    return node;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** Visits every value of a row; a value's bytes are those of its encoding. */
  void visit(byte[] row, int offset, int length, Visitor visitor) {
    reader.over(row, offset, length);
    while (reader.next()) {
      Node aspect = aspects[reader.kind().id()];
      wire.over(row, reader.fieldsOffset(), reader.fieldsLength());
      visit(aspect, visitor);
    }
  }

  private void visit(Node message, Visitor visitor) {
    while (wire.hasMore()) {
      int tag = (int) wire.readVarint();
      Node field = Objects.requireNonNull(message.inner[tag >>> 3]);
      int from = wire.position();
      if ((tag & 7) != RowFormat.BYTES) {
        wire.readVarint();
        visitor.value(field, wire.bytes(), from, wire.position() - from);
      } else if (field.inner.length > 0) {
        int outer = wire.narrow(wire.readLength());
        visit(field, visitor);
        wire.widen(outer);
      } else {
        wire.skip(wire.readLength());
        visitor.value(field, wire.bytes(), from, wire.position() - from);
      }
    }
  }

  /** Writes a row without a field, or without an aspect. */
  void copyWithout(Node left, byte[] row, int offset, int length, Output out) {
    reader.over(row, offset, length);
    out.write(row, offset, reader.aspectsOffset() - offset);
    while (reader.next()) {
      Node aspect = aspects[reader.kind().id()];
      if (aspect != left) {
        out.writeByte(reader.kind().id());
        if (reader.kind() == AspectKind.LEG) {
          out.writeByte(reader.leg());
        }
        out.writeVarint(reader.version());
        int start = out.reserve(1);
        wire.over(row, reader.fieldsOffset(), reader.fieldsLength());
        copy(aspect, left, out);
        out.closeLength(start);
      }
    }
  }

  private void copy(Node message, Node left, Output out) {
    while (wire.hasMore()) {
      int at = wire.position();
      int tag = (int) wire.readVarint();
      Node field = Objects.requireNonNull(message.inner[tag >>> 3]);
      if ((tag & 7) != RowFormat.BYTES) {
        wire.readVarint();
      } else if (field.inner.length > 0 && field != left) {
        int outer = wire.narrow(wire.readLength());
        out.writeVarint(tag);
        int start = out.reserve(1);
        copy(field, left, out);
        out.closeLength(start);
        wire.widen(outer);
        continue;
      } else {
        wire.skip(wire.readLength());
      }
      if (field != left) {
        out.write(wire.bytes(), at, wire.position() - at);
      }
    }
  }
}
