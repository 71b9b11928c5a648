package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Size and SHA-256 of files as they lie on the disk. */
final class FileDigest {
  private static final int CHUNK = 1 << 18;

  private FileDigest() {}

  /** Reads the whole file. */
  static StoreIndex.StoredFile of(Path file) {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long bytes = 0;
    try (FileChannel channel = FileChannel.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      while (channel.read(chunk.clear()) >= 0) {
        bytes += chunk.position();
        digest.update(chunk.flip());
      }
      return new StoreIndex.StoredFile(bytes, HexFormat.of().formatHex(digest.digest()));
    } catch (IOException e) {
      throw new ContractException(file + ": cannot be read: " + FileFailure.reason(e), e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
