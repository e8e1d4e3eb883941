package vellum.core.disclosure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vellum.core.disclosure.PackageFixture.records;
import static vellum.core.disclosure.PackageFixture.spec;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import vellum.core.crypto.DevelopmentAgency;

/** XML read back along the verified paths, by the names that real readers go by. */
final class EtsiRecordsTest {

  private static final String NAMESPACE = "http://uri.etsi.org/02657/v1.28.1#/RetainedData";
  private static final String PARTIES =
      "recordPayload/telephonyRecord/telephonyServiceUsage/partyInformation/TelephonyPartyInformation";

  @TempDir private Path directory;
  private PackageFixture fixture;

  @BeforeEach
  void make() {
    fixture = new PackageFixture(directory, DevelopmentAgency.Key.P_256);
  }

  @Test
  void shouldBeReadBackAlongTheVerifiedPaths() throws Exception {
    // given
    fixture.write(spec(5, RecordForm.ETSI), records(8));
    List<Element> found = new ArrayList<>();
    for (String text : fixture.opened(fixture.key()).values()) {
      // when
      Element root = parsed(text);
      // then
      assertThat(root.getNamespaceURI()).isEqualTo(NAMESPACE);
      assertThat(text(root, "retainedDataHeader/requestID/countryCode")).isEqualTo("DE");
      assertThat(text(root, "retainedDataHeader/requestID/authorisedOrganisationID"))
          .isEqualTo("LKA <1>");
      assertThat(text(root, "retainedDataHeader/requestID/requestNumber")).isEqualTo("4711/26");
      assertThat(text(root, "retainedDataHeader/cSPID")).isEqualTo("vellum & co");
      assertThat(text(root, "retainedDataHeader/timeStamp")).isEqualTo("20261001120000+0000");
      var list = root.getElementsByTagNameNS(NAMESPACE, "ResponseRecord");
      for (int i = 0; i < list.getLength(); i++) {
        found.add((Element) list.item(i));
      }
    }
    assertThat(found).hasSize(8);
    assertThat(found.stream().map(each -> text(each, "recordNumber")))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
    sms(found.get(0));
    call(found.get(1));
    assertThat(all(found.get(2), PARTIES)).isEmpty();
    List<Element> stripped = all(found.get(3), PARTIES);
    assertThat(stripped).hasSize(2).allMatch(party -> all(party, "partyNumber").isEmpty());
    assertThat(text(found.get(3), "additionalInformation/otherInformation"))
        .contains("identities: absent; erased_on: 2026-04-01; by_rule: twelve months");
  }

  private static void sms(Element record) {
    List<Element> parties = all(record, PARTIES);
    assertThat(parties).hasSize(2);
    assertThat(all(parties.get(0), "partyRole/smsOriginator")).hasSize(1);
    assertThat(all(parties.get(0), "partyNumber")).isEmpty();
    assertThat(all(parties.get(1), "partyRole/smsRecipient")).hasSize(1);
    assertThat(text(parties.get(1), "partyNumber")).isEqualTo("491701234567");
    assertThat(text(parties.get(1), "iMSI")).isEqualTo("262011234567890");
    assertThat(text(parties.get(1), "communicationTime/startTime"))
        .isEqualTo("20260921141320+0000");
    assertThat(text(parties.get(1), "communicationTime/endTime")).isEqualTo("20260921141323+0000");
    assertThat(text(record, "additionalInformation/otherInformation"))
        .contains("sender: Acme, \"the\" <bank>");
  }

  private static void call(Element record) {
    List<Element> parties = all(record, PARTIES);
    assertThat(parties).hasSize(2);
    assertThat(all(parties.get(0), "partyRole/originating-Party")).hasSize(1);
    assertThat(text(parties.get(0), "partyNumber")).isEqualTo("4930123456");
    assertThat(all(parties.get(1), "partyRole/terminating-Party")).hasSize(1);
    assertThat(text(parties.get(1), "communicationTime/durationTime")).isEqualTo("61");
    assertThat(text(parties.get(1), "communicationTime/endTime")).isEqualTo("20260921141422+0000");
  }

