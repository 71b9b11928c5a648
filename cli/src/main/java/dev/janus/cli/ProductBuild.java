package dev.janus.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Which build this is; written into every result.
 *
 * @param version release or snapshot version
 * @param commit abbreviated git commit, "unknown" outside a checkout, with "+" when files differed
 */
public record ProductBuild(String version, String commit) {
  /** Reads what the build left in the jar. */
  public static ProductBuild read() {
    Properties properties = new Properties();
    try (InputStream in = ProductBuild.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = filled(properties, "commit");
    boolean dirty = filled(properties, "dirty").equals("true");
    return new ProductBuild(filled(properties, "version"), dirty ? commit + "+" : commit);
  }

  @Override
  public String toString() {
    return version + " (commit " + commit + ")";
  }

  private static String filled(Properties properties, String key) {
    String value = properties.getProperty(key, "");
    return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
  }
}
