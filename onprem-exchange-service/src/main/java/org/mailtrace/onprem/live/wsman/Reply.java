package org.mailtrace.onprem.live.wsman;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.mailtrace.onprem.live.clixml.BoundedXml;
import org.mailtrace.onprem.live.clixml.UnreadableXmlException;
import org.mailtrace.onprem.live.psrp.ProtocolException;

/**
 * What an envelope from the server says.
 *
 * @param streams the stretches of the output stream, in their order
 * @param done whether the command is over
 * @param fault the fault, if it is one
 */
record Reply(List<byte[]> streams, boolean done, Optional<Fault> fault) {
    /** The operation took longer than it was given; asking again goes on. */
    static final long OPERATION_TIMED_OUT = 2150858793L;

    Reply {
        streams = List.copyOf(streams);
    }

    static Reply read(String envelope) {
        List<byte[]> streams = new ArrayList<>();
        boolean done = false;
        Optional<Fault> fault = Optional.empty();
        BoundedXml xml = new BoundedXml(envelope);
        boolean isEnvelope = false;
        while (xml.next()) {
            if (!xml.isStart()) {
                continue;
            }
            switch (xml.name()) {
                case "Envelope" -> isEnvelope = true;
                case "Stream" -> streams.add(decoded(xml.textInside()));
                case "CommandState" -> done |= xml.attribute("State").endsWith("/Done");
                case "Fault" -> fault = Optional.of(fault(xml));
                default -> {
                    // Everything else says nothing that is needed.
                }
            }
        }
        if (!isEnvelope) {
            throw new UnreadableXmlException("The answer is no envelope.");
        }
        return new Reply(streams, done, fault);
    }

    boolean isOperationTimeout() {
        return fault.filter(each -> each.code() == OPERATION_TIMED_OUT).isPresent();
    }

    private static Fault fault(BoundedXml xml) {
        int end = xml.depth() - 1;
        StringBuilder text = new StringBuilder();
        long code = 0;
        while (xml.next() && !(xml.isEnd() && xml.depth() == end)) {
            if (xml.isStart() && xml.name().equals("WSManFault")) {
                code = number(xml.attribute("Code"));
            } else if (!xml.isStart() && !xml.isEnd()) {
                text.append(xml.text()).append(' ');
            }
        }
        return new Fault(code, text.toString().strip());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("A stream is cut off.");
        }
    }

    /** A fault's number and text. */
    record Fault(long code, String text) {}
}
