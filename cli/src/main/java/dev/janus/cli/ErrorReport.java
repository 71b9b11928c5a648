package dev.janus.cli;

import dev.janus.baselines.BaselineException;
import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import dev.janus.cli.terminal.StandardOutput;
import dev.janus.cli.terminal.Terminal;
import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.OutputException;
import dev.janus.engine.EngineException;
import dev.janus.model.MissingModelException;
import dev.janus.model.ModelException;
import dev.janus.model.OutputFailedException;
import dev.janus.train.TrainingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

  /**
   * Says what went wrong without ending the command; with --debug also where in the code.
   *
   * @param loss what there is not for it
   */
  static void warn(String loss, Throwable error, Terminal terminal) {
    terminal.warn("janus: warning: " + loss + ": " + message(error, code(error)));
    if (terminal.verbosity() == Terminal.Verbosity.DEBUG) {
      terminal.trace(error);
    }
  }

  static ExitCode code(Throwable error) {
    return switch (error) {
      case CliException cli -> cli.exitCode();
      case MissingInputException missing -> ExitCode.NO_INPUT;
      case OutputException output -> ExitCode.CANNOT_CREATE;
      case ContractException contract -> ExitCode.DATA;
      case MissingModelException missing -> ExitCode.NO_INPUT;
      case OutputFailedException output -> ExitCode.CANNOT_CREATE;
      case ModelException model -> ExitCode.DATA;
      case BaselineException baseline -> ExitCode.DATA;
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
}
