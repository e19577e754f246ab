package org.mailtrace.standins.shell;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One server's endpoint: who is let in, how many shells there are, and what each of them still has to say. */
public final class ShellServer {
    private static final int ENVELOPE = 60_000;
    private static final long OPERATION_TIMED_OUT = 2150858793L;
    /** No recording of such a fault is public; its words are those that administrators quote. */
    private static final long QUOTA = 2150859173L;

    private static final long NO_SUCH_SHELL = 2150858843L;

    private final ShellRules rules;
    private final TrackingCmdlet cmdlet;
    private final Map<String, Shell> shells = new ConcurrentHashMap<>();

    public ShellServer(ShellRules rules, TrackedRows rows) {
        this.rules = rules;
        this.cmdlet = new TrackingCmdlet(rules, rows);
    }

    /** How many shells are open, lost ones included. */
    public int openShells() {
        return shells.size();
    }

    /**
     * Answers one request.
     *
     * @param authorization its Authorization header; empty without
     * @param cookie its Cookie header; empty without
     */
    public ShellReply answer(String authorization, String cookie, String body, ShellRules.Mood mood)
            throws InterruptedException {
        if (!isLetIn(authorization)) {
            return new ShellReply(401, Map.of("WWW-Authenticate", "Basic realm=\"exchange\""), "");
        }
        return answer(cookie, body, mood);
    }

    /**
     * Answers one request of whom somebody else let in.
     *
     * @param cookie its Cookie header; empty without
     */
    public ShellReply answer(String cookie, String body, ShellRules.Mood mood) throws InterruptedException {
        String action = first(body, "Action[^>]*>[^<]*/([A-Za-z]+)<").orElse("");
        if (action.equals("Create")) {
            return create(body, mood);
        }
        Shell shell = first(body, "Selector Name=\"ShellId\">([^<]+)<")
                .map(shells::get)
                .orElse(null);
        // Behind the front end are several servers: without its cookie a request ends up at another one.
        if (shell == null || !cookie.contains(shell.cookie)) {
            return fault(NO_SUCH_SHELL, "The request for the Windows Remote Shell with ShellId failed.");
        }
        return switch (action) {
            case "Receive" -> receive(shell, body);
            case "Command" -> command(shell, body, mood);
            case "Signal" -> envelope("");
            case "Delete" -> {
                shells.remove(shell.id);
                yield envelope("");
            }
            default -> fault(0, "The action is not supported by the service.");
        };
    }

