package org.mailtrace.onprem.live.clixml;

import java.io.StringReader;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A pull parser without document types and entities, and with bounds on depth and on the number of elements: what a
 * server sends is never trusted to be small. The text itself is bounded by whoever received it.
 */
public final class BoundedXml {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 200_000;

    private final XMLStreamReader reader;
    private int depth;
    private int elements;

    /** Begins to read a document. */
    public BoundedXml(String document) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            this.reader = factory.createXMLStreamReader(new StringReader(document));
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /** Moves on to the next start or end of an element, or to text; false at the end of the document. */
    public boolean next() {
        try {
            while (reader.hasNext()) {
                int event = reader.next();
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        depth++;
                        elements++;
                        if (depth > MAX_DEPTH || elements > MAX_ELEMENTS) {
                            throw new UnreadableXmlException("The XML is nested too deeply or too large.");
                        }
                        return true;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        depth--;
                        return true;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        return true;
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new UnreadableXmlException("The XML has a document type.");
                    default -> {
                        // Comments and instructions say nothing.
                    }
                }
            }
            return false;
        } catch (XMLStreamException e) {
            throw unreadable(e);
        }
    }

    /** Whether an element begins here. */
    public boolean isStart() {
        return reader.isStartElement();
    }

    /** Whether an element ends here. */
    public boolean isEnd() {
        return reader.isEndElement();
    }

    /** The local name of the element that begins or ends here. */
    public String name() {
        return reader.getLocalName();
    }

    /** An attribute of the element that begins here; empty text if it has none. */
    public String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(name)) {
                return reader.getAttributeValue(i);
            }
        }
        return "";
    }

    /** The text here. */
    public String text() {
        return reader.getText();
    }

    /** How many elements are open. */
    public int depth() {
        return depth;
    }

    /** All text inside the element that begins here, up to its end. */
    public String textInside() {
        StringBuilder text = new StringBuilder();
        int end = depth - 1;
        while (next()) {
            if (isEnd() && depth == end) {
                return text.toString();
            }
            if (!isStart() && !isEnd()) {
                text.append(text());
            }
        }
        throw new UnreadableXmlException("The XML ends inside an element.");
    }

    private static UnreadableXmlException unreadable(XMLStreamException e) {
        return new UnreadableXmlException("The XML cannot be read.", e);
    }
}
