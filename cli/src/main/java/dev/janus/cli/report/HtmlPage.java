package dev.janus.cli.report;

import dev.janus.cli.terminal.TextTable;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A page that needs nothing but itself, built from top to bottom. Not thread-safe. */
public final class HtmlPage {
  private static final String STYLE =
      """
      :root { color-scheme: light dark; --ground: #fff; --ink: #1a1a1a; --faint: #5f5f5f; --rule: #ddd; --grid: #e6e6e6; --shade: #8883;
        --s1: #0063a8; --s2: #c84b00; --s3: #00795a; --s4: #a0528c; --s5: #8a6500; --s6: #4a4a4a;
        --benign: #2a6fae; --attack: #d2500a; --packet: #7b8794; }
      @media (prefers-color-scheme: dark) { :root { --ground: #161616; --ink: #e8e8e8; --faint: #aaa; --rule: #444; --grid: #303030; --shade: #9994;
        --s1: #5cb3ee; --s2: #ff9a52; --s3: #3fc79d; --s4: #e39acb; --s5: #e3bd4f; --s6: #bdbdbd;
        --benign: #5aa9e6; --attack: #ff9046; --packet: #8b97a5; } }
      * { box-sizing: border-box; }
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 48rem; margin: 2rem auto; padding: 0 1rem; background: var(--ground); color: var(--ink); }
      body.wide { max-width: 72rem; } body.wide > p { max-width: 48rem; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.25rem; margin-top: 2.5rem; } h3 { font-size: 1.05rem; margin-top: 2rem; } h4 { font-size: 1rem; margin: 0; }
      h1, h2, h3, h4 { overflow-wrap: anywhere; } a { color: var(--s1); } .contents a { margin-right: 1rem; }
      table { border-collapse: collapse; font-size: .9rem; margin: 1rem 0; } th, td { padding: .2rem .9rem .2rem 0; text-align: right; vertical-align: top; border-bottom: 1px solid var(--rule); font-variant-numeric: tabular-nums; }
      th { font-weight: 600; vertical-align: bottom; } th.text, td.text { text-align: left; overflow-wrap: break-word; } .many { font-size: .85rem; } .many th, .many td { padding-right: .7rem; } .many th:first-child, .many td:first-child { min-width: 6rem; overflow-wrap: anywhere; }
      .scroll { overflow-x: auto; max-width: 100%; margin: 1rem 0; } .matrix { margin: 0; font-size: .8rem; border-collapse: separate; border-spacing: 0; } .matrix th, .matrix td { padding: .15rem .45rem; white-space: nowrap; }
      .matrix thead th { font-weight: 400; text-align: left; } .matrix thead th span { writing-mode: vertical-rl; transform: rotate(180deg); } .matrix thead th:first-child span { writing-mode: horizontal-tb; transform: none; display: inline-block; }
      .matrix th:first-child { position: sticky; left: 0; background: var(--ground); text-align: left; min-width: 7rem; max-width: 9rem; white-space: normal; overflow-wrap: anywhere; } .matrix .best { font-weight: 700; background: var(--shade); }
      svg { display: block; width: 100%; height: auto; } svg text { font-size: 12px; fill: currentColor; }
      .benign { fill: var(--benign); fill-opacity: .55; } .attack { fill: var(--attack); fill-opacity: .55; }
      .count { fill: var(--s1); fill-opacity: .7; } .axis { stroke: currentColor; } .grid { stroke: var(--grid); }
      .line { fill: none; stroke-width: 1.8; stroke-linejoin: round; } .dotted { stroke-dasharray: 2 4; } .band, .unsure { fill: var(--shade); } .even { stroke: var(--faint); stroke-dasharray: 5 4; }
      .s1 { stroke: var(--s1); background: var(--s1); } .s2 { stroke: var(--s2); background: var(--s2); } .s3 { stroke: var(--s3); background: var(--s3); }
      .s4 { stroke: var(--s4); background: var(--s4); } .s5 { stroke: var(--s5); background: var(--s5); } .s6 { stroke: var(--s6); background: var(--s6); }
      .packet { fill: var(--packet); background: var(--packet); } .psh { fill: var(--s1); background: var(--s1); } .syn { fill: var(--s3); background: var(--s3); }
      .fin { fill: var(--s4); background: var(--s4); } .rst { fill: var(--s2); background: var(--s2); } .gap { fill: var(--s6); } svg .lane { fill: var(--faint); font-size: 11px; } svg .flag { font-size: 10px; font-weight: 600; }
      .key { display: inline-block; width: .8em; height: .8em; } .key.benign { background: var(--benign); } .key.attack { background: var(--attack); } .key.even { background: var(--faint); } .key.band, .key.unsure { background: var(--shade); }
      .keys { font-size: .9rem; margin: .5rem 0; } .keys > span { margin-right: 1rem; white-space: nowrap; }
      .large, .small { display: grid; gap: 1rem 1.5rem; margin: 1rem 0; align-items: start; } .small { align-items: end; } .large { grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); } .small { grid-template-columns: repeat(auto-fill, minmax(12.5rem, 1fr)); }
      figure { margin: 0; } figcaption { font-size: .9rem; overflow-wrap: anywhere; } article { border-top: 1px solid var(--rule); padding-top: .6rem; } article p, article ul { margin: .2rem 0; font-size: .9rem; overflow-wrap: anywhere; } article ul { padding-left: 1.2rem; }
      dl { display: grid; grid-template-columns: minmax(6rem, max-content) 1fr; gap: .1rem 1rem; margin: 1rem 0; } dt { color: var(--faint); overflow-wrap: anywhere; } dd { margin: 0; overflow-wrap: anywhere; }
      @media (max-width: 68rem) {
        table.many, .many tbody { display: block; } .many thead { display: none; } .many tr { display: grid; grid-template-columns: 1fr 1fr; gap: 0 1.5rem; padding: .5rem 0; border-bottom: 1px solid var(--rule); }
        .many td, .many td.text { display: flex; justify-content: space-between; gap: 1rem; padding: 0; border: 0; text-align: right; } .many td::before { content: attr(data-label); color: var(--faint); text-align: left; }
        .many td:first-child { grid-column: 1 / -1; font-weight: 600; justify-content: start; } .many td:first-child::before, .many td:empty { display: none; }
      }
      """;

