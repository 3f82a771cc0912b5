package dev.hearth.runtime.effect.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hearth.runtime.effect.NetAddress;
import dev.hearth.runtime.effect.NetStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.util.List;

/** What a client says to a SOCKS proxy (RFC 1928, RFC 1929), which resolves the target's name. */
final class Socks {
  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int PASSWORD = 2;
  private static final int LOGIN_VERSION = 1;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST = 255;

  /** What the proxies say, by the numbers of RFC 1928. */
  private static final List<String> REPLIES =
      List.of(
          "",
          "it failed",
          "its rules forbid that",
          "it cannot reach the network",
          "it cannot reach the host",
          "the connection was refused",
          "the connection took too long",
          "it does not connect at all",
          "it does not know that kind of address");

  private final DataInputStream input;
  private final NetStream stream;

  private Socks(NetStream stream) {
    this.stream = stream;
    this.input = new DataInputStream(stream.input());
  }

  /** Asks the proxy at the other end of a stream to lead to the target; then it does. */
  static void lead(NetStream stream, Proxies.Proxy proxy, NetAddress target) throws IOException {
    var socks = new Socks(stream);
    try {
      socks.logIn(proxy);
      socks.connect(target);
    } catch (EOFException e) {
      throw (IOException) new ProtocolException("it hung up").initCause(e);
    }
  }

  private void send(ByteArrayOutputStream message) throws IOException {
    stream.output().write(message.toByteArray());
    stream.output().flush();
  }

  private void logIn(Proxies.Proxy proxy) throws IOException {
    boolean knows = !proxy.user().isEmpty();
    var greeting = new ByteArrayOutputStream();
    greeting.write(VERSION);
    greeting.write(knows ? 2 : 1);
    greeting.write(NO_LOGIN);
    if (knows) {
      greeting.write(PASSWORD);
    }
    send(greeting);
    requireVersion();
    int method = input.readUnsignedByte();
    if (method == PASSWORD && knows) {
      var login = new ByteArrayOutputStream();
      login.write(LOGIN_VERSION);
      text(login, proxy.user());
      text(login, proxy.password().reveal());
      send(login);
      input.readUnsignedByte(); // the version of the login
      if (input.readUnsignedByte() != 0) {
        throw new ProtocolException("it does not accept the user and password");
      }
    } else if (method != NO_LOGIN) {
      throw new ProtocolException(
          knows ? "it wants another kind of login" : "it wants a user and password");
    }
  }

  private void requireVersion() throws IOException {
    if (input.readUnsignedByte() != VERSION) {
      throw new ProtocolException("it does not speak SOCKS 5");
    }
  }

  private static void text(ByteArrayOutputStream message, String text) throws IOException {
    var bytes = text.getBytes(UTF_8);
    if (bytes.length > LONGEST) {
      throw new ProtocolException("SOCKS has no room for more than " + LONGEST + " bytes");
    }
    message.write(bytes.length);
    message.writeBytes(bytes);
  }

  private void connect(NetAddress target) throws IOException {
    var request = new ByteArrayOutputStream();
    request.write(VERSION);
    request.write(CONNECT);
    request.write(0);
    var literal = Proxies.literal(target.host()).map(InetAddress::getAddress);
    if (literal.isPresent()) {
      request.write(literal.get().length == 4 ? IPV4 : IPV6);
      request.writeBytes(literal.get());
    } else {
      request.write(NAME);
      text(request, target.host());
    }
    request.write(target.port() >>> 8);
    request.write(target.port());
    send(request);
    answer();
  }

  private void answer() throws IOException {
    requireVersion();
    int reply = input.readUnsignedByte();
    if (reply != 0) {
      throw new ProtocolException(
          reply < REPLIES.size() ? REPLIES.get(reply) : "its answer was " + reply);
    }
    input.readUnsignedByte();
    int bound =
        switch (input.readUnsignedByte()) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> input.readUnsignedByte();
          default -> throw new ProtocolException("it does not speak SOCKS 5");
        };
    input.readFully(new byte[bound + 2]); // where it connects from, which nobody needs
  }
}
