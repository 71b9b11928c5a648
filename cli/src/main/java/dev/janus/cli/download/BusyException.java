package dev.janus.cli.download;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/** The server cannot answer now. */
final class BusyException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private static final long UNSAID = -1;

  private final long waitNanos;

  /**
   * @param wait how long it asks to wait
   */
  BusyException(String message, Optional<Duration> wait) {
    super(message);
    this.waitNanos = wait.map(Duration::toNanos).orElse(UNSAID);
  }

  Optional<Duration> pause() {
    return waitNanos == UNSAID ? Optional.empty() : Optional.of(Duration.ofNanos(waitNanos));
  }
}
