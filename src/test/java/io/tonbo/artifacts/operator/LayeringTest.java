package io.tonbo.artifacts.operator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Packages depend downwards only, and the sandbox stays out of production. */
@AnalyzeClasses(packages = "io.tonbo.artifacts", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
    private static final String OPERATOR = "io.tonbo.artifacts.operator.";

    @ArchTest
    static final ArchRule PACKAGES_DEPEND_DOWNWARDS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("runtime")
            .definedBy(OPERATOR + "runtime..")
            .layer("resources")
            .definedBy(OPERATOR + "workspace..", OPERATOR + "mountsession..")
            .layer("reconcile")
            .definedBy(OPERATOR + "reconcile..")
            .layer("services")
            .definedBy(
                    OPERATOR + "status..",
                    OPERATOR + "connection..",
                    OPERATOR + "orchestrator..",
                    OPERATOR + "juicefs..")
            .layer("ground")
            .definedBy(OPERATOR + "problem..", OPERATOR + "api..", OPERATOR + "telemetry..")
            .whereLayer("runtime")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("resources")
            .mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("reconcile")
            .mayOnlyBeAccessedByLayers("resources", "runtime")
            .whereLayer("services")
            .mayOnlyBeAccessedByLayers("reconcile", "resources", "runtime");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching(OPERATOR + "(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule REMOTE_CLIENTS_KNOW_NO_KUBERNETES = noClasses()
            .that()
            .resideInAnyPackage(
                    OPERATOR + "orchestrator..",
                    OPERATOR + "juicefs..",
                    OPERATOR + "problem..",
                    OPERATOR + "telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk..");

    @ArchTest
    static final ArchRule WORKSPACES_KEEP_OUT_OF_MOUNT_SESSIONS = noClasses()
            .that()
            .resideInAPackage(OPERATOR + "workspace..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OPERATOR + "mountsession..");

    @ArchTest
    static final ArchRule MOUNT_SESSIONS_KEEP_OUT_OF_WORKSPACES = noClasses()
            .that()
            .resideInAPackage(OPERATOR + "mountsession..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(OPERATOR + "workspace..");

    @ArchTest
    static final ArchRule THE_SANDBOX_STAYS_OUT =
            noClasses().should().dependOnClassesThat().resideInAPackage("io.tonbo.artifacts.sandbox..");
}
