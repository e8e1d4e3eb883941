package vellum.core.disclosure;

import java.nio.file.Path;
import java.util.function.Supplier;
import javax.xml.XMLConstants;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.ContentHandler;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The operator's XSD, which documents are checked by while they are written: an invalid one never
 * gets whole. Its imports are files. Immutable.
 */
final class EtsiSchema {

  private final Schema schema;

  private EtsiSchema(Schema schema) {
    this.schema = schema;
  }

  /**
   * Reads a schema.
   *
   * @throws PackageException.NotOfSchema when it is none
   */
  static EtsiSchema load(Path file) {
    try {
      SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "file");
      return new EtsiSchema(factory.newSchema(file.toFile()));
    } catch (SAXException e) {
      throw new PackageException.NotOfSchema(file + " cannot be read as a schema");
    }
  }

  /**
   * A check that hands on what passes.
   *
   * @param place where the document is, for messages
   */
  ContentHandler before(ContentHandler to, Supplier<String> place) {
    ValidatorHandler validator = schema.newValidatorHandler();
    validator.setContentHandler(to);
    validator.setErrorHandler(
        new ErrorHandler() {
          @Override
          public void warning(SAXParseException e) {}

          @Override
          public void error(SAXParseException e) {
            throw failed(e, place.get());
          }

          @Override
          public void fatalError(SAXParseException e) {
            throw failed(e, place.get());
          }
        });
    return validator;
  }

  /** By the rule's name and the place only: the rest of the message may hold a value. */
  private static PackageException failed(SAXParseException e, String place) {
    String message = String.valueOf(e.getMessage());
    int end = message.indexOf(':');
    String rule = message.startsWith("cvc-") && end > 0 ? message.substring(0, end) : "a rule";
    return new PackageException.NotOfSchema(rule + " at " + place);
  }
}