    private boolean isLetIn(String authorization) {
        String pair = rules.user() + ":" + rules.password();
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    private ShellReply create(String body, ShellRules.Mood mood) {
        if (mood.overloaded()) {
            return fault(
                    QUOTA,
                    "The WS-Management service cannot process the request. The user load quota of 1000 requests per 2 "
                            + "seconds has been exceeded.");
        }
        if (shells.size() >= rules.maxShells()) {
            return fault(
                    QUOTA,
                    "The WS-Management service cannot process the request. This user is allowed a maximum number of "
                            + rules.maxShells() + " concurrent shells, which has been exceeded.");
        }
        if (!first(body, "ResourceURI[^>]*>([^<]+)<").orElse("").endsWith("/Microsoft.Exchange")) {
            return fault(0, "The resource URI is not found in the WS-Management catalog.");
        }
        List<Wire.Incoming> opening =
                Wire.read(decoded(first(body, "<creationXml[^>]*>([^<]+)<").orElseThrow()));
        if (opening.size() != 2
                || opening.getFirst().type() != Wire.SESSION_CAPABILITY
                || opening.getLast().type() != Wire.INIT_RUNSPACEPOOL) {
            return fault(0, "The runspace pool was not opened as it must be.");
        }
        Shell shell = new Shell(first(body, "ShellId=\"([^\"]+)\"").orElseThrow());
        List<Byte> ids = opening.getLast().ids();
        shell.say(
                Wire.SESSION_CAPABILITY,
                ids,
                "<Obj RefId=\"0\"><MS><Version N=\"protocolversion\">2.3</Version>"
                        + "<Version N=\"PSVersion\">2.0</Version>"
                        + "<Version N=\"SerializationVersion\">1.1.0.1</Version></MS></Obj>");
        shell.say(
                Wire.APPLICATION_PRIVATE_DATA,
                ids,
                "<Obj RefId=\"0\"><MS><Obj N=\"ApplicationPrivateData\" RefId=\"1\"><DCT /></Obj></MS></Obj>");
        shell.say(Wire.RUNSPACEPOOL_STATE, ids, "<Obj RefId=\"0\"><MS><I32 N=\"RunspaceState\">2</I32></MS></Obj>");
        shells.put(shell.id, shell);
        ShellReply reply = envelope("<rsp:Shell><rsp:ShellId>" + shell.id + "</rsp:ShellId></rsp:Shell>");
        return new ShellReply(
                200, Map.of("Content-Type", soap(), "Set-Cookie", shell.cookie + "; path=/; HttpOnly"), reply.body());
    }

    private ShellReply receive(Shell shell, String body) throws InterruptedException {
        Duration patience =
                Duration.parse(first(body, "OperationTimeout>([^<]+)<").orElse("PT20S"));
        Optional<String> command = first(body, "DesiredStream CommandId=\"([^\"]+)\"");
        Duration wait = Duration.between(Instant.now(), shell.readyAt);
        if (wait.isPositive()) {
            Thread.sleep(wait.compareTo(patience) < 0 ? wait : patience);
        }
        if (shell.readyAt.isAfter(Instant.now()) || shell.fragments.isEmpty()) {
            return fault(
                    OPERATION_TIMED_OUT,
                    "The WS-Management service cannot complete the operation within the time specified in "
                            + "OperationTimeout.");
        }
        String attribute = command.map(id -> " CommandId=\"" + id + "\"").orElse("");
        StringBuilder streams = new StringBuilder();
        synchronized (shell) {
            do {
                String stream = Base64.getEncoder().encodeToString(shell.fragments.removeFirst());
                streams.append("<rsp:Stream Name=\"stdout\"")
                        .append(attribute)
                        .append('>')
                        .append(stream)
                        .append("</rsp:Stream>");
            } while (command.isPresent() && !shell.fragments.isEmpty() && streams.length() < ENVELOPE);
            if (command.isPresent() && shell.fragments.isEmpty()) {
                streams.append("<rsp:CommandState")
                        .append(attribute)
                        .append(" State=\"http://schemas.microsoft.com/"
                                + "wbem/wsman/1/windows/shell/CommandState/Done\"><rsp:ExitCode>0</rsp:ExitCode>"
                                + "</rsp:CommandState>");
            }
        }
        return envelope("<rsp:ReceiveResponse>" + streams + "</rsp:ReceiveResponse>");
    }

    private ShellReply command(Shell shell, String body, ShellRules.Mood mood) {
        if (mood.overloaded()) {
            return fault(QUOTA, "The user load quota of 1000 requests per 2 seconds has been exceeded.");
        }
        Wire.Incoming pipeline = Wire.read(
                        decoded(first(body, "<rsp:Arguments>([^<]+)<").orElseThrow()))
                .getFirst();
        if (pipeline.type() != Wire.CREATE_PIPELINE) {
            return fault(0, "The command is no pipeline.");
        }
        synchronized (shell) {
            new PipelineRun(rules, cmdlet).run(pipeline.text(), (type, text) -> shell.say(type, pipeline.ids(), text));
            shell.readyAt = Instant.now().plus(mood.cmdletTakes());
        }
        String id = first(body, "CommandLine CommandId=\"([^\"]+)\"").orElseThrow();
        return envelope("<rsp:CommandResponse><rsp:CommandId>" + id + "</rsp:CommandId></rsp:CommandResponse>");
    }

    private static Optional<String> first(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static ShellReply fault(long code, String text) {
        return new ShellReply(
                500,
                Map.of("Content-Type", soap()),
                wrapped("<s:Fault><s:Code><s:Value>s:Receiver</s:Value></s:Code><s:Reason><s:Text xml:lang=\"en-US\">"
                        + text
                        + "</s:Text></s:Reason><s:Detail><f:WSManFault "
                        + "xmlns:f=\"http://schemas.microsoft.com/wbem/wsman/1/wsmanfault\" Code=\"" + code
                        + "\" Machine=\"127.0.0.1\"><f:Message>" + text
                        + "</f:Message></f:WSManFault></s:Detail></s:Fault>"));
    }

    private static ShellReply envelope(String content) {
        return new ShellReply(200, Map.of("Content-Type", soap()), wrapped(content));
    }

    private static String wrapped(String content) {
        return "<s:Envelope xml:lang=\"en-US\" xmlns:s=\"http://www.w3.org/2003/05/soap-envelope\" "
                + "xmlns:rsp=\"http://schemas.microsoft.com/wbem/wsman/1/windows/shell\"><s:Header></s:Header><s:Body>"
                + content + "</s:Body></s:Envelope>";
    }

    private static String soap() {
        return "application/soap+xml;charset=UTF-8";
    }

    /** An open shell. */
    private final class Shell {
        private final String id;
        private final String cookie = "X-BackEndCookie=" + UUID.randomUUID();
        private final Deque<byte[]> fragments = new ArrayDeque<>();
        private volatile Instant readyAt = Instant.MIN;
        private long said;

        Shell(String id) {
            this.id = id;
        }

        synchronized void say(int type, List<Byte> ids, String text) {
            said++;
            fragments.addAll(new ArrayList<>(Wire.fragments(said, type, ids, text, rules.fragment())));
        }
    }
}
