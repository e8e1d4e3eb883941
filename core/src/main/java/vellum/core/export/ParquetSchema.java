package vellum.core.export;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.DateType;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.ListType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.MicroSeconds;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.StringType;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.UUIDType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;

/**
 * Columns as Parquet has them, in the two forms that its parts ask for: types for encoders, and
 * elements for the end of a file. Values are optional; a list is
 *
 * <pre>
 *   required group legs (LIST) { repeated group list { required group element { members } } }
 * </pre>
 *
 * Stateless.
 */
final class ParquetSchema {

  /** Bytes of values of a fixed length. */
  static final int FIXED_BYTES = 16;

  private static final int DIGITS = 38;
  private static final int NANO_DIGITS = 9;
  private static final String ROOT = "row";
  private static final String LIST = "list";
  private static final String ELEMENT = "element";

  private ParquetSchema() {}

  /** For the encoders. */
  static MessageType types(List<Column> columns) {
    Types.MessageTypeBuilder message = Types.buildMessage();
    for (Column column : columns) {
      message.addField(type(column));
    }
    return message.named(ROOT);
  }

  private static org.apache.parquet.schema.Type type(Column column) {
    return switch (column.type()) {
      case TEXT ->
          Types.optional(PrimitiveTypeName.BINARY)
              .as(LogicalTypeAnnotation.stringType())
              .named(column.name());
      case NUMBER -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
      case FLAG -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
      case TIME ->
          Types.optional(PrimitiveTypeName.INT64)
              .as(LogicalTypeAnnotation.timestampType(true, LogicalTypeAnnotation.TimeUnit.MICROS))
              .named(column.name());
      case DAY ->
          Types.optional(PrimitiveTypeName.INT32)
              .as(LogicalTypeAnnotation.dateType())
              .named(column.name());
      case UUID -> fixed(column, LogicalTypeAnnotation.uuidType());
      case TOTAL -> fixed(column, LogicalTypeAnnotation.decimalType(0, DIGITS));
      case AMOUNT -> fixed(column, LogicalTypeAnnotation.decimalType(NANO_DIGITS, DIGITS));
      case LIST -> list(column);
    };
  }

  private static org.apache.parquet.schema.Type fixed(Column column, LogicalTypeAnnotation as) {
    return Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
        .length(FIXED_BYTES)
        .as(as)
        .named(column.name());
  }

  private static org.apache.parquet.schema.Type list(Column column) {
    Types.GroupBuilder<org.apache.parquet.schema.GroupType> element = Types.requiredGroup();
    for (Column member : column.members()) {
      element.addField(type(member));
    }
    return Types.requiredGroup()
        .as(LogicalTypeAnnotation.listType())
        .addField(Types.repeatedGroup().addField(element.named(ELEMENT)).named(LIST))
        .named(column.name());
  }

  /** For the end of the file: the same as a tree in depth-first order. */
  static List<SchemaElement> elements(List<Column> columns) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(new SchemaElement(ROOT).setNum_children(columns.size()));
    for (Column column : columns) {
      add(elements, column);
    }
    return elements;
  }

  private static void add(List<SchemaElement> elements, Column column) {
    if (column.type() != Column.Type.LIST) {
      elements.add(element(column));
      return;
    }
    elements.add(
        group(column.name(), FieldRepetitionType.REQUIRED, 1)
            .setConverted_type(ConvertedType.LIST)
            .setLogicalType(LogicalType.LIST(new ListType())));
    elements.add(group(LIST, FieldRepetitionType.REPEATED, 1));
    elements.add(group(ELEMENT, FieldRepetitionType.REQUIRED, column.members().size()));
    column.members().forEach(member -> add(elements, member));
  }

  private static SchemaElement group(String name, FieldRepetitionType repetition, int children) {
    return new SchemaElement(name).setRepetition_type(repetition).setNum_children(children);
  }

  private static SchemaElement element(Column column) {
    SchemaElement element =
        new SchemaElement(column.name()).setRepetition_type(FieldRepetitionType.OPTIONAL);
    return switch (column.type()) {
      case TEXT ->
          element
              .setType(Type.BYTE_ARRAY)
              .setConverted_type(ConvertedType.UTF8)
              .setLogicalType(LogicalType.STRING(new StringType()));
      case NUMBER -> element.setType(Type.INT64);
      case FLAG -> element.setType(Type.BOOLEAN);
      case TIME ->
          element
              .setType(Type.INT64)
              .setConverted_type(ConvertedType.TIMESTAMP_MICROS)
              .setLogicalType(
                  LogicalType.TIMESTAMP(
                      new TimestampType(true, TimeUnit.MICROS(new MicroSeconds()))));
      case DAY ->
          element
              .setType(Type.INT32)
              .setConverted_type(ConvertedType.DATE)
              .setLogicalType(LogicalType.DATE(new DateType()));
      case UUID -> fixed(element).setLogicalType(LogicalType.UUID(new UUIDType()));
      case TOTAL -> decimal(element, 0);
      case AMOUNT -> decimal(element, NANO_DIGITS);
      case LIST -> throw new IllegalArgumentException("a list is no value: " + column.name());
    };
  }

  private static SchemaElement fixed(SchemaElement element) {
    return element.setType(Type.FIXED_LEN_BYTE_ARRAY).setType_length(FIXED_BYTES);
  }

  private static SchemaElement decimal(SchemaElement element, int scale) {
    return fixed(element)
        .setConverted_type(ConvertedType.DECIMAL)
        .setScale(scale)
        .setPrecision(DIGITS)
        .setLogicalType(LogicalType.DECIMAL(new DecimalType(scale, DIGITS)));
  }
}
