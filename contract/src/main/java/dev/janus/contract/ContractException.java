package dev.janus.contract;

import java.io.Serial;

/**
 * A capture, label or artifact file that cannot be used. The message names the place (file and
 * offset, packet, row or column) and, where there is one, the fix. It is one line: control
 * characters that come from the file are shown as escapes. The subtypes tell a missing input and an
 * output that cannot be written from damaged content.
 */
public sealed class ContractException extends RuntimeException
    permits MissingInputException, OutputException {
  @Serial private static final long serialVersionUID = 1L;

  public ContractException(String message) {
    super(oneLine(message));
  }

  public ContractException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  private static String oneLine(String message) {
    if (message.chars().noneMatch(ContractException::breaksLines)) {
      return message;
    }
    StringBuilder line = new StringBuilder(message.length() + 16);
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (breaksLines(c)) {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }

  private static boolean breaksLines(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
