package dev.janus.engine.kernel;

import dev.janus.engine.EngineException;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * The choice of kernels at start-up. The system property {@code janus.kernels} ({@code scalar},
 * {@code 128}, {@code 256} or {@code 512}) wins; otherwise vectors are used where module {@code
 * jdk.incubator.vector} is present, the JVM is HotSpot with C2 and its preferred width is at least
 * 256 bits. Results do not depend on the choice, only speed does. Without the module no vector
 * class is loaded.
 *
 * @param kernels the kernels to use
 * @param vectorBits their vector width; 0 for scalar ones
 * @param origin whether the user asked for these kernels
 * @param explanation one line for {@code janus doctor}: why these, and how to get vectors when they
 *     are not used
 */
public record KernelSelection(Kernels kernels, int vectorBits, Origin origin, String explanation) {
  /** Who chose. */
  public enum Origin {
    /** The user, by {@code -Djanus.kernels}: these kernels run from first to last. */
    ASKED_FOR,
    /** This class, from what the JVM tells of itself. */
    AUTOMATIC
  }

  private static final int LEAST_BITS = 256;

  /** The kernels of {@link #choose}. */
  public static Kernels best() {
    return choose().kernels();
  }

  /**
   * The choice for the start of work that may be short: what {@code janus.kernels} asks for, else
   * scalar kernels. To load and compile vector code takes about a second, and scalar kernels give
   * the same bits at once. Loads no vector class unless asked for.
   *
   * @throws EngineException as {@link #choose}
   */
  public static KernelSelection atStart() {
    return RequestedKernels.current() == RequestedKernels.AUTOMATIC
        ? scalar("for a quick start")
        : choose();
  }

  /**
   * Looks at the JVM and chooses. Cheap enough for every start, not for every step: keep the
   * result.
   *
   * @throws EngineException when {@code janus.kernels} is unknown or asks for what this JVM cannot
   *     run
   */
  public static KernelSelection choose() {
    return choose(
        RequestedKernels.current(), JvmFacts.current(), () -> VectorWidths.preferredBits());
  }

  /**
   * Checks an automatic choice of vector kernels by running them: some JVMs do not tell that they
   * compile no vector code, such as one with {@code -XX:TieredStopAtLevel=3}. For long work; takes
   * about 1 s, 5 s on a JVM that fails.
   *
   * @return this choice, or scalar kernels where vector ones are not faster
   */
  public KernelSelection measured() {
    if (origin == Origin.ASKED_FOR || vectorBits == 0) {
      return this;
    }
    double advantage = VectorTrial.advantage(kernels);
    if (advantage == 0) {
      return scalar(
          "vector kernels were not faster in a trial; is the optimising compiler C2 off or limited"
              + " (-XX:TieredStopAtLevel)?");
    }
    String measured = String.format(Locale.ROOT, "%.1f times as fast in a trial", advantage);
    return new KernelSelection(kernels, vectorBits, origin, explanation + ", " + measured);
  }

  /** As {@link #choose()}; the width is asked for only when the module is there. */
  static KernelSelection choose(
      RequestedKernels requested, JvmFacts jvm, IntSupplier preferredBits) {
    return switch (requested) {
      case SCALAR ->
          new KernelSelection(
              ScalarKernels.INSTANCE,
              0,
              Origin.ASKED_FOR,
              "scalar kernels: asked for by -Djanus.kernels=scalar");
      case AUTOMATIC -> automatic(jvm, preferredBits);
      case BITS_128, BITS_256, BITS_512 -> forced(requested.vectorBits(), jvm, preferredBits);
    };
  }

  private static KernelSelection automatic(JvmFacts jvm, IntSupplier preferredBits) {
    String obstacle = jvm.obstacle();
    if (!obstacle.isEmpty()) {
      return scalar(obstacle);
    }
    int bits = preferredBits.getAsInt();
    if (bits < LEAST_BITS) {
      return scalar(
          "this JVM prefers vectors of "
              + bits
              + " bits and they pay from "
              + LEAST_BITS
              + " on; -Djanus.kernels="
              + bits
              + " tries them all the same");
    }
    return vector(bits, Origin.AUTOMATIC, "preferred width of this JVM");
  }

  private static KernelSelection forced(int bits, JvmFacts jvm, IntSupplier preferredBits) {
    String asked = "-Djanus.kernels=" + bits;
    if (!jvm.vectorModule()) {
      throw new EngineException(asked + ": " + jvm.obstacle());
    }
    int widest = preferredBits.getAsInt();
    if (bits > widest) {
      throw new EngineException(
          asked
              + ": wider than the "
              + widest
              + " bits this JVM prefers, and very slow; use "
              + widest
              + " or less");
    }
    return vector(bits, Origin.ASKED_FOR, "asked for by " + asked);
  }

  private static KernelSelection scalar(String why) {
    return new KernelSelection(
        ScalarKernels.INSTANCE, 0, Origin.AUTOMATIC, "scalar kernels: " + why);
  }

  private static KernelSelection vector(int bits, Origin origin, String why) {
    PanamaKernels kernels = PanamaKernels.ofWidth(bits);
    return new KernelSelection(kernels, bits, origin, bits + "-bit vector kernels: " + why);
  }
}
