package dev.janus.engine.kernel;

/**
 * What decides whether this JVM compiles vector code well, read from the boot layer and three
 * system properties: no reflection, no management beans. {@code -XX:TieredStopAtLevel} 0, 2 and 3
 * leave no trace there: what they cost only a measurement shows, {@link KernelSelection#measured}.
 *
 * @param vectorModule {@code jdk.incubator.vector} is resolved and readable
 * @param vmName {@code java.vm.name}
 * @param vmVersion {@code java.vm.version}
 * @param vmInfo {@code java.vm.info}
 */
record JvmFacts(boolean vectorModule, String vmName, String vmVersion, String vmInfo) {
  static final String MODULE = "jdk.incubator.vector";
  static final String MODULE_FLAG = "--add-modules " + MODULE;

  static JvmFacts current() {
    Module engine = JvmFacts.class.getModule();
    boolean readable = ModuleLayer.boot().findModule(MODULE).map(engine::canRead).orElse(false);
    return new JvmFacts(
        readable,
        System.getProperty("java.vm.name", ""),
        System.getProperty("java.vm.version", ""),
        System.getProperty("java.vm.info", ""));
  }

  /** Why vectors would be slow or missing here, with the remedy; empty when nothing is known. */
  String obstacle() {
    if (!vectorModule) {
      return "module " + MODULE + " is not loaded; add " + MODULE_FLAG + " to the java command";
    }
    if (!vmName.contains("Server VM") || vmName.contains("OpenJ9")) {
      return "vectors are slow on " + vmName + "; run on a HotSpot server JVM";
    }
    if (vmInfo.contains("interpreted")) {
      return "the JVM only interprets; remove -Xint";
    }
    if (vmInfo.contains("emulated-client")) {
      return "the optimising compiler C2 is off; remove -XX:TieredStopAtLevel=1";
    }
    if (vmVersion.contains("jvmci")) {
      return "this JVM's compiler is not C2; run with C2, or try -Djanus.kernels=256";
    }
    return "";
  }
}
