package dev.vextrus.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** Dependencies point inward, and the two halves of the product meet only over HTTP. */
@AnalyzeClasses(packages = "dev.vextrus", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    @ArchTest
    static final ArchRule the_kernel_knows_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.vextrus.kernel..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.vextrus.kernel..", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule the_event_store_knows_no_finance_and_no_rollout = noClasses()
            .that()
            .resideInAPackage("dev.vextrus.eventstore..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vextrus.finance..", "dev.vextrus.rollout..", "dev.vextrus.cli..", "dev.vextrus.proxy..");

    @ArchTest
    static final ArchRule finance_does_not_know_the_rollout = noClasses()
            .that()
            .resideInAPackage("dev.vextrus.finance..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vextrus.rollout..",
                    "dev.vextrus.rolloutlocal..",
                    "dev.vextrus.proxy..",
                    "dev.vextrus.embeddedpostgres..",
                    "dev.vextrus.demoreleases..",
                    "dev.vextrus.cli..");

    @ArchTest
    static final ArchRule the_rollout_does_not_know_finance_nor_its_own_adapters = noClasses()
            .that()
            .resideInAPackage("dev.vextrus.rollout..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vextrus.finance..",
                    "dev.vextrus.eventstore..",
                    "dev.vextrus.kernel..",
                    "dev.vextrus.rolloutlocal..",
                    "dev.vextrus.proxy..",
                    "dev.vextrus.cli..");

    @ArchTest
    static final ArchRule the_proxy_stands_alone = noClasses()
            .that()
            .resideInAPackage("dev.vextrus.proxy..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.vextrus.finance..", "dev.vextrus.rollout..", "dev.vextrus.eventstore..", "dev.vextrus.cli..");

    @ArchTest
    static final ArchRule nothing_that_ships_knows_the_faulty_releases = noClasses()
            .that()
            .resideOutsideOfPackage("dev.vextrus.demoreleases..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.vextrus.demoreleases..");

    @ArchTest
    static final ArchRule ports_of_the_event_store_speak_no_sql = noClasses()
            .that()
            .resideInAPackage("dev.vextrus.eventstore")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..", "dev.vextrus.eventstore.postgres..");

    @ArchTest
    static final ArchRule packages_of_the_event_store_are_free_of_cycles = SlicesRuleDefinition.slices()
            .matching("dev.vextrus.eventstore.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_finance_are_free_of_cycles = SlicesRuleDefinition.slices()
            .matching("dev.vextrus.finance.(*)..")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule packages_of_the_rollout_are_free_of_cycles = SlicesRuleDefinition.slices()
            .matching("dev.vextrus.rollout.(*)..")
            .should()
            .beFreeOfCycles();
}
