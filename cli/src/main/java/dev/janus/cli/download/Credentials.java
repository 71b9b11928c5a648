package dev.janus.cli.download;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * What a user shows a server: a token, cookies, both or nothing. They come from files or from the
 * environment, never from the command line, where every user of the machine can read them, and no
 * message repeats them. A token goes to the host of the first request alone; cookies to the hosts
 * they name, or, where they name none, likewise. Nothing is sent where others can read along.
 */
public final class Credentials {
  /** Environment variable with a bearer token. */
  public static final String TOKEN_VARIABLE = "JANUS_DOWNLOAD_TOKEN";

  /** Environment variable with cookies as in a {@code Cookie} header. */
  public static final String COOKIE_VARIABLE = "JANUS_DOWNLOAD_COOKIE";

  private static final long MAX_BYTES = 1 << 16;

  private final String token;
  private final List<Cookie> cookies;

  private Credentials(String token, List<Cookie> cookies) {
    this.token = token;
    this.cookies = List.copyOf(cookies);
  }

  /** Nothing at all. */
  public static Credentials none() {
    return new Credentials("", List.of());
  }

  /**
   * Reads what is given; a file wins over the environment.
   *
   * @param warning told when others can read a file
   * @throws CliException when a file cannot be read or holds something else
   */
  public static Credentials read(
      Optional<Path> tokenFile,
      Optional<Path> cookieFile,
      Map<String, String> environment,
      Consumer<String> warning) {
    Optional<String> token =
        tokenFile
            .map(file -> text(file, warning))
            .or(() -> Optional.ofNullable(environment.get(TOKEN_VARIABLE)));
    Optional<String> cookies =
        cookieFile
            .map(file -> text(file, warning))
            .or(() -> Optional.ofNullable(environment.get(COOKIE_VARIABLE)));
    String tokenPlace = tokenFile.map(Path::toString).orElse(TOKEN_VARIABLE);
    String cookiePlace = cookieFile.map(Path::toString).orElse(COOKIE_VARIABLE);
    return new Credentials(
        token.map(text -> token(text, tokenPlace)).orElse(""),
        cookies.map(text -> cookies(text, cookiePlace)).orElse(List.of()));
  }

  private static String text(Path file, Consumer<String> warning) {
    InputFiles.requireFile(file);
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new CliException(ExitCode.DATA, file + ": too large for a token or for cookies");
      }
      warnIfOthersRead(file, warning);
      return Files.readString(file);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static void warnIfOthersRead(Path file, Consumer<String> warning) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    var allowed = Files.getPosixFilePermissions(file);
    if (allowed.contains(PosixFilePermission.OTHERS_READ)
        || allowed.contains(PosixFilePermission.GROUP_READ)) {
      warning.accept(file + ": other users can read it; chmod 600 keeps it to yourself");
    }
  }

  private static String token(String text, String place) {
    String token = text.strip().replaceFirst("(?i)^(authorization:\\s*)?bearer\\s+", "");
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      throw new CliException(ExitCode.DATA, place + ": must hold one token and nothing else");
    }
    return token;
  }

  private static List<Cookie> cookies(String text, String place) {
    try {
      return Cookie.parse(text);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          ExitCode.DATA,
          place + ": " + e.getMessage() + "; expected name=value or a browser's cookies.txt",
          e);
    }
  }

  public boolean hasToken() {
    return !token.isEmpty();
  }

  public boolean hasCookies() {
    return !cookies.isEmpty();
  }

  /** Headers that go with a request, after a chain of redirects that began at the origin. */
  Map<String, String> headersFor(URI request, URI origin) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!WebAddress.isPrivate(request)) {
      return headers;
    }
    if (!token.isEmpty() && WebAddress.sameOrigin(request, origin)) {
      headers.put("Authorization", "Bearer " + token);
    }
    String pairs =
        cookies.stream()
            .filter(cookie -> cookie.goesTo(request, origin))
            .map(Cookie::pair)
            .collect(Collectors.joining("; "));
    if (!pairs.isEmpty()) {
      headers.put("Cookie", pairs);
    }
    return headers;
  }
}
