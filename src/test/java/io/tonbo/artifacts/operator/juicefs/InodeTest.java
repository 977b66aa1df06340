package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The bytes that JuiceFS 1.3.1's own format command was seen to write, with its time replaced. */
class InodeTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.891Z");
    private static final String SECONDS = "0000000069a7bdbf";

    @Test
    void the_root_is_a_directory_that_everybody_may_write() {
        assertThat(HexFormat.of().formatHex(Inode.root(NOW))).isEqualTo(golden("21ff"));
    }

    @Test
    void the_trash_is_a_directory_that_nobody_may_write() {
        assertThat(HexFormat.of().formatHex(Inode.trash(NOW))).isEqualTo(golden("216d"));
    }

    @Test
    void the_trash_has_the_inode_number_that_every_client_knows() {
        assertThat(Inode.TRASH_KEY).isEqualTo("i" + 0x7FFFFFFF10000000L);
        assertThat(Inode.ROOT_KEY).isEqualTo("i1");
    }

    private static String golden(String typeAndMode) {
        return "00" + typeAndMode + "00000000" + "00000000"
                + SECONDS + "00000000" + SECONDS + "00000000" + SECONDS + "00000000"
                + "00000002" + "0000000000001000" + "00000000" + "0000000000000001" + "00";
    }
}
