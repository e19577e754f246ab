package org.mailtrace.onprem.live.wsman;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.mailtrace.onprem.live.clixml.ClixmlReader;
import org.mailtrace.onprem.live.clixml.ClixmlValue;
import org.mailtrace.onprem.live.psrp.Cmdlet;
import org.mailtrace.onprem.live.psrp.Fragments;
import org.mailtrace.onprem.live.psrp.MessageType;
import org.mailtrace.onprem.live.psrp.ProtocolException;
import org.mailtrace.onprem.live.psrp.PsrpMessage;
import org.mailtrace.onprem.live.psrp.Requests;

/**
 * One remote shell: opened, asked any number of times, deleted. For one thread. A shell that is not deleted counts
 * against the user's limit until the server forgets it, so {@link #close()} always tries, whatever went wrong before.
 */
public final class RemoteShell implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RemoteShell.class);
    private static final Duration DELETE_AT_MOST = Duration.ofSeconds(2);
    private static final int RUNSPACE_OPENED = 2;
    private static final int RUNSPACE_BROKEN = 5;
    private static final int PIPELINE_STOPPED = 3;
    private static final int PIPELINE_COMPLETED = 4;
    private static final int PIPELINE_FAILED = 5;

    private final WsmanChannel channel;
    private final Envelopes envelopes;
    private final Requests requests;
    private final Ids ids;
    private final UUID shell;
    private final Duration operationTimeout;
    private final int maxMessage;
    private boolean mayExist;

    private RemoteShell(
            WsmanChannel channel, URI url, String configuration, Ids ids, Duration operationTimeout, int maxMessage) {
        this.channel = channel;
        this.ids = ids;
        this.envelopes = new Envelopes(url, configuration, ids);
        this.shell = ids.shell();
        this.requests = new Requests(shell);
        this.operationTimeout = operationTimeout;
        this.maxMessage = maxMessage;
    }

    /**
     * Opens a shell.
     *
     * @param operationTimeout after how long the server shall answer that there is nothing yet
     * @param maxMessage how many bytes one message may have
     */
    public static RemoteShell open(
            WsmanChannel channel,
            URI url,
            String configuration,
            Ids ids,
            Duration operationTimeout,
            int maxMessage,
            Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        RemoteShell shell = new RemoteShell(channel, url, configuration, ids, operationTimeout, maxMessage);
        boolean opened = false;
        try {
            shell.create(deadline);
            opened = true;
            return shell;
        } finally {
            if (!opened) {
                shell.close();
            }
        }
    }

    private void create(Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        mayExist = true;
        try {
            ask(envelopes.create(shell, requests.open(), timeout(deadline)), deadline);
        } catch (RefusedException | WsmanFaultException e) {
            // Nothing was made; a password that is wrong is not sent a second time.
            mayExist = false;
            throw e;
        }
        Fragments fragments = new Fragments(maxMessage);
        boolean opened = false;
        while (!opened) {
            Reply reply = ask(envelopes.receive(shell, timeout(deadline)), deadline);
            for (PsrpMessage message : messages(reply, fragments)) {
                if (message.type().equals(Optional.of(MessageType.SESSION_CAPABILITY))) {
                    envelopes.grow();
                }
                if (message.type().equals(Optional.of(MessageType.RUNSPACEPOOL_STATE))) {
                    int state = state(ClixmlReader.read(message.text()), "RunspaceState");
                    if (state >= RUNSPACE_BROKEN || state == 3 || state == 4) {
                        throw new ProtocolException("The runspace was not opened.");
                    }
                    opened |= state == RUNSPACE_OPENED;
                }
            }
        }
    }

    /**
     * Runs one cmdlet to its end.
     *
     * @param output takes each object; answers false when there are enough
     */
    public CommandResult run(Cmdlet cmdlet, Predicate<ClixmlValue> output, Deadline deadline)
            throws IOException, InterruptedException, TimeoutException {
        UUID command = ids.command();
        ask(envelopes.command(shell, command, requests.run(command, cmdlet), timeout(deadline)), deadline);
        Fragments fragments = new Fragments(maxMessage);
        Progress progress = new Progress();
        while (true) {
            Reply reply = ask(envelopes.receive(shell, command, timeout(deadline)), deadline);
            for (PsrpMessage message : messages(reply, fragments)) {
                progress.take(message, output);
            }
            if (progress.over || progress.cutOff) {
                return progress.result();
            }
            if (reply.done()) {
                throw new ProtocolException("A command ended without saying how.");
            }
        }
    }

    /** Deletes the shell and closes the way to the server; never throws. */
    @Override
    public void close() {
        // A thread that was interrupted could not wait for the deletion.
        boolean interrupted = Thread.interrupted();
        try (channel) {
            if (mayExist) {
                channel.send(envelopes.delete(shell, operationTimeout), DELETE_AT_MOST);
            }
        } catch (IOException | RuntimeException e) {
            LOG.debugf("shell was not deleted cause=%s", e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Sends until there is an answer that is more than "nothing yet". */
    private Reply ask(String envelope, Deadline deadline) throws IOException, InterruptedException, TimeoutException {
        WsmanChannel.HttpReply answer = channel.send(envelope, deadline.required());
        Reply reply;
        try {
            reply = Reply.read(answer.body());
        } catch (RuntimeException e) {
            if (answer.status() / 100 != 2) {
                throw new WsmanFaultException(answer.status(), 0, "");
            }
            throw e;
        }
        if (reply.fault().isPresent() && !reply.isOperationTimeout()) {
            throw new WsmanFaultException(
                    answer.status(),
                    reply.fault().get().code(),
                    reply.fault().get().text());
        }
        if (reply.fault().isEmpty() && answer.status() / 100 != 2) {
            throw new WsmanFaultException(answer.status(), 0, "");
        }
        return reply;
    }

    private static List<PsrpMessage> messages(Reply reply, Fragments fragments) {
        List<PsrpMessage> messages = new ArrayList<>();
        reply.streams().forEach(stream -> messages.addAll(fragments.take(stream)));
        return messages;
    }

    /** In whole seconds; never longer than what is left. */
    private Duration timeout(Deadline deadline) {
        Duration left = deadline.left();
        return left.compareTo(operationTimeout) < 0 ? left : operationTimeout;
    }

    private static int state(ClixmlValue message, String name) {
        try {
            return Integer.parseInt(message.member(name).map(ClixmlValue::text).orElse(""));
        } catch (NumberFormatException e) {
            throw new ProtocolException("A state is no number.");
        }
    }

    /** What a running cmdlet has said so far. */
    private static final class Progress {
        private final List<CommandResult.CommandError> errors = new ArrayList<>();
        private final List<String> warnings = new ArrayList<>();
        private boolean over;
        private boolean completed;
        private boolean cutOff;

        void take(PsrpMessage message, Predicate<ClixmlValue> output) {
            if (message.type().isEmpty() || over || cutOff) {
                return;
            }
            switch (message.type().get()) {
                case PIPELINE_OUTPUT -> cutOff = !output.test(ClixmlReader.read(message.text()));
                case ERROR_RECORD -> errors.add(error(ClixmlReader.read(message.text())));
                case WARNING_RECORD ->
                    warnings.add(ClixmlReader.read(message.text())
                            .member("InformationalRecord_Message")
                            .map(ClixmlValue::text)
                            .orElse(""));
                case PIPELINE_STATE -> ended(ClixmlReader.read(message.text()));
                default -> {
                    // Progress and the like say nothing about the result.
                }
            }
        }

        private void ended(ClixmlValue message) {
            int state = state(message, "PipelineState");
            completed = state == PIPELINE_COMPLETED;
            over = completed || state == PIPELINE_FAILED || state == PIPELINE_STOPPED;
            message.member("ExceptionAsErrorRecord").ifPresent(record -> errors.add(error(record)));
        }

        private static CommandResult.CommandError error(ClixmlValue error) {
            return new CommandResult.CommandError(
                    error.member("FullyQualifiedErrorId").map(ClixmlValue::text).orElse(""), error.text());
        }

        CommandResult result() {
            return new CommandResult(completed, errors, warnings, cutOff);
        }
    }
}
