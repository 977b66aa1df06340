package io.tonbo.artifacts.operator.juicefs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class VolumeUuidTest {
    private static final String UID = "5f0c1b1e-0000-4000-8000-000000000001";

    @Test
    void a_later_operator_finds_the_volumes_of_an_earlier_one() {
        // Computed with another program: SHA-256 of id, zero byte, uid.
        assertThat(VolumeUuid.of("ws_01J", UID)).isEqualTo(UUID.fromString("77c5ad3f-1d70-46af-afef-7979a5e5c650"));
    }

    @Test
    void it_has_the_form_that_juicefs_expects() {
        UUID uuid = VolumeUuid.of("ws_01J", UID);

        assertThat(uuid.version()).isEqualTo(4);
        assertThat(uuid.variant()).isEqualTo(2);
    }

    @Test
    void another_resource_or_another_workspace_has_another_one() {
        assertThat(VolumeUuid.of("ws_01J", UID))
                .isNotEqualTo(VolumeUuid.of("ws_01K", UID))
                .isNotEqualTo(VolumeUuid.of("ws_01J", UID.replace('1', '2')))
                .isNotEqualTo(VolumeUuid.of("ws_01J" + UID, ""));
    }
}
