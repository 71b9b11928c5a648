package dev.janus.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds the module arrows and the promises to embedders; every product class is looked at. */
final class ArchitectureTest {
  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.janus");

  private static final String ENGINE = "dev.janus.engine..";
  private static final String AUTOGRAD = "dev.janus.autograd..";
  private static final String CONTRACT = "dev.janus.contract..";
  private static final String[] JANUS = {
    "dev.janus.model..",
    "dev.janus.train..",
    "dev.janus.score..",
    "dev.janus.eval..",
    "dev.janus.explain.."
  };
  private static final String BASELINES = "dev.janus.baselines..";
  private static final String[] EMBEDDED = {
    ENGINE, AUTOGRAD, CONTRACT, JANUS[0], JANUS[1], JANUS[2], JANUS[3], JANUS[4]
  };

  /** Annotations that exist at compile time only. */
  private static final String JSPECIFY = "org.jspecify.annotations..";

  private static final DescribedPredicate<JavaClass> JAVA_BASE =
      describe(
          "in java.base",
          type -> {
            JavaClass element = type.getBaseComponentType();
            return element.isPrimitive()
                || Object.class.getModule().getPackages().contains(element.getPackageName());
          });

  @Test
  void allModulesAreSeen() {
    for (String name :
        Set.of(
            "engine",
            "contract",
            "model",
            "train",
            "score",
            "eval",
            "explain",
            "baselines",
            "cli")) {
      assertThat(PRODUCT.containPackage("dev.janus." + name)).as(name).isTrue();
    }
  }

  @Test
  void engineNeedsOnlyTheJdksBaseAndTheVectorModule() {
    onlyDependsOn(new String[] {ENGINE}, ENGINE, "jdk.incubator.vector..");
  }

  @Test
  void vectorsStayInsideTheKernels() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.janus.engine.kernel..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(PRODUCT);
  }

  @Test
  void autogradNeedsOnlyTheEngine() {
    onlyDependsOn(new String[] {AUTOGRAD}, AUTOGRAD, ENGINE);
  }

  @Test
  void contractNeedsOnlyTheJdksBaseAndOneParquetReader() {
    onlyDependsOn(new String[] {CONTRACT}, CONTRACT, "dev.hardwood..");
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.janus.contract.artifact..", "dev.janus.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.hardwood..")
        .check(PRODUCT);
  }

  @Test
  void modelCodeNeedsOnlyEngineAutogradAndContract() {
    onlyDependsOn(
        JANUS,
        JANUS[0],
        JANUS[1],
        JANUS[2],
        JANUS[3],
        JANUS[4],
        ENGINE,
        AUTOGRAD,
        CONTRACT,
        "org.apache.commons.math3..");
  }

  @Test
  void baselinesNeedOnlyWhatTheModelNeedsAndTheModel() {
    onlyDependsOn(
        new String[] {BASELINES},
        BASELINES,
        JANUS[0],
        JANUS[1],
        JANUS[2],
        JANUS[3],
        ENGINE,
        AUTOGRAD,
        CONTRACT,
        "org.apache.commons.math3..");
  }

  @Test
  void commonsMathStaysInEvaluationFittingAndBaselines() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.janus.eval..", "dev.janus.score..", BASELINES)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons.math3..")
        .check(PRODUCT);
  }

  @Test
  void nothingBelowUsesTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.janus.cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.janus.cli..")
        .check(PRODUCT);
  }

  @Test
  void librariesNeverPrint() {
    for (String packages : EMBEDDED) {
      noClasses().that().resideInAPackage(packages).should(ACCESS_STANDARD_STREAMS).check(PRODUCT);
    }
    noClasses().that().resideInAPackage(BASELINES).should(ACCESS_STANDARD_STREAMS).check(PRODUCT);
  }

  @Test
  void embeddersGetNoReflectionNativeCodeOrNetwork() {
    noClasses()
        .that()
        .resideInAnyPackage(EMBEDDED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "java.lang.reflect..", "java.net..", "javax.net..", "sun..", "jdk.internal..")
        .orShould()
        .callMethod(System.class, "load", String.class)
        .orShould()
        .callMethod(System.class, "loadLibrary", String.class)
        .orShould()
        .callMethod(Runtime.class, "load", String.class)
        .orShould()
        .callMethod(Runtime.class, "loadLibrary", String.class)
        .orShould()
        .callMethod(Runtime.class, "exec", String.class)
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(
            ProcessBuilder.class, Linker.class, SymbolLookup.class, FunctionDescriptor.class)
        .check(PRODUCT);
  }

  @Test
  void onlyFilesOnDiskAreMappedIntoMemory() {
    noClasses()
        .that()
        .resideInAnyPackage(EMBEDDED)
        .and()
        .resideOutsideOfPackage("dev.janus.contract.artifact..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.lang.foreign..")
        .check(PRODUCT);
  }

  @Test
  void packagesAreNamedAfterNouns() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..",
            "..utils..",
            "..common..",
            "..helper..",
            "..helpers..",
            "..misc..",
            "..manager..")
        .check(PRODUCT);
  }

  @Test
  void modulesHaveNoCycles() {
    slices().matching("dev.janus.(*)..").should().beFreeOfCycles().check(PRODUCT);
  }

  private static void onlyDependsOn(String[] packages, String... allowed) {
    classes()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .onlyDependOnClassesThat(
            JAVA_BASE.or(resideInAnyPackage(allowed)).or(resideInAnyPackage(JSPECIFY)))
        .allowEmptyShould(true)
        .check(PRODUCT);
  }
}
