package dev.janus.engine.kernel;

/** Prints the kernels this JVM chooses, and a hash of what they compute, cold and warm. */
final class ChildJvm {
  /** Argument: measure the choice too, and compute nothing else. */
  static final String MEASURE = "measure";

  private static final int ROUNDS = 30;

  private ChildJvm() {}

  public static void main(String[] arguments) {
    KernelSelection selection = KernelSelection.choose();
    System.out.println("kernels " + selection.kernels().name());
    System.out.println(selection.explanation());
    if (arguments.length > 0 && arguments[0].equals(MEASURE)) {
      KernelSelection measured = selection.measured();
      System.out.println("measured " + measured.kernels().name());
      System.out.println(measured.explanation());
      System.out.println("at start " + KernelSelection.atStart().kernels().name());
      return;
    }
    EveryKernel every = new EveryKernel(selection.kernels(), 9, 8);
    int hash = 0;
    for (int round = 0; round < ROUNDS; round++) {
      every.run();
      hash = 31 * hash + every.hash();
    }
    System.out.println("hash " + hash);
  }
}
