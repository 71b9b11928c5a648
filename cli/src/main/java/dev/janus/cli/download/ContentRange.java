package dev.janus.cli.download;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header that says which part of a file an answer holds.
 *
 * @param first position of the first byte; -1 when the answer holds none
 * @param last position of the last byte; -1 when the answer holds none
 * @param total size of the file, if it is stated
 */
record ContentRange(long first, long last, OptionalLong total) {
  private static final Pattern FORM =
      Pattern.compile("bytes\\s+(?:([0-9]{1,18})-([0-9]{1,18})|\\*)/([0-9]{1,18}|\\*)");

  static Optional<ContentRange> parse(String header) {
    Matcher matcher = FORM.matcher(header.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    boolean some = matcher.group(1) != null;
    long first = some ? Long.parseLong(matcher.group(1)) : -1;
    long last = some ? Long.parseLong(matcher.group(2)) : -1;
    OptionalLong total =
        matcher.group(3).equals("*")
            ? OptionalLong.empty()
            : OptionalLong.of(Long.parseLong(matcher.group(3)));
    boolean ordered = last >= first && (total.isEmpty() || last < total.getAsLong());
    return ordered ? Optional.of(new ContentRange(first, last, total)) : Optional.empty();
  }
}
