package dev.janus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.janus.cli.config.DatasetDescriptionReader;
import dev.janus.contract.flow.EndReason;
import dev.janus.contract.flow.Flow;
import dev.janus.contract.flow.FlowOrigin;
import dev.janus.contract.flow.FlowPart;
import dev.janus.contract.flow.FlowStart;
import dev.janus.contract.flow.FlowTuple;
import dev.janus.contract.flow.IpAddress;
import dev.janus.contract.label.AttemptedFlows;
import dev.janus.contract.label.LabelPolicy;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every description that the product brings along, against invented label files in the real form of
 * each data set: its header, its way of writing times, ports and labels.
 */
final class PublishedDatasetsTest {
  private static final Path DESCRIPTIONS = CliRun.HOME.resolve("configs/datasets");

  private static final String CIC_2017_HEADER =
      "Flow ID, Source IP, Source Port, Destination IP, Destination Port, Protocol, Timestamp, Flow"
          + " Duration, Total Fwd Packets, Total Backward Packets,Total Length of Fwd Packets, Total"
          + " Length of Bwd Packets, Fwd Packet Length Max, Fwd Header Length, Bwd Header Length,Fwd"
          + " Packets/s,Flow Bytes/s, Flow Packets/s, Fwd Header Length,Fwd Avg Bytes/Bulk, Active"
          + " Mean, Idle Min, Label";
  private static final String CIC_2019_HEADER =
      "Unnamed: 0,Flow ID, Source IP, Source Port, Destination IP, Destination Port, Protocol,"
          + " Timestamp, Flow Duration, Total Fwd Packets, Total Backward Packets,Flow Bytes/s, Flow"
          + " Packets/s, Fwd Header Length, Fwd Header Length.1,SimillarHTTP, Inbound, Label";
  private static final String CIC_2018_HEADER =
      "Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Flow Duration,Tot Fwd Pkts,Tot Bwd"
          + " Pkts,TotLen Fwd Pkts,TotLen Bwd Pkts,Flow Byts/s,Flow Pkts/s,Idle Min,Label";

  @TempDir private Path folder = Path.of("");

