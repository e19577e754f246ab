package org.mailtrace.onprem.live.psrp;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.mailtrace.onprem.live.clixml.ClixmlWriter;

/** What the client sends, numbered in its order; for one shell. The texts are those that Windows' own client sends. */
public final class Requests {
    private static final String RUNSPACES = "System.Management.Automation.Runspaces.";
    private static final List<String> COMMANDS = List.of(
            "System.Collections.Generic.List`1[[System.Management.Automation.PSObject, System.Management.Automation, "
                    + "Version=1.0.0.0, Culture=neutral, PublicKeyToken=31bf3856ad364e35]]",
            "System.Object");
    private static final List<String> MERGES = List.of("MergeMyResult", "MergeToResult", "MergePreviousResults");
    private static final List<String> MERGED_STREAMS =
            List.of("MergeError", "MergeWarning", "MergeVerbose", "MergeDebug", "MergeInformation");

    private final UUID pool;
    private long sent;

    public Requests(UUID pool) {
        this.pool = pool;
    }

    /** Opens a pool of one runspace without a host: SESSION_CAPABILITY and INIT_RUNSPACEPOOL. */
    public byte[] open() {
        byte[] capability = fragment(MessageType.SESSION_CAPABILITY, PsrpMessage.NO_PIPELINE, capability());
        byte[] pool = fragment(MessageType.INIT_RUNSPACEPOOL, PsrpMessage.NO_PIPELINE, runspacePool());
        return ByteBuffer.allocate(capability.length + pool.length)
                .put(capability)
                .put(pool)
                .array();
    }

    /** Runs one cmdlet. */
    public byte[] run(UUID pipeline, Cmdlet cmdlet) {
        return fragment(MessageType.CREATE_PIPELINE, pipeline, pipeline(cmdlet));
    }

    private byte[] fragment(MessageType type, UUID pipeline, String text) {
        sent++;
        return Fragments.whole(sent, PsrpMessage.toServer(type, pool, pipeline, text));
    }

    private static String capability() {
        return new ClixmlWriter()
                .begin(List.of())
                .members()
                .simple("Version", "protocolversion", "2.3")
                .simple("Version", "PSVersion", "2.0")
                .simple("Version", "SerializationVersion", "1.1.0.1")
                .endMembers()
                .end()
                .text();
    }

    private static String runspacePool() {
        ClixmlWriter writer = new ClixmlWriter()
                .begin(List.of())
                .members()
                .simple("I32", "MinRunspaces", "1")
                .simple("I32", "MaxRunspaces", "1")
                .choice("PSThreadOptions", RUNSPACES + "PSThreadOptions", "Default", 0)
                .choice("ApartmentState", RUNSPACES + "ApartmentState", "UNKNOWN", 2);
        noHost(writer);
        return writer.nil("ApplicationArguments").endMembers().end().text();
    }

    private static String pipeline(Cmdlet cmdlet) {
        ClixmlWriter writer = new ClixmlWriter()
                .begin(List.of())
                .members()
                .simple("B", "NoInput", "true")
                .choice("ApartmentState", RUNSPACES + "ApartmentState", "UNKNOWN", 2)
                .choice("RemoteStreamOptions", RUNSPACES + "RemoteStreamOptions", "AddInvocationInfo", 15)
                .simple("B", "AddToHistory", "false");
        noHost(writer);
        writer.begin("PowerShell", List.of())
                .members()
                .simple("B", "IsNested", "false")
                .nil("ExtraCmds")
                .begin("Cmds", COMMANDS)
                .items();
        command(writer, cmdlet);
        return writer.endItems()
                .end()
                .nil("History")
                .simple("B", "RedirectShellErrorOutputPipe", "false")
                .endMembers()
                .end()
                .simple("B", "IsNested", "false")
                .endMembers()
                .end()
                .text();
    }

    private static void command(ClixmlWriter writer, Cmdlet cmdlet) {
        writer.begin(List.of())
                .members()
                .simple("S", "Cmd", cmdlet.name())
                .simple("B", "IsScript", "false")
                .nil("UseLocalScope");
        MERGES.forEach(name -> writer.choice(name, RUNSPACES + "PipelineResultTypes", "None", 0));
        writer.begin("Args", COMMANDS);
        if (cmdlet.parameters().isEmpty()) {
            writer.noItems();
        } else {
            writer.items();
            for (Cmdlet.Parameter parameter : cmdlet.parameters()) {
                writer.begin(List.of()).members().simple("S", "N", parameter.name());
                parameter.write(writer);
                writer.endMembers().end();
            }
            writer.endItems();
        }
        writer.end();
        MERGED_STREAMS.forEach(name -> writer.choice(name, RUNSPACES + "PipelineResultTypes", "None", 0));
        writer.endMembers().end();
    }

    private static void noHost(ClixmlWriter writer) {
        writer.begin("HostInfo", List.of())
                .members()
                .simple("B", "_isHostNull", "true")
                .simple("B", "_isHostUINull", "true")
                .simple("B", "_isHostRawUINull", "true")
                .simple("B", "_useRunspaceHost", "true")
                .endMembers()
                .end();
    }
}
