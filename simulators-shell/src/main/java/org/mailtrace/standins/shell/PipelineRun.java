package org.mailtrace.standins.shell;

import java.util.List;
import java.util.Map;
import org.w3c.dom.Element;

/**
 * Runs a pipeline as an endpoint without a language does: one cmdlet, or an error. Errors are shaped after the recording
 * of a locked-down endpoint.
 */
final class PipelineRun {
    private static final int COMPLETED = 4;
    private static final int FAILED = 5;

    private final ShellRules rules;
    private final TrackingCmdlet cmdlet;

    PipelineRun(ShellRules rules, TrackingCmdlet cmdlet) {
        this.rules = rules;
        this.cmdlet = cmdlet;
    }

    /** Takes what the pipeline says. */
    @FunctionalInterface
    interface Said {
        void say(int type, String text);
    }

    void run(String pipeline, Said said) {
        Element shell = Clixml.member(Clixml.parse(pipeline), "PowerShell").orElseThrow();
        List<Element> commands = Clixml.items(Clixml.member(shell, "Cmds").orElseThrow());
        Element command = commands.getFirst();
        String name = Clixml.text(Clixml.member(command, "Cmd").orElseThrow());
        boolean isScript =
                Clixml.text(Clixml.member(command, "IsScript").orElseThrow()).equals("true");
        boolean isOne = commands.size() == 1
                && Clixml.member(shell, "ExtraCmds").orElseThrow().getTagName().equals("Nil");
        if (isScript || !isOne) {
            fail(
                    said,
                    "ScriptsNotAllowed",
                    "The syntax is not supported by this runspace. This can occur if the runspace is in no-language mode.");
            return;
        }
        if (!rules.offersCmdlet() || !name.equalsIgnoreCase(TrackingCmdlet.NAME)) {
            fail(
                    said,
                    "CommandNotFoundException",
                    "The term '" + name
                            + "' is not recognized as the name of a cmdlet, function, script file, or operable "
                            + "program.");
            return;
        }
        Map<String, List<String>> parameters = TrackingCmdlet.parameters(command);
        List<String> unknown = TrackingCmdlet.unknown(parameters);
        if (!unknown.isEmpty()) {
            fail(
                    said,
                    "NamedParameterNotFound," + TrackingCmdlet.NAME,
                    "A parameter cannot be found that matches parameter name '" + unknown.getFirst() + "'.");
            return;
        }
        TrackingCmdlet.Output output = cmdlet.run(parameters);
        output.objects().forEach(object -> said.say(Wire.PIPELINE_OUTPUT, object));
        if (output.more()) {
            said.say(
                    Wire.WARNING,
                    "<Obj RefId=\"0\"><MS><S N=\"InformationalRecord_Message\">There are more results available than are "
                            + "currently displayed.</S></MS></Obj>");
        }
        said.say(
                Wire.PIPELINE_STATE,
                "<Obj RefId=\"0\"><MS><I32 N=\"PipelineState\">" + COMPLETED + "</I32></MS></Obj>");
    }

    private static void fail(Said said, String id, String text) {
        said.say(
                Wire.PIPELINE_STATE,
                "<Obj RefId=\"0\"><MS><I32 N=\"PipelineState\">" + FAILED
                        + "</I32><Obj N=\"ExceptionAsErrorRecord\" RefId=\"1\"><ToString>" + Clixml.escaped(text)
                        + "</ToString><MS><S N=\"FullyQualifiedErrorId\">" + Clixml.escaped(id)
                        + "</S></MS></Obj></MS></Obj>");
    }
}
