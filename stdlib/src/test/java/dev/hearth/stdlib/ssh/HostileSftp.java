package dev.hearth.stdlib.ssh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A program that speaks SFTP as a host would whose owner wants to write outside of the folder that
 * is downloaded: every path is a folder, with a file in it whose name is the first argument.
 */
final class HostileSftp {
  private static final int FOLDER = 0040755;
  private static final int FILE = 0100644;

  private final DataInputStream input = new DataInputStream(System.in);
  private final DataOutputStream output = new DataOutputStream(System.out);
  private final String name;
  private boolean told;

  private HostileSftp(String name) {
    this.name = name;
  }

  public static void main(String[] arguments) throws IOException {
    var server = new HostileSftp(arguments[0]);
    while (true) {
      int length = server.input.readInt();
      server.answer(new DataInputStream(new ByteArrayInputStream(server.input.readNBytes(length))));
    }
  }

  private void answer(DataInputStream request) throws IOException {
    int type = request.readUnsignedByte();
    int id = request.readInt();
    var answer = new ByteArrayOutputStream();
    var data = new DataOutputStream(answer);
    switch (type) {
      case 1 -> { // INIT: its number is the version
        data.writeByte(2);
        data.writeInt(3);
      }
      case 7, 17 -> { // LSTAT, STAT
        data.writeByte(105);
        data.writeInt(id);
        attributes(data, FOLDER);
      }
      case 11 -> { // OPENDIR
        data.writeByte(102);
        data.writeInt(id);
        text(data, "handle");
      }
      case 12 -> readFolder(data, id);
      default -> status(data, id, 0);
    }
    output.writeInt(answer.size());
    output.write(answer.toByteArray());
    output.flush();
  }

  private void readFolder(DataOutputStream data, int id) throws IOException {
    if (told) {
      status(data, id, 1); // the end
      return;
    }
    told = true;
    data.writeByte(104);
    data.writeInt(id);
    data.writeInt(1);
    text(data, name);
    text(data, "-rw-r--r-- 1 root root 4 Jan 1 00:00 " + name);
    attributes(data, FILE);
  }

  private static void attributes(DataOutputStream data, int mode) throws IOException {
    data.writeInt(5); // size and permissions
    data.writeLong(4);
    data.writeInt(mode);
  }

  private static void status(DataOutputStream data, int id, int code) throws IOException {
    data.writeByte(101);
    data.writeInt(id);
    data.writeInt(code);
    text(data, "");
    text(data, "");
  }

  private static void text(DataOutputStream data, String text) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    data.writeInt(bytes.length);
    data.write(bytes);
  }
}
