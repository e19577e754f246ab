package org.mailtrace.exo;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

class WallsTest {
    private final JavaClasses service = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.mailtrace.exo");

    @Test
    void theServiceKnowsNoOtherService() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages(
                        "org.mailtrace.gateway..",
                        "org.mailtrace.proofpoint..",
                        "org.mailtrace.onprem..",
                        "org.mailtrace.standins..")
                .check(service);
    }

    @Test
    void roomsHaveOneDirection() {
        slices().matching("org.mailtrace.exo.(*)..").should().beFreeOfCycles().check(service);
    }

    @Test
    void onlyTheWireLeavesTheService() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.mailtrace.exo.wire")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(HttpClient.class)
                .check(service);
    }
}
