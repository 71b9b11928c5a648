package dev.janus.cli.report;

import java.util.List;

/** A report as a page that needs nothing but itself. */
final class HtmlDocument {
  private HtmlDocument() {}

  static String of(String title, List<ReportBlock> blocks) {
    HtmlPage page = HtmlPage.wide(title);
    blocks.forEach(block -> add(page, block));
    return page.text();
  }

  private static void add(HtmlPage page, ReportBlock block) {
    switch (block) {
      case ReportBlock.Heading heading -> heading(page, heading);
      case ReportBlock.Words words -> page.paragraph(words.text());
      case ReportBlock.Table table -> page.table(table.table());
      case ReportBlock.Matrix matrix -> page.matrix(matrix.name(), matrix.table(), matrix.best());
      case ReportBlock.Entries entries -> page.entries(entries.entries());
      case ReportBlock.Contents contents -> contents(page, contents);
      case ReportBlock.Figures figures -> figures(page, figures);
      case ReportBlock.Gallery gallery -> gallery(page, gallery);
    }
  }

  private static void heading(HtmlPage page, ReportBlock.Heading heading) {
    String id = heading.id().isEmpty() ? "" : " id=\"" + HtmlPage.escaped(heading.id()) + '"';
    page.raw(
        "<h%d%s>%s</h%d>\n"
            .formatted(heading.level(), id, HtmlPage.escaped(heading.text()), heading.level()));
  }

  private static void contents(HtmlPage page, ReportBlock.Contents contents) {
    StringBuilder links = new StringBuilder("<p class=\"contents\">");
    contents
        .names()
        .forEach((id, name) ->
            links.append(
                "<a href=\"#%s\">%s</a> ".formatted(HtmlPage.escaped(id), HtmlPage.escaped(name))));
    page.raw(links.append("</p>\n").toString());
  }

  private static void figures(HtmlPage page, ReportBlock.Figures figures) {
    keys(page, figures.keys());
    page.raw(
        figures.size() == Chart.Size.LARGE ? "<div class=\"large\">\n" : "<div class=\"small\">\n");
    for (ReportBlock.Figure figure : figures.figures()) {
      page.raw("<figure><figcaption>" + HtmlPage.escaped(figure.caption()) + "</figcaption>\n");
      keys(page, figure.keys());
      page.raw(figure.svg());
      page.raw("</figure>\n");
    }
    page.raw("</div>\n");
  }

  private static void keys(HtmlPage page, List<ReportBlock.Key> keys) {
    if (keys.isEmpty()) {
      return;
    }
    StringBuilder text = new StringBuilder("<p class=\"keys\">");
    for (ReportBlock.Key key : keys) {
      text.append(
          "<span><span class=\"key %s\"></span> %s</span> "
              .formatted(HtmlPage.escaped(key.style()), HtmlPage.escaped(key.name())));
    }
    page.raw(text.append("</p>\n").toString());
  }

  private static void gallery(HtmlPage page, ReportBlock.Gallery gallery) {
    keys(page, gallery.keys());
    page.raw("<div class=\"large\">\n");
    for (ReportBlock.Card card : gallery.cards()) {
      page.raw("<article><h4>" + HtmlPage.escaped(card.title()) + "</h4>\n");
      card.facts().forEach(page::paragraph);
      page.raw(card.svg());
      list(page, card.evidence());
      page.raw("</article>\n");
    }
    page.raw("</div>\n");
  }

  private static void list(HtmlPage page, List<String> lines) {
    if (!lines.isEmpty()) {
      page.raw("<ul>\n");
      lines.forEach(line -> page.raw("<li>" + HtmlPage.escaped(line) + "</li>\n"));
      page.raw("</ul>\n");
    }
  }
}
