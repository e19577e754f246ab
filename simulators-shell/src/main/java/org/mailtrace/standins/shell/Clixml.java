package org.mailtrace.standins.shell;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads and writes PowerShell's XML, on its own: the client under test must not check itself. */
final class Clixml {
    private Clixml() {}

    static Element parse(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Document document = factory.newDocumentBuilder().parse(new InputSource(new StringReader(text)));
            return document.getDocumentElement();
        } catch (ParserConfigurationException | SAXException | java.io.IOException e) {
            throw new IllegalArgumentException("The client sent XML that is none.", e);
        }
    }

    /** The property of an object, wherever it keeps it. */
    static Optional<Element> member(Element object, String name) {
        return children(object).stream()
                .filter(child ->
                        child.getTagName().equals("MS") || child.getTagName().equals("Props"))
                .flatMap(properties -> children(properties).stream())
                .filter(property -> property.getAttribute("N").equals(name))
                .findFirst();
    }

    /** The items of a list. */
    static List<Element> items(Element list) {
        return children(list).stream()
                .filter(child -> child.getTagName().equals("LST"))
                .flatMap(child -> children(child).stream())
                .toList();
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static String text(Element element) {
        StringBuilder plain = new StringBuilder();
        String text = element.getTextContent();
        for (int i = 0; i < text.length(); i++) {
            if (text.startsWith("_x", i) && i + 6 < text.length() && text.charAt(i + 6) == '_') {
                plain.append((char) Integer.parseInt(text, i + 2, i + 6, 16));
                i += 6;
            } else {
                plain.append(text.charAt(i));
            }
        }
        return plain.toString();
    }

    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '_' || Character.isSurrogate(c)) {
                escaped.append(String.format("_x%04X_", (int) c));
            } else {
                escaped.append(
                        switch (c) {
                            case '&' -> "&amp;";
                            case '<' -> "&lt;";
                            case '>' -> "&gt;";
                            default -> String.valueOf(c);
                        });
            }
        }
        return escaped.toString();
    }
}
