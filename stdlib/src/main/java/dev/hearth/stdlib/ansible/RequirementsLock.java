package dev.hearth.stdlib.ansible;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hearth.runtime.HearthException;
import dev.hearth.runtime.permission.VisibleText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was installed for a file of requirements, exactly, so that it can be had again.
 *
 * @param format of this file, 1
 */
record RequirementsLock(int format, List<Wanted> wanted, List<Installed> installed) {
  static final int FORMAT = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .build();

  /**
   * A requirement, and what it was that day.
   *
   * @param commit of one from git
   * @param archiveSha256 of one from a file of this machine
   */
  record Wanted(Requirement requirement, @Nullable String commit, @Nullable String archiveSha256) {}

  /**
   * A role or a collection that was installed, be it because another one needs it.
   *
   * @param sha256 of all its files, as {@link TreeHash} has it
   */
  record Installed(Requirement.Type type, String name, @Nullable String version, String sha256) {}

  static RequirementsLock of(List<Wanted> wanted, List<Installed> installed) {
    return new RequirementsLock(FORMAT, wanted, installed);
  }

  static RequirementsLock read(String file, String text) {
    try {
      var lock = MAPPER.readValue(text, RequirementsLock.class);
      if (lock.format() == FORMAT && lock.isWhole()) {
        return lock;
      }
      throw new HearthException(AnsibleError.LOCK_UNREADABLE, VisibleText.of(file));
    } catch (JacksonException e) {
      throw new HearthException(AnsibleError.LOCK_UNREADABLE, VisibleText.of(file)).causedBy(e);
    }
  }

  /** A file may lack anything, whatever the types say. */
  private boolean isWhole() {
    return Stream.of(wanted, installed).noneMatch(Objects::isNull)
        && wanted.stream().allMatch(each -> each != null && each.requirement() != null)
        && installed.stream().noneMatch(Objects::isNull);
  }

  String text() {
    try {
      return MAPPER.writeValueAsString(this) + "\n";
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Wanted> wanted(Requirement one) {
    return wanted.stream().filter(each -> each.requirement().equals(one)).findFirst();
  }

  /** The version that was installed under a name. */
  Optional<String> version(Requirement one) {
    return installed.stream()
        .filter(each -> each.type() == one.type() && each.name().equals(one.name()))
        .flatMap(each -> Optional.ofNullable(each.version()).stream())
        .findFirst();
  }
}
