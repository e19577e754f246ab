package org.mailtrace.testkit.nativefit;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Types that are given to Jackson where Quarkus cannot see it: read by a class constant or a type reference, written or
 * answered as an {@code Object}. Told by what is loaded right before such a call; what was computed otherwise is not seen.
 */
final class JsonByHand {
    private static final Set<String> READING =
            Set.of("readValue", "forType", "treeToValue", "convertValue", "readerFor", "read");
    private static final Set<String> WRITING =
            Set.of("writeValueAsString", "writeValueAsBytes", "writeValue", "valueToTree", "entity", "write", "ok");
    private static final String REFERENCE = "com/fasterxml/jackson/core/type/TypeReference";

    private final Program program;
    private final Set<Type> types = new HashSet<>();

    JsonByHand(Program program) {
        this.program = program;
    }

    Set<Type> types() {
        for (ClassModel owner : program.classes()) {
            owner.superclass()
                    .filter(parent -> parent.asInternalName().equals(REFERENCE))
                    .ifPresent(parent -> types.add(referred(owner)));
            for (MethodModel method : owner.methods()) {
                method.code().ifPresent(this::look);
            }
        }
        return types;
    }

    private static Type referred(ClassModel reference) {
        Type parent = Program.load(reference.thisClass().asInternalName()).getGenericSuperclass();
        return ((ParameterizedType) parent).getActualTypeArguments()[0];
    }

    private void look(CodeModel code) {
        Optional<ClassDesc> before = Optional.empty();
        Optional<ClassDesc> constant = Optional.empty();
        int place = 0;
        for (CodeElement element : code) {
            if (element instanceof InvokeInstruction call) {
                String name = call.name().stringValue();
                String type = call.type().stringValue();
                if (READING.contains(name) && type.contains("Ljava/lang/Class;")) {
                    constant.ifPresent(this::add);
                } else if (WRITING.contains(name) && type.contains("Ljava/lang/Object;)")) {
                    before.ifPresent(this::add);
                }
            }
            if (element instanceof ConstantInstruction loaded && loaded.constantValue() instanceof ClassDesc type) {
                constant = Optional.of(type);
            }
            if (element instanceof Instruction instruction) {
                before = result(instruction, code, place);
                place += instruction.sizeInBytes();
            }
        }
    }

    private static Optional<ClassDesc> result(Instruction instruction, CodeModel code, int place) {
        return switch (instruction) {
            case InvokeInstruction call -> Optional.of(call.typeSymbol().returnType());
            case FieldInstruction field -> Optional.of(field.typeSymbol());
            case LoadInstruction load -> local(load.slot(), (CodeAttribute) code, place);
            default -> Optional.empty();
        };
    }

    private static Optional<ClassDesc> local(int slot, CodeAttribute code, int place) {
        return code.findAttribute(Attributes.localVariableTable()).stream()
                .flatMap(table -> table.localVariables().stream())
                .filter(local ->
                        local.slot() == slot && local.startPc() <= place && place < local.startPc() + local.length())
                .map(local -> local.typeSymbol())
                .findFirst();
    }

    private void add(ClassDesc type) {
        String descriptor = type.descriptorString();
        if (descriptor.startsWith("Lorg/mailtrace/")) {
            types.add(Program.load(descriptor.substring(1, descriptor.length() - 1)));
        }
    }
}
