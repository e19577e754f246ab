package org.mailtrace.contract;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class WallsTest {
    @Test
    void theContractKnowsNoFramework() {
        // given
        JavaClasses contract = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.mailtrace.contract");

        // then
        classes()
                .that()
                .resideInAPackage("org.mailtrace.contract")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.mailtrace.contract", "java.lang..", "java.util..", "java.time..")
                .check(contract);
    }
}
