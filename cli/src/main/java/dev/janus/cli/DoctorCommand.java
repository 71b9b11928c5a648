package dev.janus.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.Json;
import dev.janus.cli.terminal.TextTable;
import dev.janus.engine.kernel.KernelSelection;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code janus doctor}: what this machine offers and what the product makes of it. */
@Command(
    name = "doctor",
    description = "Show JDK, compute kernels, cores, memory and GPU, and why they were chosen.",
    footer = {"  janus doctor", "  janus doctor --json"})
final class DoctorCommand extends JanusCommand {
  private static final long MIB = 1 << 20;

  DoctorCommand(CommandContext context) {
    super(context);
  }

  @Override
  ExitCode run() {
    Map<String, Object> facts = facts();
    if (context().json()) {
      context().terminal().out().print(Json.pretty(facts));
      return ExitCode.OK;
    }
    TextTable table = new TextTable("what", "found");
    facts.forEach((key, value) -> table.row(List.of(key.replace('_', ' '), value.toString())));
    table.lines().forEach(context()::print);
    return ExitCode.OK;
  }

  private Map<String, Object> facts() {
    Runtime runtime = Runtime.getRuntime();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("version", context().build().version());
    facts.put("commit", context().build().commit());
    facts.put("jdk", Runtime.version() + " " + System.getProperty("java.vendor", ""));
    facts.put("jdk_home", System.getProperty("java.home", ""));
    facts.put("jvm", System.getProperty("java.vm.name", ""));
    facts.put(
        "system",
        System.getProperty("os.name", "")
            + " "
            + System.getProperty("os.version", "")
            + " "
            + System.getProperty("os.arch", ""));
    KernelSelection kernels = KernelSelection.choose().measured();
    facts.put("kernels", kernels.explanation());
    facts.put("vector_bits", kernels.vectorBits());
    facts.put("scoring_kernels", scoring(kernels));
    facts.put("cores", runtime.availableProcessors());
    facts.put("heap_limit_mib", runtime.maxMemory() / MIB);
    facts.put("machine_memory_mib", machineMemory() / MIB);
    facts.put("gpu", "no: this build has no GPU module");
    return facts;
  }

  private static String scoring(KernelSelection kernels) {
    return kernels.origin() == KernelSelection.Origin.ASKED_FOR || kernels.vectorBits() == 0
        ? kernels.kernels().name()
        : "scalar at first, %s under load once compiled and faster; same bits"
            .formatted(kernels.kernels().name());
  }

  private static long machineMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
        ? os.getTotalMemorySize()
        : 0;
  }
}
