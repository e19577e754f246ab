package org.mailtrace.testkit.nativefit;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Where something is looked up by its name at run time, which a native executable finds only if it was listed. */
final class LookUps {
    private static final Pattern BY_NAME = Pattern.compile("java/lang/Class\\.(forName|getResource.*|newInstance"
            + "|get(Declared)?(Method|Constructor|Field).*)"
            + "|java/lang/ClassLoader\\.(loadClass|getResource.*|getSystemResource.*)"
            + "|java/util/ServiceLoader\\.load.*|java/util/ResourceBundle\\.getBundle"
            + "|java/lang/reflect/Proxy\\.newProxyInstance|java/lang/reflect/(Method|Constructor)\\.\\w+"
            + "|java/lang/invoke/MethodHandles\\$Lookup\\.(find|unreflect|define).*"
            + "|java/security/Security\\.addProvider|java/sql/DriverManager\\..*"
            + "|javax/security/auth/login/LoginContext\\..*|java/nio/charset/Charset\\.forName");

    private final Program program;

    LookUps(Program program) {
        this.program = program;
    }

    /** As "class calls method", each once. */
    Set<String> all() {
        Set<String> found = new TreeSet<>();
        for (ClassModel owner : program.classes()) {
            for (MethodModel method : owner.methods()) {
                method.code().ifPresent(code -> code.forEach(element -> look(owner, element, found)));
            }
        }
        return found;
    }

    private static void look(ClassModel owner, CodeElement element, Set<String> found) {
        if (element instanceof InvokeInstruction call) {
            String called = call.owner().asInternalName() + "." + call.name().stringValue();
            if (BY_NAME.matcher(called).matches()) {
                found.add(owner.thisClass().asInternalName().replace('/', '.') + " calls "
                        + called.substring(called.lastIndexOf('/') + 1));
            }
        }
    }
}
