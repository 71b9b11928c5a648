package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;

/** A page that needs nothing but itself, built from top to bottom. Not thread-safe. */
public final class HtmlPage {
  private static final String STYLE =
      """
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
      table { border-collapse: collapse; } th, td { padding: .2rem .8rem .2rem 0; text-align: right; border-bottom: 1px solid #ddd; font-variant-numeric: tabular-nums; }
      th:first-child, td:first-child { text-align: left; }
      svg { width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
      .benign { fill: #1b7837; fill-opacity: .55; } .attack { fill: #b2182b; fill-opacity: .55; }
      .count { fill: #2166ac; fill-opacity: .7; } .axis { stroke: currentColor; } .key { display: inline-block; width: .8em; height: .8em; }
      .b { background: #1b7837; } .a { background: #b2182b; }
      dt { float: left; clear: left; width: 9rem; color: #666; } dd { margin-left: 9.5rem; overflow-wrap: anywhere; }
      @media (prefers-color-scheme: dark) { body { background: #161616; color: #e8e8e8; } th, td { border-color: #444; } dt { color: #aaa; } }
      """;

  private final StringBuilder page = new StringBuilder();

  /** Starts the page. */
  public HtmlPage(String title) {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(escaped(title)).append("</title>\n<style>\n").append(STYLE);
    page.append("</style>\n</head>\n<body>\n<h1>").append(escaped(title)).append("</h1>\n");
  }

  public HtmlPage heading(String text) {
    page.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  public HtmlPage paragraph(String text) {
    page.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  public HtmlPage table(TextTable table) {
    page.append("<table>\n");
    row("th", table.headers());
    table.rows().forEach(cells -> row("td", cells));
    page.append("</table>\n");
    return this;
  }

  /** Names with what they stand for. */
  public HtmlPage entries(Map<String, String> entries) {
    page.append("<dl>\n");
    entries.forEach((name, value) -> {
      page.append("<dt>").append(escaped(name)).append("</dt>");
      page.append("<dd>").append(escaped(value)).append("</dd>\n");
    });
    page.append("</dl>\n");
    return this;
  }

  /** HTML as it is. */
  public HtmlPage raw(String html) {
    page.append(html);
    return this;
  }

  /** The whole page. */
  public String text() {
    return page + "</body>\n</html>\n";
  }

  private void row(String tag, List<String> cells) {
    page.append("<tr>");
    for (String cell : cells) {
      page.append('<').append(tag).append('>').append(escaped(cell));
      page.append("</").append(tag).append('>');
    }
    page.append("</tr>\n");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
