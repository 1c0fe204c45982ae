package dev.broot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.broot.run.BuildRoot;
import dev.broot.run.Run;
import dev.broot.support.Golden;
import dev.broot.support.Host;
import dev.broot.support.Specs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Roots of the library that are connected to some hosts. */
class NetworkLibraryTest {
  private static final Path TRIES =
      Golden.HOME.resolve("interpreter/src/test/resources/network/tries.py");

  @BeforeEach
  void root() throws IOException {
    Host.assumeRoot();
    // Where the tests run in a network of their own, it has nothing yet.
    dev.broot.support.Run.run("ip", "link", "set", "lo", "up");
  }

  private static String spec(String lines) {
    return "broot 1\nbase host\nbind ro " + TRIES + " -> /tries.py\n" + lines.replace("; ", "\n");
  }

  /** Accepts, says a word, and goes on until it is closed. */
  private static ServerSocket server() throws IOException {
    ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                  client.getOutputStream().write("served".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // It is closed.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  private static List<String> relays() throws IOException {
    List<String> relays = new ArrayList<>();
    try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
      for (Path one : processes.filter(path -> Files.exists(path.resolve("cmdline"))).toList()) {
        String command;
        try {
          command = Files.readString(one.resolve("cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
          continue;
        }
        if (command.startsWith("socat\0") || command.contains("\0broot-net\0")) {
          relays.add(command.replace('\0', ' '));
        }
      }
    }
    return relays;
  }

  private static String output(BuildRoot root, int port) throws Exception {
    return root.run(Run.of("/usr/bin/python3", "/tries.py", "tcp localhost " + port).capture())
        .output()
        .strip();
  }

  @Test
  void rootsOfTheLibraryAreConnectedEachToItsOwnHosts() throws Exception {
    try (ServerSocket one = server();
        ServerSocket other = server()) {
      int first = one.getLocalPort();
      int second = other.getLocalPort();
      try (BuildRoot root =
              BuildRoot.enter(
                  Specs.valid(spec("net allow localhost:" + first + "; limit core 0")));
          BuildRoot beside =
              BuildRoot.enter(
                  Specs.valid(spec("bind ro / -> /host; net allow localhost:" + second)))) {
        for (int again = 0; again < 2; again++) {
          assertThat(output(root, first)).endsWith(": reached served");
          assertThat(output(root, second)).endsWith(": ConnectionRefusedError");
          assertThat(output(beside, second)).endsWith(": reached served");
        }
        assertThat(relays()).isNotEmpty();
        Run relays = Run.of("/usr/bin/python3", "/tries.py", "relays /host").capture();
        assertThat(beside.run(relays).output())
            .isEqualTo("relays /host: 2 directories, 0 sockets, 0 hosts\n");
      }
      assertThat(relays()).isEmpty();
    }
  }

  private static void cable() throws IOException {
    // What pasta takes for the way out; it leads nowhere.
    dev.broot.support.Run.run("ip", "link", "add", "out0", "type", "veth", "peer", "out1");
    dev.broot.support.Run.run("ip", "link", "set", "out1", "up");
    dev.broot.support.Run.run("ip", "address", "add", "198.51.100.2/24", "dev", "out0");
    dev.broot.support.Run.run("ip", "link", "set", "out0", "up");
    dev.broot.support.Run.run("ip", "route", "add", "default", "via", "198.51.100.1");
  }

  /** A proxy of each root's own; no name is found, since the cable leads nowhere. */
  @Test
  void aRootAsksAProxyForNamesByAPartOfThem() throws Exception {
    cable();
    try (BuildRoot root = BuildRoot.enter(Specs.valid(spec("net allow *.example.org:443")))) {
      for (String asked : List.of("evil.com:443", "127.0.0.1:443", "a.example.org:22")) {
        Run run = Run.of("/usr/bin/python3", "/tries.py", "connect " + asked).capture();
        assertThat(root.run(run).output()).isEqualTo("connect " + asked + ": 403\n");
      }
      Run told = Run.of("sh", "-c", "echo $https_proxy").capture();
      assertThat(root.run(told).output()).isEqualTo("http://127.255.255.254:3128\n");
      assertThat(relays()).isNotEmpty();
    } finally {
      dev.broot.support.Run.run("ip", "link", "delete", "out0");
    }
    assertThat(relays()).isEmpty();
  }

  @Test
  void aRootIsConnectedToEverythingOutside() throws Exception {
    cable();
    try (ServerSocket server = server();
        BuildRoot root = BuildRoot.enter(Specs.valid(spec("net user")))) {
      Run routes = Run.of("sh", "-c", "grep -c ^out0 /proc/net/route").capture();
      assertThat(root.run(routes).output()).isEqualTo("2\n");
      assertThat(output(root, server.getLocalPort())).endsWith(": ConnectionRefusedError");
    } finally {
      dev.broot.support.Run.run("ip", "link", "delete", "out0");
    }
  }
}
