package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.terminal.ExitCode;
import dev.janus.contract.ContractException;
import dev.janus.contract.MissingInputException;
import dev.janus.contract.OutputException;
import dev.janus.model.ModelException;
import dev.janus.model.OutputFailedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class ErrorReportTest {
  @Test
  void failedWritesAreTheirOwnExitCodeInAnyLanguage() {
    IOException full =
        new IOException("Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");
    assertThat(ErrorReport.code(new OutputException("a", full))).isEqualTo(ExitCode.CANNOT_CREATE);
    assertThat(ErrorReport.code(new OutputFailedException("a", full)))
        .isEqualTo(ExitCode.CANNOT_CREATE);
  }

  @Test
  void missingInputsAndDamagedOnesDiffer() {
    assertThat(ErrorReport.code(new MissingInputException("a"))).isEqualTo(ExitCode.NO_INPUT);
    assertThat(ErrorReport.code(new ContractException("no space left"))).isEqualTo(ExitCode.DATA);
    assertThat(ErrorReport.code(new ModelException("damaged"))).isEqualTo(ExitCode.DATA);
  }
}
