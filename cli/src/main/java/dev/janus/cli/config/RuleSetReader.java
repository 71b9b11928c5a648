package dev.janus.cli.config;

import dev.janus.contract.label.AddressBlock;
import dev.janus.contract.label.EndpointFilter;
import dev.janus.contract.label.FlowFact;
import dev.janus.contract.label.RuleSet;
import dev.janus.contract.label.WindowRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads rules that label flows by time, ends and facts; the keys are those of the example below.
 *
 * <pre>{@code
 * - label: FTP-Patator
 *   from: 2017-07-04T12:17:52.838272Z   # with offset; both ends belong to the window
 *   to: 2017-07-04T13:20:16.931403Z
 *   sources: [172.16.0.1]               # initiator; addresses or blocks such as 10.0.0.0/8
 *   source_ports: [1024-65535]
 *   except_source_ports: [52108]
 *   destinations: [192.168.10.50]       # responder
 *   destination_ports: [21]
 *   except_destination_ports: []
 *   hosts: [10.0.0.1]                   # either end
 *   protocols: [tcp]                    # tcp, udp, icmp, icmpv6 or a number
 *   forward_bytes: {min: 1, max: 281}   # or one number; every FlowFact has such a key
 *   attempted: without_payload          # never (default), without_payload or always
 * }</pre>
 */
final class RuleSetReader {
  private static final List<String> KEYS =
      Stream.concat(
              Stream.of(
                  "label",
                  "from",
                  "to",
                  "sources",
                  "source_ports",
                  "except_source_ports",
                  "destinations",
                  "destination_ports",
                  "except_destination_ports",
                  "hosts",
                  "protocols",
                  "attempted"),
              Arrays.stream(FlowFact.values()).map(FlowFact::key))
          .toList();

  private RuleSetReader() {}

  /**
   * Reads the rules of a description.
   *
   * @param value the rules, or the name of the file with them
   * @param description file of the description
   */
  static RuleSet read(YamlValue value, Path description) {
    if (value.isList()) {
      return set(value, description);
    }
    Path file = description.resolveSibling(value.text());
    if (!Files.isRegularFile(file)) {
      throw value.error("'rules' names " + file + ", which is no file");
    }
    YamlMap root = YamlFile.read(file, List.of());
    root.find("name").ifPresent(YamlValue::text);
    root.find("source").ifPresent(YamlValue::text);
    RuleSet set = set(root.require("rules"), file);
    root.finish();
    return set;
  }

  private static RuleSet set(YamlValue list, Path file) {
    List<WindowRule> rules = new ArrayList<>();
    for (YamlValue item : list.items()) {
      rules.add(rule(item.map()));
    }
    try {
      return new RuleSet(file.toString(), sha256(list, file), rules);
    } catch (IllegalArgumentException e) {
      throw list.error(String.valueOf(e.getMessage()));
    }
  }

  private static WindowRule rule(YamlMap map) {
    map.allowOnly(KEYS);
    String label = map.require("label").text();
    long from = micros(map.require("from"));
    long to = micros(map.require("to"));
    EndpointFilter source =
        new EndpointFilter(
            map.parsed("sources", AddressBlock::parse),
            map.parsed("source_ports", EndpointFilter.PortRange::parse),
            map.parsed("except_source_ports", EndpointFilter.PortRange::parse));
    EndpointFilter destination =
        new EndpointFilter(
            map.parsed("destinations", AddressBlock::parse),
            map.parsed("destination_ports", EndpointFilter.PortRange::parse),
            map.parsed("except_destination_ports", EndpointFilter.PortRange::parse));
    List<AddressBlock> hosts = map.parsed("hosts", AddressBlock::parse);
    Set<Integer> protocols =
        new LinkedHashSet<>(map.parsed("protocols", text -> IpProtocol.parse(text).number()));
    List<WindowRule.Limit> limits = new ArrayList<>();
    for (FlowFact fact : FlowFact.values()) {
      map.find(fact.key()).ifPresent(value -> limits.add(limit(fact, value)));
    }
    WindowRule.Attempts attempts =
        switch (map.choice("attempted", "never", List.of("never", "without_payload", "always"))) {
          case "always" -> WindowRule.Attempts.ALL;
          case "without_payload" -> WindowRule.Attempts.WITHOUT_PAYLOAD;
          default -> WindowRule.Attempts.NONE;
        };
    return map.checked(() ->
        new WindowRule(label, from, to, source, destination, hosts, protocols, limits, attempts));
  }

  private static WindowRule.Limit limit(FlowFact fact, YamlValue value) {
    long min;
    long max;
    if (value.isMap()) {
      YamlMap map = value.map();
      min = map.integer("min", 0L, 0, Long.MAX_VALUE);
      max = map.integer("max", Long.MAX_VALUE, 0, Long.MAX_VALUE);
      map.finish();
    } else {
      min = value.integer(0, Long.MAX_VALUE);
      max = min;
    }
    try {
      return new WindowRule.Limit(fact, min, max);
    } catch (IllegalArgumentException e) {
      throw value.error(String.valueOf(e.getMessage()));
    }
  }

  private static long micros(YamlValue value) {
    try {
      Instant instant = OffsetDateTime.parse(value.text().replace(' ', 'T')).toInstant();
      return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    } catch (DateTimeException | ArithmeticException e) {
      throw value.error(
          "'" + value.text() + "' is no time with an offset, such as 2017-07-04T12:17:52.838272Z");
    }
  }

  private static String sha256(YamlValue value, Path file) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw value.error(file + ": cannot be read again");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
