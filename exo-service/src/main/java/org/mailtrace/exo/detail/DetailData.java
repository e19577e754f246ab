package org.mailtrace.exo.detail;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.mailtrace.contract.NameValue;

/**
 * Reads the XML of an event's {@code data}: {@code <root><MEP Name="..." String|Long|Integer|Guid|Blob="..."/></root>}.
 * It comes from outside, so document types and entities are off, and what cannot be read is nothing.
 */
final class DetailData {
    private static final int MAX_LENGTH = 256 * 1024;
    private static final int MAX_FIELDS = 200;

    private DetailData() {}

    static List<NameValue> read(String xml) {
        if (xml.isBlank() || xml.length() > MAX_LENGTH) {
            return List.of();
        }
        List<NameValue> fields = new ArrayList<>();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(xml));
            while (reader.hasNext() && fields.size() < MAX_FIELDS) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && reader.getLocalName().equals("MEP")) {
                    field(reader, fields);
                }
            }
            reader.close();
        } catch (XMLStreamException e) {
            return List.of();
        }
        return List.copyOf(fields);
    }

    private static void field(XMLStreamReader reader, List<NameValue> fields) {
        String name = reader.getAttributeValue(null, "Name");
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (name != null && !reader.getAttributeLocalName(i).equals("Name")) {
                fields.add(new NameValue(name, reader.getAttributeValue(i)));
                return;
            }
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        return factory;
    }
}
