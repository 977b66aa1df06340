package io.tonbo.artifacts.sandbox.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

/** Who can have which port, in words. */
class LoopbackPortTest {
    @Test
    void whatIsTakenIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            assertThat(LoopbackPort.isFree(port)).isFalse();
            assertThat(LoopbackPort.obstacle(port)).hasValue("port " + port + " is in use");
        }
    }

    @Test
    void whatIsFreeHasNoObstacle() {
        assertThat(LoopbackPort.free()).isBetween(1024, 65_535);
        assertThat(LoopbackPort.isFree(0)).isTrue();
    }

    @Test
    void whatIsForbiddenIsNotCalledTaken() {
        assertThat(LoopbackPort.words(80, new BindException("Permission denied (Bind failed)")))
                .isEqualTo("port 80 is not for this user: those below 1024 often are not");
        assertThat(LoopbackPort.words(80, new SocketException("Permission denied")))
                .isEqualTo("port 80 is not for this user: those below 1024 often are not");
        assertThat(LoopbackPort.words(80, new BindException("Address already in use")))
                .isEqualTo("port 80 is in use");
        assertThat(LoopbackPort.words(80, new SocketException("Network is down")))
                .isEqualTo("port 80 cannot be had: Network is down");
    }
}
