package vellum.core.disclosure;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.xml.transform.TransformerConfigurationException;
import javax.xml.transform.sax.SAXTransformerFactory;
import javax.xml.transform.sax.TransformerHandler;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.xml.sax.ContentHandler;
import org.xml.sax.SAXException;
import vellum.core.record.Output;
import vellum.v1.DetailRecord;
import vellum.v1.Party;

/**
 * Records as ETSI TS 102 657 XML, by the mapping; each file is a document of its own, checked by
 * the operator's schema as it is written. Not thread-safe.
 */
final class EtsiRecords implements RecordWriter {

  private static final Party NOBODY = Party.getDefaultInstance();

  private final EtsiMapping mapping = EtsiMapping.STANDARD;
  private final EtsiHeader header;
  private final Output out;
  private final @Nullable EtsiSchema schema;
  private final SAXTransformerFactory factory =
      (SAXTransformerFactory) SAXTransformerFactory.newInstance();
  private XmlTree tree;

  private EtsiRecords(EtsiHeader header, Output out) {
    this.header = header;
    this.out = out;
    this.schema = header.schema() == null ? null : EtsiSchema.load(header.schema());
    this.tree = tree();
  }

  static EtsiRecords of(PackageSpec spec, Output out) {
    return new EtsiRecords(Objects.requireNonNull(spec.etsi()), out);
  }

  private XmlTree tree() {
    try {
      TransformerHandler text = factory.newTransformerHandler();
      text.setResult(new StreamResult(new Bytes(out)));
      ContentHandler to = schema == null ? text : schema.before(text, () -> tree.place());
      return new XmlTree(to, mapping.namespace());
    } catch (TransformerConfigurationException e) {
      throw new IllegalStateException("every Java platform writes XML", e);
    }
  }

  @Override
  public void begin() {
    tree = tree();
    EtsiValue.Context context =
        new EtsiValue.Context(
            header,
            DetailRecord.getDefaultInstance(),
            new Origin(Source.LIVE, vellum.core.seal.Identities.ABSENT, null, null),
            0,
            NOBODY);
    try {
      tree.begin();
      tree.open(mapping.root());
      lines(mapping.header(), context);
      tree.open(mapping.records());
    } catch (SAXException e) {
      throw failed();
    }
  }

  @Override
  public void add(byte[] record, int offset, int length, Origin origin, long number) {
    try {
      DetailRecord parsed = DetailRecord.parser().parseFrom(record, offset, length);
      EtsiValue.Context context = new EtsiValue.Context(header, parsed, origin, number, NOBODY);
      int before = tree.open(EtsiMapping.EACH_RECORD);
      lines(mapping.record(), context);
      EtsiMapping.Payload payload = mapping.payload(parsed.getChannel());
      if (payload != null) {
        payload(payload, context);
      }
      lines(mapping.tail(), context);
      tree.close(before);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("the bytes are no record");
    } catch (SAXException e) {
      throw failed();
    }
  }

  private void payload(EtsiMapping.Payload payload, EtsiValue.Context context) throws SAXException {
    for (Map.Entry<String, List<EtsiMapping.Line>> role : payload.fields().entrySet()) {
      var submission = context.record().getSubmission();
      Party party =
          role.getKey().equals("sender") ? submission.getSender() : submission.getRecipient();
      int before = tree.open(payload.path(), payload.each());
      lines(role.getValue(), context.of(party));
      tree.close(before);
    }
  }

  private void lines(List<EtsiMapping.Line> lines, EtsiValue.Context context) throws SAXException {
    for (EtsiMapping.Line line : lines) {
      String text = line.value().text(context);
      if (text != null) {
        tree.line(line.path(), text);
      }
    }
  }

  @Override
  public void end() {
    try {
      tree.end();
    } catch (SAXException e) {
      throw failed();
    }
  }

  /** Without the cause, whose message may hold a value. */
  private static RuntimeException failed() {
    return new IllegalStateException("an XML document could not be written");
  }

  /** A buffer as a stream. */
  private static final class Bytes extends OutputStream {

    private final Output out;

    Bytes(Output out) {
      this.out = out;
    }

    @Override
    public void write(int one) {
      out.writeByte(one);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      out.write(bytes, offset, length);
    }
  }
}
