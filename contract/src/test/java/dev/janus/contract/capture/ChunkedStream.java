package dev.janus.contract.capture;

import java.io.ByteArrayInputStream;
import java.util.SplittableRandom;

/** Hands out bytes in pieces of random size and claims never to have any available. */
final class ChunkedStream extends ByteArrayInputStream {
  private final SplittableRandom random;
  private final int longest;

  ChunkedStream(byte[] bytes, long seed, int longest) {
    super(bytes);
    this.random = new SplittableRandom(seed);
    this.longest = longest;
  }

  @Override
  public synchronized int read(byte[] bytes, int offset, int length) {
    return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(longest)));
  }

  @Override
  public synchronized int available() {
    return 0;
  }
}
