package org.mailtrace.proofpoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.ws.rs.Path;

@AnalyzeClasses(packages = "org.mailtrace", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule knowsNoOtherService = noClasses()
            .that()
            .resideInAPackage("org.mailtrace.proofpoint..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.mailtrace.gateway..",
                    "org.mailtrace.onprem..",
                    "org.mailtrace.exo..",
                    "org.mailtrace.standins..");

    @ArchTest
    static final ArchRule keepsTheVendorsAddressesToThemselves = classes()
            .that()
            .resideInAPackage("org.mailtrace.proofpoint..")
            .and()
            .areAnnotatedWith(Path.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule decidesWithoutAskingAnybody = noClasses()
            .that()
            .resideInAPackage("org.mailtrace.proofpoint.fate..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mailtrace.http..", "org.mailtrace.proofpoint.quarantine..", "jakarta.ws.rs..");
}
