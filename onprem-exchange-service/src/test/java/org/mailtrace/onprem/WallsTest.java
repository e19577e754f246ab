package org.mailtrace.onprem;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "org.mailtrace", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {
    @ArchTest
    static final ArchRule KNOWS_NO_OTHER_SERVICE = noClasses()
            .that()
            .resideInAPackage("org.mailtrace.onprem..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.mailtrace.gateway..",
                    "org.mailtrace.proofpoint..",
                    "org.mailtrace.exo..",
                    "org.mailtrace.standins..");

    @ArchTest
    static final ArchRule READS_RECORDS_WITHOUT_FRAMEWORK_OR_FILES = noClasses()
            .that()
            .resideInAnyPackage("org.mailtrace.onprem.record..", "org.mailtrace.onprem.meaning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "java.nio.file..", "java.sql..");

    @ArchTest
    static final ArchRule REACHES_THE_INDEX_BY_ITS_PORT = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.mailtrace.onprem.search..", "org.mailtrace.onprem.follow..", "org.mailtrace.onprem.meaning..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.mailtrace.index.sqlite..",
                    "org.mailtrace.index.postgresql..",
                    "org.mailtrace.postgresql..",
                    "java.sql..");

    @ArchTest
    static final ArchRule INDEX_KNOWS_NO_VENDOR_AND_NO_FRAMEWORK = noClasses()
            .that()
            .resideInAPackage("org.mailtrace.index..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.mailtrace.onprem..", "org.mailtrace.http..", "io.quarkus..", "jakarta..");
}
