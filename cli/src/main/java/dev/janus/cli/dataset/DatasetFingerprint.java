package dev.janus.cli.dataset;

import dev.janus.contract.artifact.FlowMetadata;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether two extractions hold the same flows with the same labels. */
public final class DatasetFingerprint {
  private DatasetFingerprint() {}

  /** SHA-256 over start, end, packets and label of every flow, as 64 hexadecimal digits. */
  public static String of(FlowMetadata flows) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer numbers = ByteBuffer.allocate(3 * Long.BYTES);
      for (int i = 0; i < flows.size(); i++) {
        numbers.clear();
        numbers.putLong(flows.startMicros(i)).putLong(flows.endMicros(i)).putLong(flows.packets(i));
        digest.update(numbers.flip());
        digest.update((flows.label(i) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
