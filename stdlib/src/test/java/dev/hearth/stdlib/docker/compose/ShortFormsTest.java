package dev.hearth.stdlib.docker.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hearth.runtime.HearthException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Short forms of the Compose specification, wherever they stand. */
class ShortFormsTest {
  private static final FormPlace PLACE =
      (problem, hint) ->
          new HearthException(ComposeError.COMPOSE_VALUE, "x.yaml:1:1", "it " + problem, hint);
  private static final HostPaths PATHS =
      new HostPaths(Path.of("/base/app"), _ -> Path.of("/home/me"));

  private static String told(HearthException e) {
    return e.sentence().replace("x.yaml:1:1: ", "") + " " + e.hint();
  }

  private static String ports(String text) {
    var ports = PublishedPorts.read(text, PLACE);
    return ports.each(PLACE).stream()
        .map(
            each ->
                "%s %s>%d/%s"
                    .formatted(ports.address(), each.published(), each.target(), ports.protocol()))
        .collect(Collectors.joining(", "))
        .strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3000                | >3000/tcp",
        "3000-3001           | >3000/tcp,  >3001/tcp",
        "8000:80             | 8000>80/tcp",
        ":80                 | >80/tcp",
        "9090-9091:8080-8081 | 9090>8080/tcp,  9091>8081/tcp",
        "8000-9000:80        | 8000-9000>80/tcp",
        "0:80                | 0>80/tcp",
        "127.0.0.1:8001:8002 | 127.0.0.1 8001>8002/tcp",
        "127.0.0.1::80       | 127.0.0.1 >80/tcp",
        ":8000:80            | 8000>80/tcp",
        "::80                | >80/tcp",
        "[::1]:6000:6001     | ::1 6000>6001/tcp",
        "::1:6000:6001       | ::1 6000>6001/tcp",
        "2001:db8::5::80     | 2001:db8::5 >80/tcp",
        "6060:6061/udp       | 6060>6061/udp",
        "6060/SCTP           | >6060/sctp",
      })
  void ports_are_read(String text, String read) {
    assertThat(ports(text)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "x       | it is `x`, which is no port. Write `8080:80`, `127.0.0.1:8080:80`, `3000-3005`,"
            + " `53:53/udp`, or `target` and `published` by name.",
        "80/icmp | it is `80/icmp`, which is no port. Write `8080:80`, `127.0.0.1:8080:80`,"
            + " `3000-3005`, `53:53/udp`, or `target` and `published` by name.",
        "localhost:80:80 | it is `localhost:80:80`, which is no port. Write `8080:80`,"
            + " `127.0.0.1:8080:80`, `3000-3005`, `53:53/udp`, or `target` and `published` by"
            + " name.",
        "1.2:80:80 | it has the address `1.2`, which is none. Write one of the host's addresses,"
            + " such as `127.0.0.1:8080:80`, or leave it out.",
        "10.0.0.256:80:80 | it has the address `10.0.0.256`, which is none. Write one of the"
            + " host's addresses, such as `127.0.0.1:8080:80`, or leave it out.",
        "1::2::3:80:80 | it has the address `1::2::3`, which is none. Write one of the host's"
            + " addresses, such as `127.0.0.1:8080:80`, or leave it out.",
        "99999   | it has the ports 99999. Ports go from 1 to 65535, the lower one first.",
        "80:0    | it has the ports 0. Ports go from 1 to 65535, the lower one first.",
        "81-80   | it has the ports 81-80. Ports go from 1 to 65535, the lower one first.",
        "1-2:3-5 | it has ranges of 2 and 3 ports. Give both the same length.",
        "81:80-81 | it has ranges of 1 and 2 ports. Give both the same length.",
      })
  void what_is_no_port_is_told(String text, String message) {
    var e = catchThrowableOfType(HearthException.class, () -> ports(text));
    assertThat(told(e)).isEqualTo(message);
  }

  private static String mount(String text) {
    var mount = ShortMount.read(text, PLACE);
    var source = mount.isBind() ? PATHS.resolved(mount.source(), PLACE) : mount.source();
    var told = new StringBuilder("%s > %s".formatted(source, mount.target()));
    if (mount.isReadOnly()) {
      told.append(" ro");
    }
    if (mount.isWithoutCopy()) {
      told.append(" empty");
    }
    mount.propagation().ifPresent(it -> told.append(" ").append(it));
    mount.selinux().ifPresent(it -> told.append(" ").append(it));
    return told.toString().strip();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/data                | > /data",
        "db:/data             | db > /data",
        "v:/data              | v > /data",
        "db:/data:ro,nocopy   | db > /data ro empty",
        "db:/data:z           | db > /data z",
        "db:/data:ro,rw       | db > /data",
        "./www:/srv:ro        | /base/app/www > /srv ro",
        "../up:/up:rw,rslave  | /base/up > /up rslave",
        ".hidden:/x           | /base/app/.hidden > /x",
        ".:/x                 | /base/app > /x",
        "/etc/x:/x:Z,delegated | /etc/x > /x Z",
        "~/data:/data         | /home/me/data > /data",
        "~:/home              | /home/me > /home",
        "~//a/../b:/x         | /home/me/b > /x",
      })
  void mounts_are_read(String text, String read) {
    assertThat(mount(text)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:b         | it has a path in the container that is not absolute. Begin it with `/`.",
        ":/b         | it is `:/b`, which is no mount. Write `VOLUME:/path`, `./folder:/path:ro`,"
            + " `/path` for a volume of its own, or `type`, `source` and `target` by name.",
        "a:/b:ro:x   | it is `a:/b:ro:x`, which is no mount. Write `VOLUME:/path`,"
            + " `./folder:/path:ro`, `/path` for a volume of its own, or `type`, `source` and"
            + " `target` by name.",
        "./a:/b:rx   | it has the option `rx`, which there is not. Options are `ro`, `rw`,"
            + " `nocopy`, `z`, `Z` and the propagations such as `rslave`.",
        "./a:/b:nocopy | it has `nocopy`, which is for volumes. Leave `nocopy` out.",
        "a:/b:rslave | it has `rslave`, which is for folders of the host. Leave it out, or begin"
            + " the source with `./` or `/`.",
        "C:\\a:/b    | it has `C:\\a:/b`, a path of Windows. Write it as the engine's machine has"
            + " it (`/srv/data`), or from the folder on (`./data`).",
        "~joe/a:/b   | it names `~joe/a`, which is in the home of somebody else. Write the whole"
            + " path; `~/` is the home of the user who runs the recipe.",
      })
  void what_is_no_mount_is_told(String text, String message) {
    var e = catchThrowableOfType(HearthException.class, () -> mount(text));
    assertThat(told(e)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a  b\tc             | [a][b][c]",
        "sh -c \"echo $A  b\" a\\ b | [sh][-c][echo $A  b][a b]",
        "'' \"\" a''b        | [][][ab]",
        "'a\\b' \"c\\\"d\"   | [a\\b][c\"d]",
        "a\\&b '&' \">\"     | [a&b][&][>]",
      })
  void words_are_split_alike_everywhere(String text, String words) {
    for (var each : CommandWords.Backslash.values()) {
      assertThat(words(text, each)).isEqualTo(words);
    }
  }

  private static String words(String text, CommandWords.Backslash backslash) {
    return CommandWords.of(text, backslash, PLACE).stream()
        .map(each -> "[" + each + "]")
        .collect(Collectors.joining());
  }

  @Test
  void a_backslash_between_double_quotes_is_read_as_each_of_both_does() {
    var text = "printf \"a\\nb\\$c\" x\\\ny";
    assertThat(words(text, CommandWords.Backslash.OF_SHELL)).isEqualTo("[printf][a\\nb$c][xy]");
    assertThat(words(text, CommandWords.Backslash.OF_COMPOSE)).isEqualTo("[printf][anb$c][x\ny]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sh -c \"x | it has a quote that is not closed. Close it, or write a list of words.",
        "a 'b\\' c' d | it has a quote that is not closed. Close it, or write a list of words.",
        "a\\       | it ends with a backslash, behind which nothing stands. Take it out, or write `\\\\`.",
        "a && b    | it has `&` outside of quotes, which no shell reads. Write `sh -c '…'` around it, or put it in quotes.",
      })
  void what_no_command_can_be_split_from_is_told(String text, String message) {
    for (var each : CommandWords.Backslash.values()) {
      var e =
          catchThrowableOfType(
              HearthException.class, () -> CommandWords.of(text.strip(), each, PLACE));
      assertThat(told(e)).isEqualTo(message);
    }
  }
}
