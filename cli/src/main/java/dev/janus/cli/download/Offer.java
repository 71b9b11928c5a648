package dev.janus.cli.download;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a publisher offers of a data set and on which conditions.
 *
 * @param name of the data set, as on the command line
 * @param title as the publisher writes it
 * @param page where the publisher describes it
 * @param licence what may be done with it, in a sentence
 * @param steps what a person does to get at the files, in order; empty when nothing is to be done
 * @param access what the server asks for
 * @param files what can be downloaded; names differ
 */
public record Offer(
    String name,
    String title,
    URI page,
    String licence,
    List<String> steps,
    Access access,
    List<RemoteFile> files) {
  /** What a server asks for before it hands out a file. */
  public enum Access {
    OPEN,
    /** The cookie that the publisher's form leaves in a browser. */
    COOKIE,
    /** A bearer token. */
    TOKEN
  }

  /**
   * @throws IllegalArgumentException when two files have one name
   */
  public Offer {
    steps = List.copyOf(steps);
    files = List.copyOf(files);
    Set<String> names = new HashSet<>();
    for (RemoteFile file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("files: two are named " + file.name());
      }
    }
  }
}
