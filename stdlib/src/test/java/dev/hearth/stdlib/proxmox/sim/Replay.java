package dev.hearth.stdlib.proxmox.sim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.stdlib.proxmox.sim.api.SimAnswer;
import dev.hearth.stdlib.proxmox.sim.api.SimRequest;
import dev.hearth.stdlib.proxmox.sim.task.Task;
import dev.hearth.stdlib.proxmox.sim.task.Upid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Sends recorded requests to a simulator, with that world's own secrets and task ids. */
final class Replay {
  private static final Pattern UPID_IN_PATH = Pattern.compile("/tasks/([^/?]+)");
  private static final Pattern COOKIE = Pattern.compile("PVEAuthCookie=PVE%3A(.+?)%3A(\\w+).*");
  private static final Pattern TOKEN = Pattern.compile("PVEAPIToken=([^!]+)!([^=]+)=(.*)");

  private static final int DIGEST_LENGTH = 40;

  private final ProxmoxSimulator simulator;
  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Set<String> endless = new HashSet<>();

  Replay(ProxmoxSimulator simulator) {
    this.simulator = simulator;
    // What two files of the recordings hash to, and what the ones made up for them do.
    digest(
        "87517b54dd490aeec445ac7407b8c0e0c6c418fb9d83d2758fca2c0937204e25",
        new byte[RecordedWorld.ISO_BYTES]);
    digest(
        "3b107e52f63fab104395d42dbb0d08b9ef9cb3f10b1e32fe083674dba258e7f8", RecordedWorld.qcow2());
  }

  private void digest(String recorded, byte[] content) {
    texts.put(
        recorded,
        java.util.Objects.requireNonNull(RecordedWorld.facts(content).digests().get("sha256")));
  }

  /** Says what a recorded text is in this world. */
  void learn(String recorded, String ours) {
    texts.put(recorded, ours);
  }

  /** A recorded text as it is in this world. */
  String here(String recorded) {
    var text = recorded;
    for (var entry : texts.entrySet()) {
      text = text.replace(entry.getKey(), entry.getValue());
    }
    return text;
  }

  /** Replays one recording; returns what is not alike. */
  List<String> run(Recording recording) throws IOException, InterruptedException {
    var target = target(recording);
    var answer =
        simulator.answer(
            new SimRequest(
                recording.method(),
                target,
                headers(recording),
                new ByteArrayInputStream(body(recording))));
    learnUpid(recording, answer);
    learnDigest(recording, answer);
    return compare(recording, answer);
  }

  private List<String> compare(Recording recording, SimAnswer answer) {
    var likeness = new Likeness(this::here);
    if (recording.status() == 0) {
      return answer.isDropped() ? List.of() : List.of("the connection should have ended");
    }
    likeness.text("status", "" + recording.status(), "" + answer.status());
    likeness.text("reason", recording.reason(), answer.reason());
    for (var header : List.of("Server", "Connection", "Content-Type", "Cache-Control", "Pragma")) {
      var recorded = recording.response().path("headers").path(header).asText("");
      likeness.text(header, recorded, answer.headers().getOrDefault(header, ""));
    }
    var body = answer.body();
    if (body == null) {
      likeness.text("body", recording.answer().asText("?"), "");
    } else if (isStandIn(recording)) {
      likeness.shape("body", recording.answer(), body);
    } else {
      likeness.json("body", recording.answer(), body);
    }
    var found = new ArrayList<>(likeness.differences());
    if (!found.isEmpty()) {
      found.addFirst(recording.name() + " " + recording.method() + " " + recording.path());
    }
    return found;
  }

  /** Below the recorded server's agent methods stood no guest but a stand-in of the lab's. */
  private static boolean isStandIn(Recording recording) {
    return recording.path().contains("/agent/") && recording.status() == 200;
  }

  /** Configurations have other digests here; who sends one back means the same configuration. */
  private void learnDigest(Recording recording, SimAnswer answer) {
    var theirs = recording.answer().path("data").path("digest").asText("");
    var body = answer.body();
    var ours = body == null ? "" : body.path("data").path("digest").asText("");
    if (theirs.length() == DIGEST_LENGTH && !ours.isEmpty()) {
      texts.put(theirs, ours);
    }
  }

  private void learnUpid(Recording recording, SimAnswer answer) {
    var theirs = recording.answer().path("data").asText("");
    var body = answer.body();
    var ours = body == null ? "" : body.path("data").asText("");
    if (theirs.startsWith("UPID:") && ours.startsWith("UPID:")) {
      texts.put(theirs, ours);
    }
  }

  private String target(Recording recording) throws InterruptedException {
    var match = UPID_IN_PATH.matcher(recording.path());
    if (!match.find()) {
      return recording.path();
    }
    var theirs = URLDecoder.decode(match.group(1), UTF_8);
    if (!texts.containsKey(theirs)) {
      likeliest(theirs).ifPresent(ours -> texts.put(theirs, ours));
    }
    if (isRunning(recording)) {
      texts.computeIfAbsent(theirs, this::startUnrecorded);
    }
    var ours = texts.getOrDefault(theirs, theirs);
    if (!endless.contains(ours)) {
      simulator.awaitTask(ours);
    }
    return recording.path().replace(match.group(1), URLEncoder.encode(ours, UTF_8));
  }

