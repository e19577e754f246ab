package org.mailtrace.onprem.live.wsman;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;

/** The five requests of a shell's life (MS-WSMV 3.1.4), as Windows' own client writes them. */
final class Envelopes {
    private static final String SHELL_ACTION = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell/";
    private static final String TRANSFER_ACTION = "http://schemas.xmlsoap.org/ws/2004/09/transfer/";
    private static final int MAX_ENVELOPE_AT_FIRST = 153_600;
    private static final int MAX_ENVELOPE = 512_000;

    private final URI url;
    private final String resource;
    private final Ids ids;
    private final UUID session;
    private int maxEnvelope = MAX_ENVELOPE_AT_FIRST;

    /**
     * @param configuration the endpoint's name, such as {@code Microsoft.Exchange}
     */
    Envelopes(URI url, String configuration, Ids ids) {
        this.url = url;
        this.resource = "http://schemas.microsoft.com/powershell/" + configuration;
        this.ids = ids;
        this.session = ids.session();
    }

    /** The server's protocol version allows larger envelopes. */
    void grow() {
        maxEnvelope = MAX_ENVELOPE;
    }

    String create(UUID shell, byte[] opening, Duration timeout) {
        return envelope(
                TRANSFER_ACTION + "Create",
                timeout,
                options("<wsman:Option MustComply=\"true\" Name=\"protocolversion\">2.3</wsman:Option>"),
                "<rsp:Shell ShellId=\"" + shown(shell) + "\"><rsp:InputStreams>stdin pr</rsp:InputStreams>"
                        + "<rsp:OutputStreams>stdout</rsp:OutputStreams>"
                        + "<creationXml xmlns=\"http://schemas.microsoft.com/powershell\">" + base64(opening)
                        + "</creationXml></rsp:Shell>");
    }

    String receive(UUID shell, Duration timeout) {
        return receive(shell, "<rsp:DesiredStream>", timeout);
    }

    String receive(UUID shell, UUID command, Duration timeout) {
        return receive(shell, "<rsp:DesiredStream CommandId=\"" + shown(command) + "\">", timeout);
    }

    private String receive(UUID shell, String stream, Duration timeout) {
        return envelope(
                SHELL_ACTION + "Receive",
                timeout,
                options("<wsman:Option Name=\"WSMAN_CMDSHELL_OPTION_KEEPALIVE\">True</wsman:Option>") + selector(shell),
                "<rsp:Receive>" + stream + "stdout</rsp:DesiredStream></rsp:Receive>");
    }

    String command(UUID shell, UUID command, byte[] pipeline, Duration timeout) {
        return envelope(
                SHELL_ACTION + "Command",
                timeout,
                options("<wsman:Option Name=\"WINRS_SKIP_CMD_SHELL\">False</wsman:Option>") + selector(shell),
                "<rsp:CommandLine CommandId=\"" + shown(command) + "\"><rsp:Command /><rsp:Arguments>"
                        + base64(pipeline) + "</rsp:Arguments></rsp:CommandLine>");
    }

    String delete(UUID shell, Duration timeout) {
        return envelope(TRANSFER_ACTION + "Delete", timeout, selector(shell), "");
    }

    private String envelope(String action, Duration timeout, String rest, String body) {
        String shellNamespace =
                body.isEmpty() ? "" : "xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\" ";
        return "<s:Envelope " + shellNamespace + "xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                + "xmlns:wsa=\"http://schemas.xmlsoap.org/ws/2004/08/addressing\" "
                + "xmlns:wsman=\"http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd\" "
                + "xmlns:wsmv=\"http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd\"><s:Header>"
                + "<wsa:Action s:mustUnderstand=\"true\">" + action + "</wsa:Action>"
                + "<wsmv:DataLocale s:mustUnderstand=\"false\" xml:lang=\"en-US\" />"
                + "<wsman:Locale s:mustUnderstand=\"false\" xml:lang=\"en-US\" />"
                + "<wsman:MaxEnvelopeSize s:mustUnderstand=\"true\">" + maxEnvelope + "</wsman:MaxEnvelopeSize>"
                + "<wsa:MessageID>uuid:" + shown(ids.message()) + "</wsa:MessageID>"
                + "<wsman:OperationTimeout>PT" + Math.max(1, timeout.toSeconds()) + "S</wsman:OperationTimeout>"
                + "<wsa:ReplyTo><wsa:Address s:mustUnderstand=\"true\">"
                + "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</wsa:Address></wsa:ReplyTo>"
                + "<wsman:ResourceURI s:mustUnderstand=\"true\">" + resource + "</wsman:ResourceURI>"
                + "<wsmv:SessionId s:mustUnderstand=\"false\">uuid:" + shown(session) + "</wsmv:SessionId>"
                + "<wsa:To>" + url.toASCIIString().replace("&", "&amp;") + "</wsa:To>" + rest + "</s:Header>"
                + (body.isEmpty() ? "<s:Body />" : "<s:Body>" + body + "</s:Body>") + "</s:Envelope>";
    }

    private static String options(String option) {
        return "<wsman:OptionSet s:mustUnderstand=\"true\">" + option + "</wsman:OptionSet>";
    }

    private static String selector(UUID shell) {
        return "<wsman:SelectorSet><wsman:Selector Name=\"ShellId\">" + shown(shell)
                + "</wsman:Selector></wsman:SelectorSet>";
    }

    private static String shown(UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
