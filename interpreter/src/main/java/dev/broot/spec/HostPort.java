package dev.broot.spec;

import java.net.IDN;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A host and a port as a line says them, in one spelling: names in lower case, addresses as short
 * as they can be, and {@code localhost} for its address.
 *
 * @param port or null where none is said
 */
public record HostPort(Network.Kind kind, String name, @Nullable Integer port) {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?");
  private static final Pattern OCTET =
      Pattern.compile("0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5]");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^\\[\\]]*)\\](?::(.*))?");
  private static final int MOST_PORT = 65535;

  /** What stands before a name where those below it are meant. */
  private static final String BELOW = "*.";

  /** What is wrong with a text, and how it is written. */
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final String hint;

    Malformed(String message, String hint) {
      super(message);
      this.hint = hint;
    }

    /** What to write. */
    public String hint() {
      return hint;
    }
  }

  /**
   * Reads one.
   *
   * @throws Malformed when it is none
   */
  public static HostPort parse(String text) throws Malformed {
    Matcher brackets = BRACKETS.matcher(text);
    if (brackets.matches()) {
      String port = brackets.group(2);
      return new HostPort(
          Network.Kind.ADDRESS,
          address6(text, brackets.group(1)),
          port == null ? null : port(text, port));
    }
    int colon = text.lastIndexOf(':');
    if (colon >= 0 && text.indexOf(':') < colon) {
      throw new Malformed(
          "`" + text + "` is not a host and a port",
          "write an IPv6 address in brackets, as in `[2001:db8::1]:443`");
    }
    String name = (colon < 0 ? text : text.substring(0, colon)).toLowerCase(Locale.ROOT);
    Integer port = colon < 0 ? null : Integer.valueOf(port(text, text.substring(colon + 1)));
    if (name.equals(Network.LOCALHOST) || name.equals("127.0.0.1")) {
      return new HostPort(Network.Kind.LOCALHOST, Network.LOCALHOST, port);
    } else if (name.matches("[0-9.]*[0-9]\\.?")) {
      return new HostPort(Network.Kind.ADDRESS, address4(text, name), port);
    }
    if (name.startsWith("*")) {
      checkBelow(text, name);
      return new HostPort(Network.Kind.WILDCARD, name, port);
    }
    check(text, name);
    return new HostPort(Network.Kind.NAME, name, port);
  }

  private static void checkBelow(String text, String name) throws Malformed {
    String domain = name.startsWith(BELOW) ? name.substring(2) : "";
    if (domain.indexOf('.') < 0 || domain.matches("[0-9.*]*")) {
      throw new Malformed(
          "`" + text + "` is not a host, nor the hosts below one",
          name.equals("*")
              ? "`net user` allows every host but this one"
              : "`*` stands for what is before a name of two parts or more, as in"
                  + " `*.example.org:443`");
    }
    check(text, domain);
  }

  /** Whether all hosts of another one are hosts of this one; ports are not looked at. */
  public static boolean covers(String name, String other) {
    return name.equals(other)
        || (name.startsWith(BELOW)
            && other.endsWith(name.substring(1))
            && other.length() >= name.length());
  }

  /** Whether two have a host in common. */
  public static boolean meet(String name, String other) {
    return covers(name, other) || covers(other, name);
  }

  /** Whether it is the host itself, by name or address. */
  public boolean isThisHost() {
    return name.equals(Network.LOCALHOST) || name.equals("::1") || name.startsWith("127.");
  }

  /** Whether it may be a host outside of this one; what a name leads to is not known. */
  public boolean isOutside() {
    return !isThisHost() && !isLinkLocal(name);
  }

  /**
   * Whether it is an address that is of the host's own link, or one at which clouds have their
   * metadata, also as IPv6 writes it where a network translates it.
   */
  public static boolean isLinkLocal(String name) {
    return name.startsWith("169.254.")
        || name.equals("168.63.129.16")
        || name.equals("fd00:ec2::254")
        || name.matches("64:ff9b::(a9fe:.*|a83f:8110)");
  }

  /** Whether it is an address that a private name may lead to. */
  public boolean isPrivate() {
    return kind == Network.Kind.ADDRESS
        && name.matches(
            "(10\\.|192\\.168\\.|172\\.(1[6-9]|2[0-9]|3[01])\\.|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])\\.|f[cd]..:).*");
  }

  /** Whether it is an address to which any name may lead. */
  public boolean isPublic() {
    return kind == Network.Kind.ADDRESS && isOutside() && !isPrivate();
  }

  /** Whether what a line says is looked up; ports are not looked at. */
  public static boolean isLookedUp(String name) {
    return !name.equals(Network.LOCALHOST) && !name.contains(":") && !name.matches("[0-9.]+");
  }

  /** As a line says it. */
  public String text() {
    return port == null
        ? Network.Host.text(name, 0).replaceFirst(":0$", "")
        : Network.Host.text(name, port);
  }

  private static int port(String text, String port) throws Malformed {
    if (!port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > MOST_PORT) {
      throw new Malformed(
          "`" + port + "` in `" + text + "` is not a port", "write a number from 1 to 65535");
    }
    return Integer.parseInt(port);
  }

  private static void check(String text, String name) throws Malformed {
    if (name.endsWith(".") && name.length() > 1) {
      throw new Malformed(
          "`" + text + "` ends in a dot before its port",
          "write it without the dot: `" + text.replaceFirst("\\.(:|$)", "$1") + "`");
    } else if (!name.chars().allMatch(c -> c < 128)) {
      throw new Malformed("`" + text + "` has letters that no host's name has", ascii(name));
    }
    boolean good = name.length() <= 253 && !name.isEmpty();
    for (String label : name.split("\\.", -1)) {
      good = good && label.length() <= 63 && LABEL.matcher(label).matches();
    }
    if (!good) {
      throw new Malformed(
          "`" + text + "` is not a host and a port",
          "write it as in `registry.npmjs.org:443`, `192.0.2.7:443` or `localhost:5432`");
    }
  }

  private static String ascii(String name) {
    try {
      return "write the name as the network knows it: `" + IDN.toASCII(name) + "`";
    } catch (IllegalArgumentException e) {
      return "write letters of ASCII, digits, `-` and `.`";
    }
  }

  private static String address4(String text, String name) throws Malformed {
    String[] octets = name.split("\\.", -1);
    boolean good = octets.length == 4;
    for (String octet : octets) {
      good = good && OCTET.matcher(octet).matches();
    }
    if (!good || octets[0].equals("0") || Integer.parseInt(octets[0]) >= 224) {
      throw new Malformed(
          "`" + text + "` is not the address of a host", "write it as in `192.0.2.7:443`");
    }
    return name;
  }

  private static String address6(String text, String written) throws Malformed {
    try {
      if (written.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*")) {
        InetAddress address = InetAddress.getByName(written);
        boolean host =
            !address.isMulticastAddress()
                && !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !(address instanceof Inet4Address);
        if (host) {
          return shortened(address.getAddress());
        }
      }
    } catch (UnknownHostException e) {
      // As below.
    }
    throw new Malformed(
        "`" + text + "` is not the address of a host", "write it as in `[2001:db8::1]:443`");
  }

  // As RFC 5952 has it: the first longest run of zeros is left out.
  private static String shortened(byte[] bytes) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 2) {
      all.append(':').append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)));
    }
    String text = all.substring(1);
    for (int zeros = 8; zeros > 1; zeros--) {
      String run = ":0".repeat(zeros).substring(1);
      Matcher found = Pattern.compile("(^|:)" + run + "($|:)").matcher(text);
      if (found.find()) {
        return text.substring(0, found.start()) + "::" + text.substring(found.end());
      }
    }
    return text;
  }
}
