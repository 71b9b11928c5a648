package dev.janus.cli.config;

import dev.janus.cli.files.InputFiles;
import dev.janus.cli.terminal.CliException;
import dev.janus.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Parses YAML into nodes that know file, line and column. */
final class YamlFile {
  /** Source name of values from the command line. */
  static final String OVERRIDE = "--set ";

  private static final long MAX_BYTES = 1 << 20;

  private YamlFile() {}

  /**
   * Reads a file whose top level is a mapping.
   *
   * @param overrides {@code key.path=value} strings that win over the file
   */
  static YamlMap read(Path file, List<String> overrides) {
    return parse(text(file), file.toString(), overrides);
  }

  /** As {@link #read}, of text that comes from {@code source}. */
  static YamlMap parse(String text, String source, List<String> overrides) {
    MappingNode root = parse(text, source, ExitCode.DATA);
    for (String override : overrides) {
      root = apply(root, override);
    }
    return new YamlMap("", root, source);
  }

  private static String text(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new CliException(ExitCode.NO_INPUT, file + ": is a folder, not a YAML file");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw new CliException(ExitCode.DATA, file + ": too large for a YAML configuration");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new CliException(ExitCode.DATA, file + ": not a text file in UTF-8", e);
    } catch (IOException e) {
      throw new CliException(
          ExitCode.NO_INPUT, file + ": cannot be read (" + InputFiles.reason(e) + ")", e);
    }
  }

  private static MappingNode parse(String text, String label, ExitCode onError) {
    Optional<Node> node;
    try {
      node = new Compose(LoadSettings.builder().setLabel(label).build()).composeString(text);
    } catch (MarkedYamlEngineException e) {
      String place = e.getProblemMark().map(mark -> place(mark, label)).orElse(label) + ": ";
      throw new CliException(onError, place + "not valid YAML: " + e.getProblem(), e);
    } catch (YamlEngineException | IllegalArgumentException e) {
      // The constructors of nodes check their arguments too: the tag "!%0" is one they refuse.
      throw new CliException(onError, label + ": not valid YAML: " + firstLine(e), e);
    } catch (StackOverflowError e) {
      throw new CliException(onError, label + ": not valid YAML: nested too deeply", e);
    }
    if (node.isEmpty()) {
      return new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
    }
    if (node.get() instanceof MappingNode mapping) {
      return mapping;
    }
    throw new CliException(
        onError, place(node.get(), label) + ": expected 'key: value' lines at the top level");
  }

  /** Puts {@code a.b=value} into the tree; the value is read as YAML, so lists work too. */
  private static MappingNode apply(MappingNode root, String override) {
    int equals = override.indexOf('=');
    if (equals <= 0) {
      throw new CliException(
          ExitCode.USAGE,
          OVERRIDE + override + ": expected key.path=value, e.g. training.sigma=0.6");
    }
    String label = OVERRIDE + override;
    String[] path = override.substring(0, equals).strip().split("\\.", -1);
    String value = override.substring(equals + 1).strip();
    MappingNode wrapped =
        parse("{value: " + (value.isEmpty() ? "''" : value) + "}", label, ExitCode.USAGE);
    return put(root, path, 0, wrapped.getValue().getFirst().getValueNode());
  }

  private static MappingNode put(MappingNode map, String[] path, int depth, Node value) {
    List<NodeTuple> tuples = new ArrayList<>(map.getValue());
    int at = -1;
    for (int i = 0; i < tuples.size(); i++) {
      if (tuples.get(i).getKeyNode() instanceof ScalarNode key
          && key.getValue().equals(path[depth])) {
        at = i;
      }
    }
    Node inner = value;
    if (depth + 1 < path.length) {
      MappingNode child =
          at >= 0 && tuples.get(at).getValueNode() instanceof MappingNode existing
              ? existing
              : new MappingNode(Tag.MAP, new ArrayList<>(), FlowStyle.BLOCK);
      inner = put(child, path, depth + 1, value);
    }
    ScalarNode key =
        new ScalarNode(
            Tag.STR,
            true,
            path[depth],
            ScalarStyle.PLAIN,
            value.getStartMark(),
            value.getEndMark());
    NodeTuple tuple = new NodeTuple(key, inner);
    if (at >= 0) {
      tuples.set(at, tuple);
    } else {
      tuples.add(tuple);
    }
    return new MappingNode(
        Tag.MAP, true, tuples, FlowStyle.BLOCK, map.getStartMark(), map.getEndMark());
  }

  /** {@code file:line:column} of a node; for the command line the whole option. */
  static String place(Node node, String fallback) {
    return node.getStartMark().map(mark -> place(mark, fallback)).orElse(fallback);
  }

  private static String place(Mark mark, String fallback) {
    String name = mark.getName().isEmpty() ? fallback : mark.getName();
    return name.startsWith(OVERRIDE)
        ? name
        : name + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
  }

  private static String firstLine(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }
}
