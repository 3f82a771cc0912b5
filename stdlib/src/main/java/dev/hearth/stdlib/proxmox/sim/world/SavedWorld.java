package dev.hearth.stdlib.proxmox.sim.world;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.effect.Clock;
import dev.hearth.stdlib.proxmox.sim.access.Accounts;
import dev.hearth.stdlib.proxmox.sim.storage.Storage;
import dev.hearth.stdlib.proxmox.sim.storage.StorageConfig;
import dev.hearth.stdlib.proxmox.sim.storage.Volume;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import dev.hearth.stdlib.proxmox.sim.task.Upid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A world as JSON. A task that ran when the world was saved is one that died: its process is gone.
 */
record SavedWorld(
    int format,
    int major,
    Instant boot,
    long dice,
    Map<String, Node> nodes,
    Accounts accounts,
    List<StorageConfig> storages,
    Map<String, Storage.Space> spaces,
    Map<String, NavigableMap<String, Volume>> volumes,
    NavigableMap<Integer, Guest> guests,
    Map<String, String> options,
    @Nullable Map<String, Appliance> appliances,
    @Nullable Map<String, Firewall> firewalls,
    @Nullable Map<String, Map<String, String>> backupJobs,
    @Nullable Map<String, Sections> sections,
    List<SavedTask> tasks,
    long lastPid,
    long lastStart) {
  private static final int FORMAT = 1;
  private static final String INCOMPLETE = "a part of it is missing or wrong";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(instants())
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          // Only what records are made of is saved, not what they can tell besides.
          .visibility(PropertyAccessor.GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.IS_GETTER, Visibility.NONE)
          .visibility(PropertyAccessor.FIELD, Visibility.ANY)
          .build();

  SavedWorld {
    // Jackson knows nothing of what may not be null
    Stream.of(boot, nodes, accounts, storages, spaces, volumes, guests, options, tasks)
        .forEach(Objects::requireNonNull);
  }

  /** One task. */
  record SavedTask(String upid, List<String> log, @Nullable String exitStatus, long endtime) {}

  private static Module instants() {
    var module = new SimpleModule();
    module.addSerializer(Instant.class, ToStringSerializer.instance);
    module.addDeserializer(
        Instant.class,
        new FromStringDeserializer<>(Instant.class) {
          @Override
          protected Instant _deserialize(String value, DeserializationContext context) {
            return Instant.parse(value);
          }
        });
    return module;
  }

  static JsonNode write(World world) {
    var tasks =
        world.tasks().all().stream()
            .map(
                task ->
                    new SavedTask(
                        task.upid().toString(), task.log(), task.exitStatus(), task.endtime()))
            .toList();
    return JSON.valueToTree(
        new SavedWorld(
            FORMAT,
            world.major(),
            world.boot(),
            world.dice().state(),
            world.nodes(),
            world.accounts(),
            List.copyOf(world.storages().configs()),
            world.storages().spaces(),
            world.storages().volumes(),
            world.guests(),
            world.options(),
            world.appliances(),
            world.firewalls(),
            world.backupJobs(),
            world.sections(),
            tasks,
            world.tasks().lastPid(),
            world.tasks().lastStart()));
  }

  /**
   * The world that {@link #write} wrote.
   *
   * @throws HearthException {@code proxmox.world-newer}, {@code proxmox.world-damaged}
   */
  static World read(JsonNode json, Clock clock) {
    int format = json.path("format").asInt();
    if (format > FORMAT) {
      throw new HearthException(WorldError.WORLD_NEWER, format, FORMAT);
    }
    if (format < FORMAT) {
      throw new HearthException(WorldError.WORLD_DAMAGED, "it does not say which form it has");
    }
    try {
      return restored(JSON.treeToValue(json, SavedWorld.class), clock);
    } catch (JsonProcessingException e) {
      throw new HearthException(WorldError.WORLD_DAMAGED, place(e)).causedBy(e);
    } catch (RuntimeException e) { // whatever people's files hold, it is no bug
      throw new HearthException(WorldError.WORLD_DAMAGED, INCOMPLETE).causedBy(e);
    }
  }

  private static String place(JsonProcessingException e) {
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      var path =
          mapping.getPath().stream()
              .map(at -> at.getFieldName() == null ? "" + at.getIndex() : at.getFieldName())
              .collect(Collectors.joining("."));
      return "`" + path.replaceAll("\\p{C}", "\uFFFD") + "` is wrong";
    }
    return INCOMPLETE;
  }

  private static World restored(SavedWorld saved, Clock clock) {
    var world = new World(clock, saved.major, saved.boot, saved.dice, saved.accounts);
    world.nodes().putAll(saved.nodes);
    for (var config : saved.storages) {
      var space = Objects.requireNonNull(saved.spaces.get(config.id()));
      world.storages().add(config, space);
    }
    saved.volumes.forEach((key, some) -> world.storages().volumes().put(key, new TreeMap<>(some)));
    world.guests().putAll(saved.guests);
    world.options().putAll(saved.options);
    if (saved.appliances != null) { // worlds of old have none
      world.appliances().putAll(saved.appliances);
    }
    if (saved.backupJobs != null) {
      world.backupJobs().putAll(saved.backupJobs);
    }
    if (saved.firewalls != null) { // nor these, before clusters had them
      world.firewalls().putAll(saved.firewalls);
    }
    if (saved.sections != null) {
      world.sections().putAll(saved.sections);
    }
    world
        .tasks()
        .restore(
            saved.tasks.stream().map(task -> revived(task, world)).toList(),
            saved.lastPid,
            saved.lastStart);
    return world;
  }

  private static Task revived(SavedTask saved, World world) {
    var status = saved.exitStatus;
    return new Task(
        Upid.parse(saved.upid),
        saved.log,
        status == null ? "unexpected status" : status,
        status == null ? world.now() : saved.endtime);
  }
}
