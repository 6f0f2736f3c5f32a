package dev.vextrus.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitCallTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** Decisions are pure: no clock, no random source, no environment, no floating point near money. */
@AnalyzeClasses(packages = "dev.vextrus", importOptions = ImportOption.DoNotIncludeTests.class)
class PurityTest {
    private static final Set<String> CLOCKS = Set.of(
            "java.time.Instant",
            "java.time.LocalDate",
            "java.time.LocalDateTime",
            "java.time.ZonedDateTime",
            "java.time.OffsetDateTime",
            "java.time.Clock");

    private static final DescribedPredicate<JavaCall<?>> A_HIDDEN_INPUT =
            DescribedPredicate.describe("a clock, a random source, the environment or a sleep", call -> {
                CodeUnitCallTarget target = call.getTarget();
                String owner = target.getOwner().getName();
                String name = target.getName();
                return (CLOCKS.contains(owner) && name.equals("now"))
                        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
                        || (owner.equals("java.util.Random")
                                && name.equals("<init>")
                                && target.getRawParameterTypes().isEmpty())
                        || (owner.equals("java.lang.Math") && name.equals("random"))
                        || (owner.equals("java.util.concurrent.ThreadLocalRandom") && name.equals("current"))
                        || (owner.equals("java.lang.System")
                                && (name.equals("currentTimeMillis") || name.equals("getenv")))
                        || (owner.equals("java.lang.Thread") && name.equals("sleep"));
            });

    @ArchTest
    static final ArchRule what_decides_is_given_its_time_and_its_ids = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.vextrus.kernel..",
                    "dev.vextrus.eventstore..",
                    "dev.vextrus.finance..",
                    "dev.vextrus.rollout..")
            .and()
            .haveSimpleNameNotEndingWith("Application")
            .and()
            .haveSimpleNameNotEndingWith("Configuration")
            .should()
            .callCodeUnitWhere(DescribedPredicate.describe("it is " + A_HIDDEN_INPUT.getDescription(), A_HIDDEN_INPUT));

    @ArchTest
    static final ArchRule deciders_import_only_the_jdk_and_the_domain = classes()
            .that()
            .resideInAPackage("dev.vextrus.finance..")
            .and()
            .haveSimpleNameEndingWith("Decider")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.vextrus.kernel..")
                    .or(resideInAPackage("dev.vextrus.finance..")));

    @ArchTest
    static final ArchRule the_analysis_imports_only_the_jdk = classes()
            .that()
            .resideInAPackage("dev.vextrus.rollout.analysis..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                    "java..",
                    "org.jspecify..",
                    "dev.vextrus.rollout.analysis..",
                    "com.fasterxml.jackson.annotation.."));

    @ArchTest
    static final ArchRule money_knows_no_floating_point_fields = fields().that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.vextrus.kernel..", "dev.vextrus.finance..")
            .should()
            .notHaveRawType(double.class)
            .andShould()
            .notHaveRawType(float.class);

    @ArchTest
    static final ArchRule money_knows_no_floating_point_results = methods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAnyPackage("dev.vextrus.kernel..", "dev.vextrus.finance..")
            .should()
            .notHaveRawReturnType(double.class)
            .andShould()
            .notHaveRawReturnType(float.class);

    @ArchTest
    static final ArchRule names_say_what_a_thing_is =
            noClasses().should().haveNameMatching(".*(Impl|Manager|Utils?|Helpers?)$");
}
