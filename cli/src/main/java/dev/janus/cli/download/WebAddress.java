package dev.janus.cli.download;

import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Rules for the addresses that are fetched. */
public final class WebAddress {
  /** Whether addresses without encryption are fetched. */
  public enum PlainHttp {
    /** Only from this machine. */
    LOCAL,
    ALLOWED
  }

  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");
  private static final Pattern UNUSUAL = Pattern.compile("[^A-Za-z0-9_.,+() -]");
  private static final Pattern FILE_PARAMETER = Pattern.compile("(?:^|&)file=([^&]*)");

  private WebAddress() {}

  /**
   * Parses an address and checks that it may be fetched.
   *
   * @throws CliException with {@link ExitCode#USAGE}; never repeats more than host and path
   */
  public static URI parse(String text, PlainHttp plain) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      // Without the cause, whose message repeats the whole text and with it what may be secret.
      throw new CliException(
          ExitCode.USAGE, "not a web address (blanks must be written as %20): " + bare(text));
    }
    refusal(url, plain)
        .ifPresent(reason -> {
          throw new CliException(ExitCode.USAGE, shown(url) + ": " + reason);
        });
    return url;
  }

  /** Why an address is not fetched, if it is not. */
  public static Optional<String> refusal(URI url, PlainHttp plain) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      return Optional.of("only https addresses are fetched");
    }
    if (url.getHost() == null) {
      return Optional.of("names no host");
    }
    if (url.getRawUserInfo() != null) {
      return Optional.of("no passwords in addresses; use --token-file or --cookie-file");
    }
    if (scheme.equals("http") && plain == PlainHttp.LOCAL && !isLocal(url)) {
      return Optional.of("http is not encrypted; use https, or --allow-http if there is none");
    }
    return Optional.empty();
  }

  /** Whether it is on this machine. */
  static boolean isLocal(URI url) {
    return LOCAL_HOSTS.contains(String.valueOf(url.getHost()).toLowerCase(Locale.ROOT));
  }

  /** Whether nobody on the way can read what is sent there. */
  static boolean isPrivate(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || isLocal(url);
  }

  /** Whether both have the same scheme, host and port: the same party. */
  static boolean sameOrigin(URI a, URI b) {
    return String.valueOf(a.getScheme()).equalsIgnoreCase(b.getScheme())
        && String.valueOf(a.getHost()).equalsIgnoreCase(b.getHost())
        && port(a) == port(b);
  }

  private static int port(URI url) {
    if (url.getPort() >= 0) {
      return url.getPort();
    }
    return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
  }

  /** For messages: without the query, which may hold a signature or a token. */
  static String shown(URI url) {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String query = url.getRawQuery() == null ? "" : "?...";
    return url.getScheme() + "://" + url.getHost() + port + url.getRawPath() + query;
  }

  private static String bare(String text) {
    String start = text.strip().split("[?#]", 2)[0];
    return start.replaceFirst("//[^/@]*@", "//");
  }

  /**
   * A name for the file at an address: the end of its path, or of the query's {@code file=} where
   * the path is a program. Letters that are no good in file names become {@code _}.
   */
  static String fileName(URI url) {
    String path = String.valueOf(url.getPath());
    String name = path.substring(path.lastIndexOf('/') + 1);
    var parameter = FILE_PARAMETER.matcher(String.valueOf(url.getRawQuery()));
    if (parameter.find()) {
      String file;
      try {
        file = URLDecoder.decode(parameter.group(1), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        file = parameter.group(1);
      }
      name = file.substring(file.lastIndexOf('/') + 1);
    }
    String clean = UNUSUAL.matcher(name).replaceAll("_").strip().replaceAll("^\\.+|[. ]+$", "");
    return clean.isEmpty() ? "download" : clean;
  }
}
