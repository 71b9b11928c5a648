package dev.janus.contract.json;

import java.io.Serial;

/** Text that is not strict JSON, or a value that JSON cannot hold; the message is one line. */
public final class JsonException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  JsonException(String message) {
    super(printable(message));
  }

  JsonException(String message, Throwable cause) {
    super(printable(message), cause);
  }

  /** Keys of a damaged text may hold anything. */
  private static String printable(String message) {
    return message.replaceAll("[\\p{Cc}\\u2028\\u2029]", "?");
  }
}
