package io.tonbo.artifacts.sandbox.kube;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Locale;
import java.util.Optional;

/**
 * TCP ports of the loopback address. What is free now may be somebody's a moment later: whoever starts a server there tries
 * again on another.
 */
public final class LoopbackPort {
    private LoopbackPort() {}

    /**
     * @return one that is free
     * @throws UncheckedIOException if there is none
     */
    public static int free() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    /**
     * @param port from 0, which always is, to 65535
     * @return whether it is free
     */
    public static boolean isFree(int port) {
        return obstacle(port).isEmpty();
    }

    /**
     * @param port from 0, which is any, to 65535
     * @return why no server can be started there, such as {@code port 7700 is in use}; empty if one can
     */
    public static Optional<String> obstacle(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(words(port, e));
        }
    }

    static String words(int port, IOException failure) {
        if (String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).startsWith("permission denied")) {
            return "port " + port + " is not for this user: those below 1024 often are not";
        }
        return failure instanceof BindException
                ? "port " + port + " is in use"
                : "port " + port + " cannot be had: " + failure.getMessage();
    }
}
