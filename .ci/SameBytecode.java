import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/**
 * Compares two of the jars that Quarkus generates, where equal bytes cannot be expected: Quarkus 3.33 numbers the values of
 * its recorded start-up steps, and orders what it reads from sets, as its build threads happen to run.
 *
 * <p>A class passes if it has the same bytes; or the same statements, each as often, where local variables are not told apart
 * and a numbered value or field counts as the statement that makes it; or, in the few classes of {@link #REORDERED}, the same
 * instructions, each as often. So whatever is added, missing or changed is a difference, also which method asks for which
 * role. That the same things happen in another order is none. Of other files only the nonce of Swagger UI's page may differ.
 *
 * <p>Arguments: two jars. Exits with 1 if they differ, and says in what.
 */
public final class SameBytecode {
    private static final Pattern KEY = Pattern.compile("proxykey\\d+");
    private static final Pattern NUMBERED_FIELD = Pattern.compile("(configClass\\$|javaMethod\\w*?)\\d+");
    /** Of a client of a REST interface: the number of a method, by which helpers are named. */
    private static final Pattern NUMBERED_METHOD = Pattern.compile("\\$\\$\\d+\\$\\$");
    /** Fetching what another part of a long method made, and leaving it there: who does so depends on who comes first. */
    private static final Pattern SHARED = Pattern.compile("(?m)REFERENCE from a variable\n"
            + "constant INT \\d+\n(?:REFERENCE from a variable\n.*AASTORE]\n|.*AALOAD]\n)"
            + "|REFERENCE (?:from|into) a variable\n|TypeCheck\\[OP=CHECKCAST.*\n");
    /** Says how many places there are for that. */
    private static final String SHARED_PLACES = "$quarkus$createArray";
    /** Where statements share what they fetch, so that they differ when their order does, and what uses what these make. */
    private static final Pattern REORDERED =
            Pattern.compile("ResteasyReactiveProcessor\\$|ConfigBuildStep\\$|\\$\\$QuarkusRestClientInterface\\.class$");
    private static final Pattern NONCE = Pattern.compile("\"nonce\":\"[0-9a-f-]{36}\"");
    private static final PrintStream OUT = System.out;

    private final Map<String, byte[]> files;
    private final Map<String, ClassModel> classes = new HashMap<>();
    /** What makes a numbered value or fills a numbered field, by its name. */
    private final Map<String, String> made = new HashMap<>();

    private SameBytecode(Path jar) throws IOException {
        files = read(jar);
    }