  @Test
  void shouldSayOfEveryNameWhetherItIsVerified() {
    EtsiMapping mapping = EtsiMapping.STANDARD;
    assertThat(mapping.record()).allMatch(EtsiMapping.Line::verified);
    assertThat(mapping.tail()).allMatch(EtsiMapping.Line::verified);
    assertThat(mapping.payloads()).hasSize(3);
    assertThat(mapping.payloads().get(2).fields().get("sender"))
        .noneMatch(EtsiMapping.Line::verified);
    for (vellum.v1.Channel channel : vellum.v1.Channel.values()) {
      boolean isOne =
          channel != vellum.v1.Channel.UNRECOGNIZED
              && channel != vellum.v1.Channel.CHANNEL_UNSPECIFIED;
      assertThat(mapping.payload(channel) != null).as("%s", channel).isEqualTo(isOne);
    }
  }

  @Test
  void shouldBeCheckedByTheOperatorsSchema() throws Exception {
    // given
    Path schema = schema("xs:integer");
    // when
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages,
            spec(ClassFilter.all(), 5, schema, RecordForm.ETSI),
            fixture.ports())) {
      records(8).forEach(writer::add);
      writer.finish(PackageFixture.facts());
    }
    // then
    assertThat(fixture.check().records()).isEqualTo(8);
  }

  @Test
  void shouldLeaveNoPackageThatTheSchemaRefuses() throws Exception {
    // given: a schema by which record numbers are days
    Path schema = schema("xs:date");
    try (PackageWriter writer =
        PackageWriter.begin(
            fixture.packages,
            spec(ClassFilter.all(), 5, schema, RecordForm.ETSI),
            fixture.ports())) {
      // when, then
      assertThatThrownBy(() -> writer.add(records(1).get(0)))
          .isInstanceOf(PackageException.NotOfSchema.class)
          .hasMessageContaining("cvc-")
          .hasMessageContaining("ResponseRecord/recordNumber");
    }
    assertThat(fixture.files()).isEmpty();
    Files.writeString(schema, "no schema");
    PackagePorts ports = fixture.ports();
    assertThatThrownBy(
            () ->
                PackageWriter.begin(
                    fixture.packages, spec(ClassFilter.all(), 5, schema, RecordForm.ETSI), ports))
        .isInstanceOf(PackageException.NotOfSchema.class);
  }

  /** Ours, small: of the standard's own, nothing is here. */
  private Path schema(String numberType) throws Exception {
    String text =
        """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
            targetNamespace="%s" xmlns="%s">
          <xs:element name="RetainedDataMessage"><xs:complexType><xs:sequence>
            <xs:element name="retainedDataHeader"><xs:complexType><xs:sequence>
              <xs:any processContents="skip" maxOccurs="unbounded"/>
            </xs:sequence></xs:complexType></xs:element>
            <xs:element name="retainedDataPayload"><xs:complexType><xs:sequence>
              <xs:element name="responseMessage"><xs:complexType><xs:sequence>
                <xs:element name="responseStatus"><xs:complexType><xs:sequence>
                  <xs:any processContents="skip"/>
                </xs:sequence></xs:complexType></xs:element>
                <xs:element name="responsePayload"><xs:complexType><xs:sequence>
                  <xs:element name="ResponseRecord" minOccurs="0" maxOccurs="unbounded">
                    <xs:complexType><xs:sequence>
                      <xs:element name="recordNumber" type="%s"/>
                      <xs:any processContents="skip" maxOccurs="2"/>
                    </xs:sequence></xs:complexType>
                  </xs:element>
                </xs:sequence></xs:complexType></xs:element>
              </xs:sequence></xs:complexType></xs:element>
            </xs:sequence></xs:complexType></xs:element>
          </xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """
            .formatted(NAMESPACE, NAMESPACE, numberType);
    return Files.writeString(directory.resolve("operator.xsd"), text);
  }

  private static Element parsed(String text) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    return factory
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(UTF_8)))
        .getDocumentElement();
  }

  private static String text(Element in, String path) {
    List<Element> found = all(in, path);
    assertThat(found).as(path).hasSize(1);
    return found.get(0).getTextContent();
  }

  /** Elements at the end of a path, by its local names. */
  private static List<Element> all(Element in, String path) {
    List<Element> at = List.of(in);
    for (String name : path.split("/")) {
      List<Element> next = new ArrayList<>();
      for (Element each : at) {
        for (Node child = each.getFirstChild(); child != null; child = child.getNextSibling()) {
          if (child instanceof Element element && name.equals(element.getLocalName())) {
            next.add(element);
          }
        }
      }
      at = next;
    }
    return at;
  }
}
