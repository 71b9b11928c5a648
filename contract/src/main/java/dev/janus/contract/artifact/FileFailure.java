package dev.janus.contract.artifact;

import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Says in a few words why a file operation failed; the JDK's messages are often only the path. */
final class FileFailure {
  /** A hidden name; its group is what it will be. */
  private static final Pattern UNFINISHED =
      Pattern.compile(
          "(?<![^/\\\\])\\.([^/\\\\]+)\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
              + Pattern.quote(TemporaryPath.UNFINISHED)
              + "(?![^/\\\\])");

  /** What systems say of a disk or a share of it that is full. */
  private static final Pattern FULL =
      Pattern.compile(
          "no space left|not enough space|quota exceeded|disk is full", Pattern.CASE_INSENSITIVE);

  private FileFailure() {}

  /**
   * That a file could not be written, and why. A file in a folder that has its hidden name still,
   * see {@link TemporaryPath}, is named as it was to be.
   */
  static OutputException writing(Path file, IOException failure) {
    String reason = reason(failure);
    String fix = FULL.matcher(reason).find() ? "; make room there" : "";
    return new OutputException(
        UNFINISHED.matcher(file.toString()).replaceAll("$1")
            + ": cannot be written: "
            + reason
            + fix,
        failure);
  }

  static String reason(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> "no such file or folder";
      case AccessDeniedException e -> "permission denied";
      case NotDirectoryException e -> "not a folder";
      case FileAlreadyExistsException e -> "a file of that name is in the way";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      case IOException e when e.getMessage() != null -> e.getMessage();
      default -> failure.toString();
    };
  }
}
