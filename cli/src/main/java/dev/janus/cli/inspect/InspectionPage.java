package dev.janus.cli.inspect;

import dev.janus.cli.report.BarChartSvg;
import dev.janus.cli.report.HtmlPage;
import dev.janus.cli.terminal.TextTable;
import dev.janus.contract.flow.ExtractionReport.CaptureReport;
import java.util.List;

/** An inspection as a page that needs nothing but itself. */
public final class InspectionPage {
  private InspectionPage() {}

  /**
   * The page.
   *
   * @param build which build made it
   */
  public static String of(Inspection inspection, String build) {
    HtmlPage page = new HtmlPage("JANUS inspection");
    if (inspection.report().stopped()) {
      page.paragraph("Reading was interrupted: the figures are those of a part.");
    }
    page.heading("Captures").table(InspectionText.captures(inspection));
    page.heading("What they hold").entries(InspectionText.facts(inspection));
    TextTable issues = new TextTable("capture", "issue");
    List<CaptureReport> captures = inspection.captures();
    for (int i = 0; i < captures.size(); i++) {
      for (String issue : InspectionText.issues(captures.get(i).statistics())) {
        issues.row(inspection.nameOf(i), issue);
      }
    }
    if (!issues.rows().isEmpty()) {
      page.heading("Issues").table(issues);
    }
    chart(page, "Packets per flow", inspection.flows().lengths());
    chart(page, "Size of kept packets, bytes of the IP datagram", inspection.flows().sizes());
    TextTable losses = new TextTable("what", "how many", "what would keep it");
    for (Loss loss : Loss.of(inspection)) {
      String count = loss.count().isPresent() ? TextTable.count(loss.count().getAsLong()) : "";
      losses.row(loss.what(), count, loss.remedy());
    }
    page.heading("What an extraction with these options would lose or blur");
    if (losses.rows().isEmpty()) {
      page.paragraph("Nothing.");
    } else {
      page.table(losses);
    }
    return page.paragraph("Made by janus " + build + ".").text();
  }

  private static void chart(HtmlPage page, String title, CountHistogram histogram) {
    List<CountHistogram.Bin> bins = histogram.bins();
    if (!bins.isEmpty()) {
      page.heading(title)
          .raw(
              BarChartSvg.draw(
                  title,
                  bins.stream().map(CountHistogram.Bin::label).toList(),
                  bins.stream().mapToLong(CountHistogram.Bin::count).toArray()));
    }
  }
}
