package dev.janus.bench.table;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A JVM like this one, on the same class path, with the options of the product's launcher and some
 * more. It ends with this JVM at the latest.
 */
public final class JavaProcess {
  private static final List<String> LAUNCHER_OPTIONS = launcherOptions();
  private static final Map<String, String> ENVIRONMENT = Map.of("OMP_WAIT_POLICY", "passive");
  private static final String CACHE = "org.bytedeco.javacpp.cachedir";
  private static final String INCUBATOR = "WARNING: Using incubator modules";

  private final List<String> options;
  private final Map<String, String> environment;
  private final String classPath;

  private static List<String> launcherOptions() {
    List<String> options = new ArrayList<>();
    options.add("--add-modules=jdk.incubator.vector");
    options.add("--enable-native-access=ALL-UNNAMED");
    options.add("-XX:+UseG1GC");
    if (System.getProperty("os.name").equals("Linux")) {
      options.add("-XX:+UseTransparentHugePages");
    }
    return List.copyOf(options);
  }

  private JavaProcess(List<String> options, Map<String, String> environment, String classPath) {
    this.options = options;
    this.environment = environment;
    this.classPath = classPath;
  }

  /** A JVM with the launcher's options and these, which win. */
  public static JavaProcess withOptions(List<String> options) {
    return new JavaProcess(options, Map.of(), System.getProperty("java.class.path", ""));
  }

  /** The same with more environment. */
  public JavaProcess environment(Map<String, String> more) {
    return new JavaProcess(options, more, classPath);
  }

  /** The same with a class path of nothing but the jars of these classes. */
  public JavaProcess onClassPathOf(Class<?>... classes) {
    List<String> jars = new ArrayList<>();
    for (Class<?> type : classes) {
      URI jar = URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString());
      jars.add(Path.of(jar).toString());
    }
    return new JavaProcess(options, environment, String.join(File.pathSeparator, jars));
  }

  /**
   * Runs a main class to its end.
   *
   * @param output receives what it prints on stdout and stderr, line by line
   * @return why it failed; empty when it ended with exit code 0
   */
  public String run(Class<?> main, List<String> arguments, Duration limit, Consumer<String> output)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(main, arguments));
    builder.environment().putAll(ENVIRONMENT);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true);
    Process process = builder.start();
    Thread killer = new Thread(() -> kill(process));
    try {
      Runtime.getRuntime().addShutdownHook(killer); // throws when this JVM is ending already
      Thread reader = Thread.ofVirtual().start(() -> copy(process, output));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        kill(process);
        return "did not end within " + limit.toSeconds() + " s";
      }
      reader.join();
      return process.exitValue() == 0 ? "" : "exit code " + process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    } finally {
      kill(process);
      removeHook(killer);
    }
  }

  private List<String> command(Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LAUNCHER_OPTIONS);
    String cache = System.getProperty(CACHE, "");
    if (!cache.isEmpty()) {
      command.add("-D" + CACHE + "=" + cache);
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(arguments);
    return command;
  }

  private static void copy(Process process, Consumer<String> output) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null) {
        if (!line.startsWith(INCUBATOR)) {
          output.accept(line);
        }
        line = lines.readLine();
      }
    } catch (IOException e) {
      output.accept("its output cannot be read: " + e.getMessage());
    }
  }

  private static void kill(Process process) {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }

  private static void removeHook(Thread killer) {
    try {
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (IllegalStateException e) {
      // This JVM is ending: the hook does its work.
    }
  }
}