    private static Map<String, byte[]> read(Path jar) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
                try (InputStream in = zip.getInputStream(entry)) {
                    files.put(entry.getName(), in.readAllBytes());
                }
            }
        }
        return files;
    }

    public static void main(String[] arguments) throws IOException {
        SameBytecode one = new SameBytecode(Path.of(arguments[0]));
        SameBytecode other = new SameBytecode(Path.of(arguments[1]));
        TreeSet<String> names = new TreeSet<>(one.files.keySet());
        names.addAll(other.files.keySet());
        Map<String, Integer> counted = new TreeMap<>();
        List<String> different = new ArrayList<>();
        for (String name : names) {
            String verdict = compared(one, other, name);
            if (verdict.startsWith("DIFFERENT")) {
                different.add(name + verdict.substring("DIFFERENT".length()));
            } else {
                counted.merge(verdict, 1, Integer::sum);
            }
        }
        OUT.println(names.size() + " entries: "
                + counted.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", ")));
        different.forEach(each -> OUT.println("Differs: " + each));
        System.exit(different.isEmpty() ? 0 : 1);
    }

    private static String compared(SameBytecode one, SameBytecode other, String name) {
        byte[] first = one.files.get(name);
        byte[] second = other.files.get(name);
        if (first == null || second == null) {
            return "DIFFERENT is in one of them only";
        }
        if (Arrays.equals(first, second)) {
            return "with the same bytes";
        }
        if (!name.endsWith(".class")) {
            return withoutNonce(first).equals(withoutNonce(second)) ? "the same but for a nonce" : "DIFFERENT";
        }
        if (one.statements(name).equals(other.statements(name))) {
            return "with the same statements";
        }
        List<String> these = one.instructions(name);
        List<String> those = other.instructions(name);
        if (these.equals(those) && REORDERED.matcher(name).find()) {
            return "with the same instructions";
        }
        // Who is asked for which role is told by statements alone.
        return these.equals(those)
                ? "DIFFERENT has the same instructions in other statements"
                : "DIFFERENT" + rest("  -", these, those) + rest("  +", those, these);
    }

    private static String withoutNonce(byte[] page) {
        return NONCE.matcher(new String(page, StandardCharsets.UTF_8)).replaceAll("");
    }

    private static String rest(String sign, List<String> these, List<String> those) {
        List<String> left = new ArrayList<>(these);
        those.forEach(left::remove);
        return left.stream().limit(5).map(line -> System.lineSeparator() + sign + line).collect(Collectors.joining());
    }

    private ClassModel model(String name) {
        return classes.computeIfAbsent(name, each -> ClassFile.of().parse(files.get(each)));
    }

    /** All statements of a class, in no order of theirs, each with the method that it stands in. */
    private List<String> statements(String name) {
        resolve();
        List<String> all = new ArrayList<>(outline(model(name)));
        for (MethodModel method : model(name).methods()) {
            statements(method).forEach(statement -> all.add(method.methodName() + method.methodType().stringValue()
                    + ": " + resolved(statement)));
        }
        return all.stream().sorted().toList();
    }

    private List<String> instructions(String name) {
        List<String> all = new ArrayList<>(outline(model(name)));
        // Which of several methods that a long one was cut into has an instruction is a matter of order, too.
        model(name).methods().stream()
                .filter(method -> !method.methodName().equalsString(SHARED_PLACES))
                .forEach(method -> statements(method)
                        .forEach(statement -> SHARED.matcher(statement).replaceAll("").lines().forEach(all::add)));
        return all.stream().map(SameBytecode::unnumbered).sorted().toList();
    }

    private static String unnumbered(String line) {
        String unkeyed = KEY.matcher(line).replaceAll("a value");
        String unfielded = NUMBERED_FIELD.matcher(unkeyed).replaceAll("$1");
        return NUMBERED_METHOD.matcher(unfielded).replaceAll("\\$\\$");
    }

    private static List<String> outline(ClassModel model) {
        List<String> lines = new ArrayList<>();
        lines.add(model.flags().flagsMask() + " " + model.thisClass().asInternalName() + " " + model.superclass() + " "
                + model.interfaces() + " " + model.majorVersion() + " " + model.attributes());
        for (FieldModel field : model.fields()) {
            lines.add("field " + field.flags().flagsMask() + " " + field.fieldName() + " " + field.fieldType() + " "
                    + field.attributes());
        }
        for (MethodModel method : model.methods()) {
            lines.add("method " + method.flags().flagsMask() + " " + method.methodName() + method.methodType() + " "
                    + method.attributes().stream()
                            .map(each -> each.attributeName().stringValue().equals("Code") ? "Code" : each.toString())
                            .toList());
        }
        return lines;
    }

    private void resolve() {
        if (!made.isEmpty()) {
            return;
        }
        files.keySet().stream().filter(name -> name.endsWith(".class")).forEach(name -> model(name)
                .methods()
                .forEach(method -> statements(method).forEach(statement -> {
                    if (statement.contains("StartupContext.putValue")) {
                        Matcher key = KEY.matcher(statement);
                        String last = "";
                        while (key.find()) {
                            last = key.group();
                        }
                        made.put(last, KEY.matcher(statement).replaceAll("a value"));
                    }
                    if (statement.contains("PUTSTATIC")) {
                        Matcher field = NUMBERED_FIELD.matcher(statement);
                        String last = "";
                        while (field.find()) {
                            last = field.group();
                        }
                        made.put(model(name).thisClass().asInternalName() + "." + last,
                                NUMBERED_FIELD.matcher(statement).replaceAll("$1"));
                    }
                })));
    }

    private String resolved(String statement) {
        String keyed = KEY.matcher(statement).replaceAll(key -> "value-" + digest(made.getOrDefault(key.group(), "?")));
        return Pattern.compile("([\\w/$]+)\\." + NUMBERED_FIELD.pattern())
                .matcher(keyed)
                .replaceAll(field -> Matcher.quoteReplacement(
                        field.group(2) + "-" + digest(made.getOrDefault(field.group(), "?"))));
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, 16);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A method's instructions, cut after each that gives nothing to the next: a call without a result, a field that is set. */
    private static List<String> statements(MethodModel method) {
        if (method.code().isEmpty()) {
            return List.of();
        }
        CodeModel code = method.code().orElseThrow();
        Map<Label, Integer> labels = new HashMap<>();
        for (CodeElement element : code) {
            if (element instanceof LabelTarget target) {
                labels.put(target.label(), labels.size());
            }
        }
        boolean branches = false;
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        for (CodeElement element : code) {
            branches |= element instanceof BranchInstruction || element instanceof ExceptionCatch;
            String line = line(element, labels);
            if (line.isEmpty()) {
                continue;
            }
            statement.append(line).append('\n');
            boolean ends = switch (element) {
                case InvokeInstruction call -> call.typeSymbol().returnType().descriptorString().equals("V")
                        && !call.name().equalsString("<init>");
                case FieldInstruction field -> field.opcode().name().startsWith("PUT");
                case Instruction other -> other.opcode().name().matches("POP|A?RETURN|ATHROW");
                default -> false;
            };
            if (ends) {
                statements.add(statement.toString());
                statement.setLength(0);
            }
        }
        if (!statement.isEmpty()) {
            statements.add(statement.toString());
        }
        // Where there are branches, statements are not alone what counts.
        return branches ? List.of(String.join("", statements)) : statements;
    }

    private static String line(CodeElement element, Map<Label, Integer> labels) {
        return switch (element) {
            case LoadInstruction load -> load.typeKind() + " from a variable";
            case StoreInstruction store -> store.typeKind() + " into a variable";
            case ConstantInstruction constant -> "constant " + constant.typeKind() + " " + constant.constantValue();
            case InvokeInstruction call -> call.opcode() + " " + call.owner().asInternalName() + "." + call.name()
                    + call.type().stringValue();
            case FieldInstruction field -> field.opcode() + " " + field.owner().asInternalName() + "." + field.name() + " "
                    + field.type().stringValue();
            case BranchInstruction branch -> branch.opcode() + " " + labels.get(branch.target());
            case ExceptionCatch caught -> "catch " + caught.catchType() + " " + labels.get(caught.tryStart()) + " "
                    + labels.get(caught.tryEnd()) + " " + labels.get(caught.handler());
            case LookupSwitchInstruction chosen -> "switch "
                    + chosen.cases().stream()
                            .map(each -> each.caseValue() + ":" + labels.get(each.target()))
                            .toList()
                    + labels.get(chosen.defaultTarget());
            case TableSwitchInstruction chosen -> "switch "
                    + chosen.cases().stream()
                            .map(each -> each.caseValue() + ":" + labels.get(each.target()))
                            .toList()
                    + labels.get(chosen.defaultTarget());
            case NewReferenceArrayInstruction array -> "array of " + array.componentType().asInternalName();
            case Instruction other -> other.toString();
            default -> "";
        };
    }
}
