package dev.hearth.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/** The world is reached through the effects, where the gate stands, and nowhere else. */
@AnalyzeClasses(locations = ProjectClasses.Main.class)
class OutsideWorldTest {
  private static final String GATE =
      "the gate stands in front of the effects: who walks around them walks around the permissions";

  /** Hands whole commands from one process of the user to another; no recipe reaches it. */
  private static final String STANDBY = "dev.hearth.standby";

  /** The classes outside the effects that touch the world, each with its reason. */
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          Map.entry(
              "dev.hearth.runtime.storage.GrowingLines",
              "reads Hearth's own journals while they are written"),
          Map.entry("dev.hearth.cli.Main", "starts the process and hands its environment over"),
          Map.entry(
              "dev.hearth.terminal.ProcessTerminal",
              "is the user's terminal, which no recipe reaches"),
          Map.entry("dev.hearth.terminal.StreamFacts", "asks what the standard streams are"),
          Map.entry(
              "dev.hearth.runtime.engine.ModulePath",
              "must name the watch service in a method that refuses"),
          Map.entry(
              "dev.hearth.runtime.engine.Inspector",
              "counts how long somebody who looks holds a run, which no clock but theirs knows"),
          Map.entry("dev.hearth.runtime.storage.AppendFile", "writes Hearth's own journals"),
          Map.entry("dev.hearth.runtime.storage.PrivateFolder", "keeps Hearth's own files private"),
          Map.entry(
              "dev.hearth.runtime.storage.JsonFile",
              "keeps connections, settings and secrets whole and private"),
          Map.entry(
              "dev.hearth.runtime.storage.Exclusive",
              "replaces Hearth's own files, whole or not at all"),
          Map.entry(
              "dev.hearth.runtime.storage.Compressed", "compresses Hearth's own old journals"),
          Map.entry(
              "dev.hearth.runtime.run.RunTidying",
              "keeps when it last ran as the time of a file of Hearth's own"),
          Map.entry(
              "dev.hearth.runtime.timing.Timekeeper",
              "measures where the time went, which stands still on no clock"),
          Map.entry("dev.hearth.runtime.storage.PrivateFile", "keeps keys private"),
          Map.entry("dev.hearth.runtime.storage.RollingLines", "puts Hearth's own full logs away"),
          Map.entry(
              "dev.hearth.runtime.storage.TornLines", "reads Hearth's own journals after a crash"),
          Map.entry(
              "dev.hearth.runtime.storage.ProcessMark",
              "asks whether the writer of a file still runs"));

  private static final DescribedPredicate<JavaClass> MAY_NOT =
      DescribedPredicate.describe(
          "are neither effects nor named here as exceptions",
          type -> {
            String name = type.getName();
            int inner = name.indexOf('$');
            String outer = inner < 0 ? name : name.substring(0, inner);
            return !type.getPackageName().startsWith("dev.hearth.runtime.effect")
                && !type.getPackageName().equals(STANDBY)
                && !EXCEPTIONS.containsKey(outer);
          });

  @ArchTest
  static final ArchRule sockets_are_opened_by_effects =
      noClasses()
          .that(MAY_NOT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(.*Socket|.*SocketImpl|URL|.*URLConnection|http\\..*|ProxySelector"
                  + "|NetworkInterface)"
                  + "|java\\.nio\\.channels\\..*(Socket|Datagram)Channel"
                  + "|javax\\.net\\..*Socket(Factory)?")
          .because(GATE);

  @ArchTest
  static final ArchRule names_are_resolved_by_effects =
      noClasses()
          .that(MAY_NOT)
          .should()
          .callMethodWhere(
              target(owner(name("java.net.InetAddress")))
                  .and(target(nameMatching("getByName|getAllByName|getLocalHost|isReachable"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.net.InetAddress")))
                  .and(target(nameMatching("getHostName|getCanonicalHostName"))))
          .because("the address that was checked has to be the one that is connected");

  @ArchTest
  static final ArchRule files_are_touched_by_effects =
      noClasses()
          .that(MAY_NOT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.nio\\.file\\.(Files|SecureDirectoryStream|WatchService)"
                  + "|java\\.nio\\.channels\\.(Asynchronous)?FileChannel"
                  + "|java\\.io\\.(File(Input|Output)Stream|File(Reader|Writer)|RandomAccessFile)")
          .because(GATE);

  @ArchTest
  static final ArchRule processes_are_started_by_effects =
      noClasses()
          .that(MAY_NOT)
          .should()
          .dependOnClassesThat()
          .haveNameMatching("java\\.lang\\.ProcessBuilder.*")
          .orShould()
          .callMethodWhere(
              target(owner(name("java.lang.Runtime"))).and(target(nameMatching("exec|load.*"))))
          .because(GATE);

  @ArchTest
  static final ArchRule the_environment_is_read_by_effects =
      noClasses()
          .that(MAY_NOT)
          .should()
          .callMethodWhere(
              target(owner(name("java.lang.System"))).and(target(nameMatching("getenv"))))
          .because("a variable is a permission, and most secrets of this world stand in one");

  @ArchTest
  static final ArchRule time_comes_from_the_clock =
      noClasses()
          .that(MAY_NOT)
          .should()
          .callMethodWhere(
              target(owner(name("java.lang.Thread"))).and(target(nameMatching("sleep"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.util.concurrent.locks.LockSupport")))
                  .and(target(nameMatching("park(Nanos|Until)"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.time.Instant"))).and(target(nameMatching("now"))))
          .orShould()
          .callMethodWhere(
              target(owner(name("java.lang.System")))
                  .and(target(nameMatching("currentTimeMillis|nanoTime"))))
          .because("tests and the simulator run on a clock that stands still");
}
