package org.mailtrace.onprem.live.wsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mailtrace.onprem.live.clixml.ClixmlValue;
import org.mailtrace.onprem.live.psrp.Cmdlet;

/** Against conversations with real Windows servers (recordings of the pypsrp project, MIT licence). */
class ReplayTest {
    private static final Cmdlet READ_SETTING = new Cmdlet(
            "Get-Item", List.of(new Cmdlet.Single("Path", "S", "WSMan:\\localhost\\Service\\AllowUnencrypted")));

    private final Deadline deadline = Deadline.in(Duration.ofMinutes(5));
    private final List<ClixmlValue> output = new ArrayList<>();

    @BeforeEach
    void recordingsAreHere() {
        assumeTrue(Recording.folder().isPresent(), "the recordings do not lie beside the repository");
    }

    @Test
    void opensAndDeletesAShellWithTheVeryBytesOfTheRecording() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_open_runspace");
        Replay replay = new Replay(recording);

        // when
        open(recording, replay).close();

        // then
        assertThat(replay.sent()).containsExactlyElementsOf(recording.requests());
        assertThat(replay.isClosed()).isTrue();
    }

    @Test
    void runsACmdletInALockedDownEndpointWithTheVeryBytesOfTheRecording() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_with_jea_configuration");
        Replay replay = new Replay(recording);

        // when
        CommandResult result;
        try (RemoteShell shell = open(recording, replay)) {
            result = shell.run(READ_SETTING, output::add, deadline);
        }

        // then: six requests are the same; the recording goes on with a second command
        assertThat(replay.sent().subList(0, 6))
                .containsExactlyElementsOf(recording.requests().subList(0, 6));
        assertThat(result.completed()).isTrue();
        assertThat(result.errors()).isEmpty();
        assertThat(output).hasSize(1);
        assertThat(output.getFirst().items().getFirst().member("Value").map(ClixmlValue::text))
                .contains("true");
    }

    @Test
    void understandsThatALockedDownEndpointRefusesScriptText() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_with_jea_configuration");
        Replay replay = new Replay(recording);

        // when
        CommandResult result;
        try (RemoteShell shell = open(recording, replay)) {
            shell.run(READ_SETTING, output::add, deadline);
            result = shell.run(new Cmdlet("Get-Item", List.of()), output::add, deadline);
        }

        // then
        assertThat(result.completed()).isFalse();
        assertThat(result.errors())
                .extracting(CommandResult.CommandError::id)
                .containsExactly("ProviderNotFound,Microsoft.PowerShell.Commands.GetItemCommand", "ScriptsNotAllowed");
        assertSameButForTheScript(replay, recording, 6);
    }

    @Test
    void tellsAnErrorThatEndedTheCommandAndKeepsWhatCameBefore() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_error_failed");
        Replay replay = new Replay(recording);

        // when
        CommandResult result = runAnything(recording, replay);

        // then
        assertThat(output).extracting(ClixmlValue::text).containsExactly("before");
        assertThat(result.completed()).isFalse();
        assertThat(result.errors())
                .containsExactly(
                        new CommandResult.CommandError("Microsoft.PowerShell.Commands.WriteErrorException", "error"));
        assertSameButForTheScript(replay, recording, 3);
    }

    @Test
    void receivesAgainAfterEachOperationTimeout() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_long_running_cmdlet");
        Replay replay = new Replay(recording);

        // when
        CommandResult result = runAnything(recording, replay);

        // then
        assertThat(result.completed()).isTrue();
        assertThat(output).extracting(ClixmlValue::text).containsExactly("hi");
        assertThat(replay.sent())
                .filteredOn(sent -> sent.contains("shell/Receive<"))
                .hasSize(5);
        assertSameButForTheScript(replay, recording, 3);
    }

    @Test
    void takesOutputErrorsAndWarningsOutOfOneStream() throws Exception {
        // given
        Recording recording = Recording.read("test_psrp_stream_output_invocation");
        Replay replay = new Replay(recording);

        // when
        CommandResult result = runAnything(recording, replay);

        // then
        assertThat(result.completed()).isTrue();
        assertThat(output).extracting(ClixmlValue::text).containsExactly("output stream");
        assertThat(result.warnings()).containsExactly("warning stream");
        assertThat(result.errors()).extracting(CommandResult.CommandError::text).containsExactly("error stream");
        assertSameButForTheScript(replay, recording, 3);
    }

    private CommandResult runAnything(Recording recording, Replay replay) throws Exception {
        try (RemoteShell shell = open(recording, replay)) {
            return shell.run(new Cmdlet("Get-Item", List.of()), output::add, deadline);
        }
    }

    private RemoteShell open(Recording recording, Replay replay) throws Exception {
        return RemoteShell.open(
                replay,
                recording.url(),
                recording.configuration(),
                recording.ids(),
                Duration.ofSeconds(recording.operationTimeoutSeconds()),
                1 << 20,
                deadline);
    }

    /** The recordings run scripts, which this client cannot send: the pipeline differs, the envelope does not. */
    private static void assertSameButForTheScript(Replay replay, Recording recording, int command) {
        List<String> sent = new ArrayList<>(replay.sent());
        List<String> recorded = new ArrayList<>(recording.requests());
        assertThat(sent.get(command)).contains("<rsp:Arguments>");
        sent.replaceAll(ReplayTest::withoutPipeline);
        recorded.replaceAll(ReplayTest::withoutPipeline);
        assertThat(sent).isEqualTo(recorded);
    }

    private static String withoutPipeline(String envelope) {
        return envelope.replaceAll("<rsp:Arguments>[^<]*<", "<rsp:Arguments><");
    }
}
