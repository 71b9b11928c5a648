package dev.janus.cli.download;

import java.io.IOException;
import java.io.Serial;

/** What is here of a file cannot be continued; it has to be begun again. */
final class UselessPartException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  UselessPartException(String reason) {
    super(reason);
  }
}
