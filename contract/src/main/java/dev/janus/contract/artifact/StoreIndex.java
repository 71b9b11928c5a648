package dev.janus.contract.artifact;

import dev.janus.contract.ContractException;
import dev.janus.contract.json.Json;
import dev.janus.contract.json.JsonException;
import dev.janus.contract.packet.PacketSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code index.json} of a sharded store: which shards there are, which flows each holds, and size
 * and checksum of every file. It is written last, so a store with an index is a whole one.
 *
 * @param shards in the order of their flows
 */
public record StoreIndex(List<Shard> shards) {
  private static final String FORMAT = "janus-store";
  private static final String FIX = "; run janus extract again";

  /**
   * One shard.
   *
   * @param folder name of its folder within the store
   * @param firstFlowId id of its first flow; the others follow without gaps
   * @param flows number of its flows, at least 1
   * @param packets number of its stored packets
   * @param files by name
   */
  public record Shard(
      String folder, long firstFlowId, int flows, long packets, Map<String, StoredFile> files) {
    public Shard {
      files = Map.copyOf(files);
    }
  }

  /**
   * What a file must be.
   *
   * @param bytes its size
   * @param sha256 64 hexadecimal digits
   */
  public record StoredFile(long bytes, String sha256) {}

  public StoreIndex {
    shards = List.copyOf(shards);
  }

  /** Number of flows over all shards. */
  public long flows() {
    return shards.stream().mapToLong(Shard::flows).sum();
  }

  /** Number of stored packets over all shards. */
  public long packets() {
    return shards.stream().mapToLong(Shard::packets).sum();
  }

  /** Bytes of all files of all shards. */
  public long bytes() {
    return shards.stream()
        .flatMap(shard -> shard.files().values().stream())
        .mapToLong(StoredFile::bytes)
        .sum();
  }

  /** Writes the index, atomically. */
  void write(Path store) {
    String json = json().indentedText() + "\n";
    if (json.length() > Json.MAX_LENGTH) {
      throw new ContractException(
          "%s: %d shards are too many for one index; put more flows into a shard"
              .formatted(store, shards.size()));
    }
    try (AtomicFile file = AtomicFile.create(ShardFiles.index(store))) {
      ByteBuffer text = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
      while (text.hasRemaining()) {
        file.channel().write(text);
      }
      file.commit();
    } catch (IOException e) {
      throw FileFailure.writing(ShardFiles.index(store), e);
    }
  }

  private Json json() {
    Map<String, Json> index = new LinkedHashMap<>();
    index.put("format", new Json.JsonString(FORMAT));
    index.put("schema_version", Json.JsonNumber.of(PacketSchema.VERSION));
    index.put("flows", Json.JsonNumber.of(flows()));
    index.put("packets", Json.JsonNumber.of(packets()));
    index.put("shards", new Json.JsonArray(shards.stream().map(StoreIndex::json).toList()));
    return new Json.JsonObject(index);
  }

  private static Json json(Shard shard) {
    Map<String, Json> files = new LinkedHashMap<>();
    for (String name : ShardFiles.ALL) {
      StoredFile file = shard.files().get(name);
      if (file != null) {
        Map<String, Json> entry = new LinkedHashMap<>();
        entry.put("bytes", Json.JsonNumber.of(file.bytes()));
        entry.put("sha256", new Json.JsonString(file.sha256()));
        files.put(name, new Json.JsonObject(entry));
      }
    }
    Map<String, Json> members = new LinkedHashMap<>();
    members.put("folder", new Json.JsonString(shard.folder()));
    members.put("first_flow_id", Json.JsonNumber.of(shard.firstFlowId()));
    members.put("flows", Json.JsonNumber.of(shard.flows()));
    members.put("packets", Json.JsonNumber.of(shard.packets()));
    members.put("files", new Json.JsonObject(files));
    return new Json.JsonObject(members);
  }

