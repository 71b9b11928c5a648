package dev.janus.contract.artifact;

import dev.janus.contract.OutputException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says in a few words why a file operation failed; the JDK's messages are often only the path. */
final class FileFailure {
  private FileFailure() {}

  /** That a file could not be written, and why. */
  static OutputException writing(Path file, IOException failure) {
    return new OutputException(file + ": cannot be written: " + reason(failure), failure);
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