  private static final int NARROW_COLUMNS = 4;

  private final StringBuilder page = new StringBuilder();

  /** Starts a page of words and narrow tables. */
  public HtmlPage(String title) {
    this(title, "");
  }

  private HtmlPage(String title, String layout) {
    page.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<title>").append(escaped(title)).append("</title>\n<style>\n").append(STYLE);
    page.append("</style>\n</head>\n<body").append(layout).append(">\n<h1>");
    page.append(escaped(title)).append("</h1>\n");
  }

  /** Starts a page with room for wide tables and for figures side by side. */
  static HtmlPage wide(String title) {
    return new HtmlPage(title, " class=\"wide\"");
  }

  public HtmlPage heading(String text) {
    page.append("<h2>").append(escaped(text)).append("</h2>\n");
    return this;
  }

  public HtmlPage paragraph(String text) {
    page.append("<p>").append(escaped(text)).append("</p>\n");
    return this;
  }

  /** A table; where many columns have no room, each of its rows becomes a block of its own. */
  public HtmlPage table(TextTable table) {
    boolean many = table.headers().size() > NARROW_COLUMNS;
    page.append(many ? "<table class=\"many\">\n<thead>" : "<table>\n<thead>");
    row("th", table, table.headers());
    page.append("</thead>\n<tbody>\n");
    table.rows().forEach(cells -> row("td", table, cells));
    page.append("</tbody></table>\n");
    return this;
  }

  /**
   * A wide table that scrolls in a box of its own, its first column staying.
   *
   * @param name what it tells, for who cannot see it
   * @param best columns of the best figures of each row, which are marked
   */
  HtmlPage matrix(String name, TextTable table, List<Set<Integer>> best) {
    page.append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
        .append(escaped(name))
        .append("\">\n<table class=\"matrix\">\n<thead><tr>");
    for (String header : table.headers()) {
      page.append("<th scope=\"col\"><span>").append(escaped(header)).append("</span></th>");
    }
    page.append("</tr>\n</thead>\n<tbody>\n");
    for (int row = 0; row < table.rows().size(); row++) {
      List<String> cells = table.rows().get(row);
      page.append("<tr><th scope=\"row\">").append(escaped(cells.getFirst())).append("</th>");
      for (int column = 1; column < cells.size(); column++) {
        page.append(best.get(row).contains(column) ? "<td class=\"best\">" : "<td>")
            .append(escaped(cells.get(column)))
            .append("</td>");
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table>\n</div>\n");
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

  private void row(String tag, TextTable table, List<String> cells) {
    page.append("<tr>");
    for (int column = 0; column < cells.size(); column++) {
      page.append('<').append(tag);
      if (column == 0 || !table.isNumeric(column)) {
        page.append(" class=\"text\"");
      }
      if (tag.equals("td")) {
        page.append(" data-label=\"").append(escaped(table.headers().get(column))).append('"');
      }
      page.append('>').append(escaped(cells.get(column)));
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