  /** Waits for the tasks that still run, but for those that only end when they are stopped. */
  void settle() throws InterruptedException {
    var world = simulator.world();
    for (var task : world.lock().holding(() -> world.tasks().all())) {
      var upid = task.upid().toString();
      if (!endless.contains(upid)) {
        simulator.awaitTask(upid);
      }
    }
  }

  /** The last task like one whose start was not recorded, if it has no recorded one yet. */
  private Optional<String> likeliest(String theirs) {
    var taken = new HashSet<>(texts.values());
    return tasksLike(theirs).filter(ours -> !taken.contains(ours)).reduce((first, last) -> last);
  }

  private Stream<String> tasksLike(String theirs) {
    if (!theirs.startsWith("UPID:") || theirs.split(":", -1).length != 9) {
      return Stream.empty();
    }
    var upid = Upid.parse(theirs);
    var world = simulator.world();
    return world.lock().holding(() -> world.tasks().all()).stream()
        .map(Task::upid)
        .filter(ours -> ours.type().equals(upid.type()) && ours.id().equals(upid.id()))
        .map(Upid::toString);
  }

  /** A task whose start was not recorded: it runs until somebody stops it. */
  private String startUnrecorded(String theirs) {
    var upid = Upid.parse(theirs);
    var tasks = simulator.world().tasks();
    var ours =
        simulator
            .world()
            .lock()
            .holding(
                () ->
                    tasks.start(
                        upid.node(),
                        upid.type(),
                        upid.id(),
                        upid.user(),
                        task -> {
                          while (true) {
                            task.work();
                          }
                        }));
    endless.add(ours);
    return ours;
  }

  private static boolean isRunning(Recording recording) {
    return recording.answer().path("data").path("status").asText().equals("running");
  }

  /** Whether all that a recording speaks of is in this world. */
  boolean knows(Recording recording) {
    var match = UPID_IN_PATH.matcher(recording.path());
    return !match.find()
        || recording.status() != 200
        || isRunning(recording)
        || texts.containsKey(URLDecoder.decode(match.group(1), UTF_8))
        || likeliest(URLDecoder.decode(match.group(1), UTF_8)).isPresent();
  }

  private Map<String, String> headers(Recording recording) {
    var headers = new LinkedHashMap<String, String>();
    var type = recording.header("Content-Type");
    if (!type.isEmpty()) {
      headers.put("Content-Type", type);
    }
    var token = TOKEN.matcher(recording.header("Authorization"));
    if (token.matches()) {
      boolean isWrong = token.group(3).startsWith("00000000");
      var secret = isWrong ? token.group(3) : secret(token.group(1), token.group(2));
      headers.put(
          "Authorization", "PVEAPIToken=" + token.group(1) + "!" + token.group(2) + "=" + secret);
    } else if (!recording.header("Authorization").isEmpty()) {
      headers.put("Authorization", recording.header("Authorization"));
    }
    var cookie = COOKIE.matcher(recording.header("Cookie"));
    if (cookie.matches()) {
      var userid = URLDecoder.decode(cookie.group(1), UTF_8);
      boolean isWrong = cookie.group(2).startsWith("00000");
      var ticket = isWrong ? "PVE:" + userid + ":00000000::wrong" : ticket(userid);
      headers.put("Cookie", "PVEAuthCookie=" + URLEncoder.encode(ticket, UTF_8));
      var csrf = recording.header("CSRFPreventionToken");
      if (!csrf.isEmpty()) {
        headers.put(
            "CSRFPreventionToken",
            csrf.startsWith("00000000")
                ? csrf
                : simulator.world().lock().holding(() -> simulator.world().tickets().csrf(userid)));
      }
    }
    return headers;
  }

  /** The secret of a token here; of one that does not exist, what it might have been. */
  private String secret(String userid, String name) {
    var world = simulator.world();
    return world
        .lock()
        .holding(
            () -> {
              var user = world.accounts().users().get(userid);
              var token = user == null ? null : user.tokens().get(name);
              return token == null ? RecordedWorld.secret(userid, name) : token.secret();
            });
  }

  private String ticket(String userid) {
    return simulator.world().lock().holding(() -> simulator.world().tickets().issue(userid));
  }

  private byte[] body(Recording recording) throws IOException {
    var recorded = recording.body();
    if (recording.header("Content-Type").startsWith("multipart/")) {
      return upload(recorded);
    }
    var ticket = Pattern.compile("password=PVE%3A(.+?)%3A[^&]*").matcher(recorded);
    if (ticket.find()) {
      var fresh = ticket(URLDecoder.decode(ticket.group(1), UTF_8));
      recorded = ticket.replaceFirst("password=" + URLEncoder.encode(fresh, UTF_8));
    }
    return here(recorded).getBytes(UTF_8);
  }

  /** Recorded uploads are cut off; files of the same kind and size stand in for them. */
  private byte[] upload(String recorded) throws IOException {
    int file = recorded.indexOf("\r\n\r\n", recorded.indexOf("; filename="));
    if (file < 0) {
      return recorded.getBytes(ISO_8859_1);
    }
    var head = here(recorded.substring(0, file + 4));
    boolean isQcow2 = head.contains(".qcow2\"");
    var boundary = recorded.substring(0, recorded.indexOf("\r\n"));
    var body = new ByteArrayOutputStream();
    body.write(head.getBytes(UTF_8));
    body.write(isQcow2 ? RecordedWorld.qcow2() : new byte[RecordedWorld.ISO_BYTES]);
    body.write(("\r\n" + boundary + "--\r\n").getBytes(UTF_8));
    return body.toByteArray();
  }
}
