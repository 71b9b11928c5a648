package dev.janus.cli;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.StandardOutput;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.ContractException;
import dev.janus.engine.EngineException;
import dev.janus.model.ModelException;
import dev.janus.train.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Turns whatever ended a command into one line on stderr and an exit code. */
final class ErrorReport {
  private ErrorReport() {}

  /**
   * Says what went wrong; with --debug also where in the code. That nobody reads the output any
   * more is not worth a word.
   */
  static ExitCode print(Throwable error, Terminal terminal) {
    if (error instanceof StandardOutput.ReaderGone) {
      return ExitCode.OK;
    }
    ExitCode code = code(error);
    terminal.warn("janus: " + message(error, code));
    if (terminal.verbosity() == Terminal.Verbosity.DEBUG) {
      terminal.trace(error);
    }
    return code;
  }

  static ExitCode code(Throwable error) {
    if (isDiskFull(error)) {
      return ExitCode.CANNOT_CREATE;
    }
    return switch (error) {
      case CliException cli -> cli.exitCode();
      case ContractException contract when hasCause(contract, NoSuchFileException.class) ->
          ExitCode.NO_INPUT;
      case ContractException contract -> ExitCode.DATA;
      case ModelException model -> ExitCode.DATA;
      case TrainingException training -> ExitCode.DATA;
      case EngineException engine -> ExitCode.UNAVAILABLE;
      case NoSuchFileException missing -> ExitCode.NO_INPUT;
      case OutOfMemoryError memory -> ExitCode.UNAVAILABLE;
      default -> ExitCode.INTERNAL;
    };
  }

  private static String message(Throwable error, ExitCode code) {
    return switch (error) {
      case OutOfMemoryError memory ->
          "not enough memory; give the JVM more, e.g. JANUS_JAVA_OPTIONS=-Xmx8g (now "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB)";
      case UncheckedIOException io when io.getCause() != null -> describe(io.getCause());
      case IOException io -> describe(io);
      default -> {
        String text = oneLine(String.valueOf(error.getMessage()));
        yield code == ExitCode.INTERNAL
            ? "internal error: "
                + error.getClass().getSimpleName()
                + ": "
                + text
                + " (run again with --debug for the stack trace and report it)"
            : text;
      }
    };
  }

  private static String describe(IOException e) {
    if (e instanceof FileSystemException file && file.getFile() != null) {
      return file.getFile() + ": " + InputFiles.reason(e);
    }
    return oneLine(InputFiles.reason(e));
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDiskFull(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      String message = t instanceof IOException ? t.getMessage() : null;
      if (message != null
          && (message.toLowerCase(Locale.ROOT).contains("no space left")
              || message.toLowerCase(Locale.ROOT).contains("disk quota"))) {
        return true;
      }
    }
    return false;
  }
}
