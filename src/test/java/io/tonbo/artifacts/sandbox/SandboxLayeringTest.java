package io.tonbo.artifacts.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The sandbox's packages depend downwards only: the command on its parts, and no part on the command. */
@AnalyzeClasses(packages = "io.tonbo.artifacts.sandbox")
class SandboxLayeringTest {
    private static final String SANDBOX = "io.tonbo.artifacts.sandbox";

    @ArchTest
    static final ArchRule PARTS_DO_NOT_KNOW_THE_COMMAND = noClasses()
            .that()
            .resideInAPackage(SANDBOX + ".(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(SANDBOX);

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching(SANDBOX + ".(*)..").should().beFreeOfCycles();
}
