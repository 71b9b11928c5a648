package dev.janus.contract;

import java.io.Serial;

/**
 * A capture, label or artifact file that cannot be used. The message names the place (file and
 * offset, packet, row or column) and, where there is one, the fix.
 */
public final class ContractException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  public ContractException(String message) {
    super(message);
  }

  public ContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