  static Stream<String> descriptions() throws IOException {
    try (Stream<Path> files = Files.list(DESCRIPTIONS)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".yaml") && !name.endsWith("-windows.yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("descriptions")
  void everyDescriptionIsReadAndIsCalledAsItsFile(String name) {
    assertThat(DatasetDescriptionReader.read(DESCRIPTIONS.resolve(name)).name() + ".yaml")
        .isEqualTo(name);
  }

  @Test
  void allDataSetsOfTheOriginalAreDescribed() throws IOException {
    assertThat(descriptions())
        .contains(
            "cicids2017.yaml",
            "cicddos2019.yaml",
            "iscxtor2016.yaml",
            "ciciot2023.yaml",
            "cse-cic-ids2018.yaml",
            "unsw-nb15.yaml",
            "testbed-a.yaml",
            "testbed-c.yaml");
  }

  @Test
  void cicIds2017HasMinutesOnATwelveHourClockAndABrokenDash() throws IOException {
    Charset western = Charset.forName("windows-1252");
    for (String file :
        List.of("Tuesday-WorkingHours", "Thursday-WorkingHours-Morning-WebAttacks")) {
      write(
          file + ".pcap_ISCX.csv",
          western,
          CIC_2017_HEADER,
          cic("172.16.0.1", 44400, "192.168.10.50", 80, 6, "6/7/2017 9:15", "Web Attack – XSS"),
          cic("8.6.0.1", 0, "8.0.6.4", 0, 0, "6/7/2017 9:15", "BENIGN"),
          ",,,,,,,,,,,,,,,,,,,,,,");
    }
    write(
        "Thursday-WorkingHours-Afternoon-Infilteration.pcap_ISCX.csv",
        western,
        CIC_2017_HEADER,
        cic("192.168.10.8", 50000, "192.168.10.5", 445, 6, "6/7/2017 2:59", "Infiltration"),
        cic("192.168.10.9", 53, "192.168.10.3", 53, 17, "6/7/2017 12:01", "BENIGN"));
    write(
        "Monday-WorkingHours.pcap_ISCX.csv",
        western,
        CIC_2017_HEADER,
        cic("192.168.10.5", 49188, "8.253.185.121", 80, 6, "03/07/2017 08:55:58", "BENIGN"));
    LabelTally labels =
        labels(
            "cicids2017", "Thursday-WorkingHours", "Tuesday-WorkingHours", "Monday-WorkingHours");
    // 9:15 in New Brunswick is 12:15 UTC, and stands for the whole minute.
    assertThat(
            labels.label(
                flow(0, "172.16.0.1", 44400, "192.168.10.50", 80, 6, "2017-07-06T12:15:59.9Z")))
        .isEqualTo("Web Attack - XSS");
    assertThat(
            labels.label(
                flow(0, "192.168.10.8", 50000, "192.168.10.5", 445, 6, "2017-07-06T17:59:01Z")))
        .isEqualTo("Infiltration");
    assertThat(
            labels.label(
                flow(0, "192.168.10.3", 53, "192.168.10.9", 53, 17, "2017-07-06T15:01:30Z")))
        .isEqualTo("BENIGN");
    assertThat(
            labels.label(
                flow(2, "192.168.10.5", 49188, "8.253.185.121", 80, 6, "2017-07-03T11:55:58.4Z")))
        .isEqualTo("BENIGN");
    assertThat(
            labels.label(
                flow(1, "192.168.10.8", 50000, "192.168.10.5", 445, 6, "2017-07-06T17:59:01Z")))
        .as("a row of another day's files")
        .isEqualTo("UNLABELLED");
    var report = labels.report().orElseThrow();
    assertThat(report.files()).extracting(file -> file.dropped()).contains(1L, 0L);
    assertThat(report.files()).extracting(file -> file.blank()).contains(1L);
    assertThat(report.files()).allSatisfy(file -> assertThat(file.unreadable()).isZero());
  }

  @ParameterizedTest
  @CsvSource({
    "KEEP,DoS slowloris - Attempted,Bot - Attempted,PortScan",
    "ATTACK,DoS slowloris,Bot,PortScan",
    "DROP,UNLABELLED,UNLABELLED,PortScan",
    "BENIGN,BENIGN,BENIGN,PortScan",
  })
  void theCorrectedEditionMarksAttempts(
      AttemptedFlows treatment, String slow, String bot, String scan) throws IOException {
    write(
        "friday.csv",
        StandardCharsets.UTF_8,
        "id,Flow ID,Src IP,Src Port,Dst IP,Dst Port,Protocol,Timestamp,Flow Duration,Total Fwd"
            + " Packet,Label,Attempted Category",
        "1,x,172.16.0.1,1,192.168.10.50,80,6,2017-07-07 12:17:52.838272,9,1,DoS Slowloris -"
            + " Attempted,0",
        "2,x,192.168.10.8,2,205.174.165.73,8080,6,2017-07-07 13:00:00,9,1,Botnet - Attempted,1",
        "3,x,172.16.0.1,3,192.168.10.50,99,6,2017-07-07 17:00:00.5,9,1,Portscan,-1",
        "4,8.0.6.4-8.6.0.1-0-0-0,8.0.6.4,0,8.6.0.1,0,0,2017-07-07 17:00:00.5,9,1,BENIGN,-1");
    List<String> names = List.of("Friday-WorkingHours");
    LabelSource source =
        LabelSource.of(
                Optional.of(DESCRIPTIONS.resolve("cicids2017-corrected.yaml")),
                Optional.of(folder),
                Optional.empty())
            .orElseThrow()
            .preferring(Optional.empty(), Optional.of(treatment));
    LabelTally labels = tally(source, List.of(Path.of("Friday-WorkingHours.pcap")), names);
    assertThat(
            List.of(
                labels.label(
                    flow(
                        0, "172.16.0.1", 1, "192.168.10.50", 80, 6, "2017-07-07T12:17:52.838272Z")),
                labels.label(
                    flow(0, "192.168.10.8", 2, "205.174.165.73", 8080, 6, "2017-07-07T13:00:00Z")),
                labels.label(
                    flow(0, "172.16.0.1", 3, "192.168.10.50", 99, 6, "2017-07-07T17:00:00.5Z"))))
        .containsExactly(slow, bot, scan);
  }

  @Test
  void cicDdos2019HasExactLocalTimesOnEitherSideOfTheClockChange() throws IOException {
    Files.createDirectories(folder.resolve("01-12"));
    Files.createDirectories(folder.resolve("03-11"));
    write(
        "01-12/DrDoS_DNS.csv",
        StandardCharsets.US_ASCII,
        CIC_2019_HEADER,
        "425,172.16.0.5-192.168.50.1-634-60495-17,172.16.0.5,634,192.168.50.1,60495,17,"
            + "2018-12-01 10:51:39.813448,28415,97,0,1502024,3413,0,0,0,1,DrDoS_DNS");
    write(
        "03-11/UDPLag.csv",
        StandardCharsets.US_ASCII,
        CIC_2019_HEADER,
        "1,172.16.0.5-192.168.50.4-932-44723-17,172.16.0.5,932,192.168.50.4,44723,17,"
            + "2018-11-03 10:01:35.983831,1,2,0,4.58E8,2000000.0,40,40,0,1,UDPLag");
    LabelTally labels = labels("cicddos2019", "SAT-01-12-2018_0249", "SAT-03-11-2018_0");
    assertThat(
            labels.label(
                flow(
                    0,
                    "172.16.0.5",
                    634,
                    "192.168.50.1",
                    60495,
                    17,
                    "2018-12-01T14:51:39.813448Z")))
        .isEqualTo("DrDoS_DNS");
    assertThat(
            labels.label(
                flow(
                    1,
                    "172.16.0.5",
                    932,
                    "192.168.50.4",
                    44723,
                    17,
                    "2018-11-03T13:01:35.983831Z")))
        .isEqualTo("UDP-lag");
  }

  @Test
  void cseCicIds2018HasOneTableWithAddresses() throws IOException {
    write(
        "Thuesday-20-02-2018_TrafficForML_CICFlowMeter.csv",
        StandardCharsets.US_ASCII,
        CIC_2018_HEADER,
        "172.31.69.25-18.219.9.1-80-50001-6,18.219.9.1,50001,172.31.69.25,80,6,20/02/2018 10:15:07,"
            + "5000,3,4,20,935,1,1,0,DDoS attacks-LOIC-HTTP",
        "x,172.31.67.1,123,172.31.69.25,123,17,20/02/2018 01:14:00,1,1,1,1,1,1,1,0,Benign");
    LabelTally labels = labels("cse-cic-ids2018", LabelPolicy.Kind.JOIN, "UCAP172.31.69.25");
    assertThat(
            labels.label(
                flow(0, "18.219.9.1", 50001, "172.31.69.25", 80, 6, "2018-02-20T14:15:07.5Z")))
        .isEqualTo("DDoS-LOIC-HTTP");
    assertThat(
            labels.label(
                flow(0, "172.31.67.1", 123, "172.31.69.25", 123, 17, "2018-02-20T17:14:00Z")))
        .isEqualTo("BENIGN");
  }

  @ParameterizedTest
  @CsvSource({
    "2018-02-14T14:33:26Z, 18.221.219.4, 172.31.69.25, 21, 6, 0, FTP-BruteForce - Attempted",
    "2018-02-14T14:33:25Z, 18.221.219.4, 172.31.69.25, 21, 6, 0, BENIGN",
    "2018-02-14T19:32:30Z, 13.58.98.64, 172.31.69.25, 22, 6, 90, SSH-BruteForce",
    "2018-02-14T19:32:30Z, 13.58.98.64, 172.31.69.25, 22, 6, 0, SSH-BruteForce - Attempted",
    "2018-02-20T17:20:00Z, 18.219.9.1, 172.31.69.25, 80, 17, 9, DDoS-LOIC-UDP",
    "2018-02-20T17:20:00Z, 18.219.9.1, 172.31.69.25, 80, 6, 9, BENIGN",
    "2018-02-20T17:20:00Z, 172.31.69.25, 18.219.9.1, 0, 1, 9, DDoS-LOIC-UDP - Attempted",
    "2018-03-02T14:13:28Z, 172.31.69.23, 18.219.211.138, 8080, 6, 9, Botnet Ares",
    "2018-03-02T14:13:28Z, 18.219.211.138, 172.31.69.23, 8080, 6, 9, Botnet Ares",
    "2018-03-02T19:54:53Z, 172.31.69.23, 18.219.211.138, 8080, 6, 9, BENIGN",
  })
  void cseCicIds2018GoesByWindows(
      String time,
      String source,
      String destination,
      int port,
      int protocol,
      int bytes,
      String label) {
    LabelTally labels = labels("cse-cic-ids2018", LabelPolicy.Kind.RULES, "UCAP172.31.69.25");
    assertThat(labels.label(talk(0, source, 50001, destination, port, protocol, time, bytes)))
        .isEqualTo(label);
  }

  @Test
  void iscxTor2016GoesByFolderAndName() {
    List<Path> captures =
        List.of(
            Path.of("data/NonTor/browsing.pcap"),
            Path.of("data/Tor/anything.pcap"),
            Path.of("elsewhere/BROWSING_gate_SSL_Browsing.pcap"),
            Path.of("elsewhere/VOIP_gate_hangout_audio.pcap"));
    List<String> names =
        List.of("browsing", "anything", "BROWSING_gate_SSL_Browsing", "VOIP_gate_hangout_audio");
    LabelTally labels =
        tally(source("iscxtor2016", Optional.empty(), Optional.empty()), captures, names);
    assertThat(
            Stream.of(0, 1, 2, 3)
                .map(i ->
                    labels.label(flow(i, "10.0.0.1", 1, "10.0.0.2", 2, 6, "2016-01-01T00:00:00Z"))))
        .containsExactly("nonTOR", "TOR", "TOR", "TOR");
  }

  @ParameterizedTest
  @CsvSource({
    "BenignTraffic3,BENIGN",
    "DDoS-HTTP_Flood-,DDoS-HTTP_Flood",
    "DDoS-ICMP_Flood26,DDoS-ICMP_Flood",
    "DDoS-ICMP_Fragmentation4,DDoS-ICMP_Fragmentation",
    "DDoS-SynonymousIP_Flood1,DDoS-SynonymousIP_Flood",
    "DoS-HTTP_Flood1,DoS-HTTP_Flood",
    "Mirai-greip_flood21,Mirai-greip_flood",
    "Recon-PingSweep,Recon-PingSweep",
    "XSS,XSS",
  })
  void cicIot2023GoesByCapture(String capture, String label) {
    LabelTally labels = labels("ciciot2023", LabelPolicy.Kind.CAPTURE, capture);
    assertThat(labels.label(flow(0, "10.0.0.1", 1, "10.0.0.2", 2, 6, "2023-01-01T00:00:00Z")))
        .isEqualTo(label);
  }

  @Test
  void capturesWithoutLabelAreTold() {
    LabelTally labels = labels("ciciot2023", LabelPolicy.Kind.CAPTURE, "XSS", "something");
    assertThat(labels.label(flow(1, "10.0.0.1", 1, "10.0.0.2", 2, 6, "2023-01-01T00:00:00Z")))
        .isEqualTo("UNLABELLED");
    assertThat(labels.origin().lines("")).singleElement().asString().contains("something");
    assertThat(labels.origin().json())
        .containsEntry("captures_without_label", List.of("something"));
  }

  @Test
  void unswNb15HasNoHeaderAndEmptyLabels() throws IOException {
    String tail = ",0,0,,, ,2,2,7,4,1,1,3,";
    write(
        "UNSW-NB15_1.csv",
        StandardCharsets.UTF_8,
        "\uFEFF"
            + unsw("59.166.0.9,7045,149.171.126.7,25,tcp", "0.201886", "1424250009")
            + tail
            + ",0",
        unsw("175.45.176.0,49582,149.171.126.12,80,tcp", "0.189983", "1424250009")
            + tail
            + " Fuzzers ,1",
        unsw("175.45.176.1,0,149.171.126.11,0,sctp", "0.000009", "1424250010")
            + tail
            + "Exploits,1",
        unsw("175.45.176.1,0x000b,149.171.126.11,0xcc09,icmp", "0.1", "1424250011")
            + tail
            + "Backdoors,1");
    Files.writeString(folder.resolve("UNSW-NB15_LIST_EVENTS.csv"), "Attack category,x\n");
    LabelTally labels = labels("unsw-nb15", "27");
    assertThat(
            labels.label(
                flow(0, "59.166.0.9", 7045, "149.171.126.7", 25, 6, "2015-02-18T09:00:09.25Z")))
        .isEqualTo("BENIGN");
    assertThat(
            labels.label(
                flow(0, "175.45.176.0", 49582, "149.171.126.12", 80, 6, "2015-02-18T09:00:09Z")))
        .isEqualTo("Fuzzers");
    assertThat(
            labels.label(
                flow(0, "175.45.176.1", 0, "149.171.126.11", 0, 1, "2015-02-18T09:00:11Z")))
        .isEqualTo("Backdoor");
    var file = labels.report().orElseThrow().files().getFirst();
    assertThat(file.rows()).isEqualTo(4);
    assertThat(file.dropped()).isEqualTo(1);
    assertThat(file.unreadable()).as(file.problems().toString()).isZero();
  }

  private static String unsw(String ends, String duration, String start) {
    return ends
        + ",FIN,"
        + duration
        + ",37552,3380,31,29,18,8,smtp,1459437.5,130766.8672,52,42,255,255,1422136554,3572668484,"
        + "722,80,0,0,456.043567,15.530109,"
        + start
        + ","
        + start
        + ",3.943843,4.912488,0.00059,0.000473,0.000117";
  }

  private static String cic(
      String source,
      int port,
      String destination,
      int service,
      int protocol,
      String time,
      String label) {
    return "%s-%s-%d-%d-%d,%s,%d,%s,%d,%d,%s,113,2,0,0,0,0,64,0,1,NaN,Infinity,64,0,0,0,%s"
        .formatted(
            protocol == 0 ? destination : source,
            protocol == 0 ? source : destination,
            port,
            service,
            protocol,
            source,
            port,
            destination,
            service,
            protocol,
            time,
            label);
  }

  private void write(String file, Charset charset, String... lines) throws IOException {
    Files.write(folder.resolve(file), (String.join("\r\n", lines) + "\r\n").getBytes(charset));
  }

  private LabelTally labels(String dataset, String... captures) {
    return labels(dataset, LabelPolicy.Kind.JOIN, captures);
  }

  private LabelTally labels(String dataset, LabelPolicy.Kind kind, String... captures) {
    Optional<Path> files = kind == LabelPolicy.Kind.JOIN ? Optional.of(folder) : Optional.empty();
    List<Path> paths = Arrays.stream(captures).map(name -> Path.of(name + ".pcap")).toList();
    return tally(source(dataset, files, Optional.of(kind)), paths, List.of(captures));
  }

  private static LabelSource source(
      String dataset, Optional<Path> files, Optional<LabelPolicy.Kind> kind) {
    return LabelSource.of(
            Optional.of(DESCRIPTIONS.resolve(dataset + ".yaml")), files, Optional.empty())
        .orElseThrow()
        .preferring(kind, Optional.of(AttemptedFlows.KEEP));
  }

  private static LabelTally tally(LabelSource source, List<Path> captures, List<String> names) {
    return LabelTally.of(Optional.of(source.read(captures, names)), names);
  }

  /** A flow of one packet without payload. */
  private static Flow flow(
      int capture,
      String source,
      int port,
      String destination,
      int service,
      int protocol,
      String start) {
    return talk(capture, source, port, destination, service, protocol, start, 0);
  }

  /** A flow whose initiator opens a connection and sends so many bytes of payload. */
  static Flow talk(
      int capture,
      String source,
      int port,
      String destination,
      int service,
      int protocol,
      String start,
      int bytes) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(start));
    List<Map<Integer, Integer>> packets = new ArrayList<>();
    if (protocol == 6) {
      packets.add(Map.of(0, 60, 3, 1));
      packets.add(Map.of(0, 60, 2, 1, 3, 1, 4, 1));
      packets.add(Map.of(0, 52, 4, 1));
    }
    if (bytes > 0 || protocol != 6) {
      packets.add(Map.of(0, (protocol == 6 ? 52 : 28) + bytes, 4, 1, 7, 1));
    }
    float[] tokens = new float[packets.size() * PacketSchema.CHANNELS];
    for (int i = 0; i < packets.size(); i++) {
      int row = i * PacketSchema.CHANNELS;
      packets.get(i).forEach((channel, value) -> tokens[row + channel] = value);
    }
    return new Flow(
        0,
        new FlowTuple(
            IpAddress.parse(source), port, IpAddress.parse(destination), service, protocol),
        micros,
        micros + 1,
        packets.size(),
        tokens,
        new FlowOrigin(capture, 0, 0),
        FlowStart.UNKNOWN,
        EndReason.CAPTURE_END,
        new FlowPart(0, 0));
  }
}