  /**
   * Reads and checks the index; the shards themselves are not touched.
   *
   * @throws ContractException when there is none or it contradicts itself
   */
  static StoreIndex read(Path store) {
    Path file = ShardFiles.index(store);
    try {
      if (Files.size(file) > Json.MAX_LENGTH) {
        throw new ContractException(file + ": too large for an index" + FIX);
      }
      return new Reading(file).index(Json.parse(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new ContractException(file + ": no such file; this is no whole store" + FIX, e);
    } catch (IOException e) {
      throw new ContractException(file + ": cannot be read: " + FileFailure.reason(e) + FIX, e);
    } catch (JsonException e) {
      throw new ContractException(file + ": " + e.getMessage() + FIX, e);
    }
  }

  /** From JSON, with the place in every error. */
  private record Reading(Path file) {
    StoreIndex index(Json json) {
      Map<String, Json> index = object(json, "the index");
      if (!text(index, "format").equals(FORMAT)) {
        throw wrong("format is not " + FORMAT);
      }
      long version = number(index, "schema_version", 1);
      if (version != PacketSchema.VERSION) {
        throw wrong(
            "schema version %d, but version %d is read here"
                .formatted(version, PacketSchema.VERSION));
      }
      List<Shard> shards = new ArrayList<>();
      // File systems that do not tell upper from lower case would give two shards one folder.
      Set<String> folders = new HashSet<>();
      long next = 0;
      for (Json item : array(index, "shards")) {
        Shard shard = shard(object(item, "a shard"));
        if (!folders.add(shard.folder().toLowerCase(Locale.ROOT))) {
          throw wrong("two shards have the folder " + shard.folder());
        }
        if (shard.firstFlowId() != next) {
          throw wrong(
              "shard %s begins at flow %d instead of %d"
                  .formatted(shard.folder(), shard.firstFlowId(), next));
        }
        next += shard.flows();
        shards.add(shard);
      }
      StoreIndex read = new StoreIndex(shards);
      if (number(index, "flows", 0) != read.flows()
          || number(index, "packets", 0) != read.packets()) {
        throw wrong("the shards do not add up to its flows and packets");
      }
      return read;
    }

    private Shard shard(Map<String, Json> shard) {
      String folder = text(shard, "folder");
      // A name, not a path: nothing outside of the store is read.
      if (!folder.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
        throw wrong("unusable folder name \"" + folder + "\"");
      }
      Map<String, StoredFile> files = new LinkedHashMap<>();
      Json listed = shard.get("files");
      Map<String, Json> members = object(listed == null ? Json.JsonNull.NULL : listed, "files");
      for (String name : ShardFiles.ALL) {
        Json entry = members.get(name);
        if (entry == null) {
          throw wrong("shard " + folder + " has no " + name);
        }
        Map<String, Json> stored = object(entry, name);
        String digest = text(stored, "sha256");
        if (!digest.matches("[0-9a-f]{64}")) {
          throw wrong("shard " + folder + ", " + name + ": not a SHA-256");
        }
        files.put(name, new StoredFile(number(stored, "bytes", 1), digest));
      }
      long flows = number(shard, "flows", 1);
      long packets = number(shard, "packets", 1);
      if (flows > Integer.MAX_VALUE
          || packets < flows
          || packets > Math.min(flows * PacketSchema.MAX_PACKETS, Integer.MAX_VALUE)) {
        throw wrong("shard " + folder + ": " + packets + " packets for " + flows + " flows");
      }
      return new Shard(folder, number(shard, "first_flow_id", 0), (int) flows, packets, files);
    }

    private Map<String, Json> object(Json json, String what) {
      if (json instanceof Json.JsonObject object) {
        return object.members();
      }
      throw wrong(what + " is not an object");
    }

    private List<Json> array(Map<String, Json> members, String key) {
      if (members.get(key) instanceof Json.JsonArray array) {
        return array.items();
      }
      throw wrong(key + " is missing or not a list");
    }

    private String text(Map<String, Json> members, String key) {
      if (members.get(key) instanceof Json.JsonString string) {
        return string.value();
      }
      throw wrong(key + " is missing or not a string");
    }

    private long number(Map<String, Json> members, String key, long least) {
      if (members.get(key) instanceof Json.JsonNumber number) {
        long value = number.longValue();
        if (value >= least) {
          return value;
        }
      }
      throw wrong(key + " is missing or not a whole number from " + least + " on");
    }

    private ContractException wrong(String what) {
      return new ContractException(file + ": " + what + FIX);
    }
  }
}
