package io.tonbo.artifacts.operator.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    static String jwt(String claims) {
        return base64("{\"alg\":\"HS256\"}") + "." + base64(claims) + "." + base64("signature");
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"art_4f9sK", "tbo_9-_.~+/=", "  art_x\n", "\r\n\ttbo_abc \n\n", "\u2003art_x\u2003"})
    void keys_are_tokens_with_or_without_white_space_around_them(String text) throws Exception {
        assertThat(BearerToken.parse(text).headerValue()).isEqualTo("Bearer " + text.strip());
        assertThat(BearerToken.parse(text).expiry()).isEmpty();
    }

    @Test
    void a_jwt_with_an_exp_claim_is_a_token_that_knows_its_end() throws Exception {
        BearerToken token = BearerToken.parse(jwt("{\"sub\":\"u1\",\"exp\":1767225600}") + "\n");

        assertThat(token.expiry()).contains(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600.75, 2026-01-01T00:00:00Z",
        "-5, 1970-01-01T00:00:00Z",
        "1e300, 9999-12-31T23:59:59Z",
        "99999999999999999999999999, 9999-12-31T23:59:59Z"
    })
    void an_odd_exp_is_read_for_what_it_says(String exp, Instant end) throws Exception {
        assertThat(BearerToken.parse(jwt("{\"exp\":" + exp + "}")).expiry()).contains(end);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "NULL",
            value = {
                "'', 0, 0",
                "'   ', 0, 0",
                "hello, 5, 1",
                "art_, 4, 1",
                "ART_ABC, 7, 1",
                "art_with space, 14, 1",
                "'\"art_quoted\"', 12, 1",
                "Bearer art_abc, 14, 1",
                "art_a\u0000b, 7, 1",
                "art_ümlaut, 10, 1",
                "a.b, 3, 2",
                "a.b.c, 5, 3",
                "a.b.c.d, 7, 4",
                "e30.e30., 8, 3",
                "e30.e30.sig, 11, 3",
                "e30.!!!.sig, 11, 3"
            })
    void what_is_no_token_is_refused_with_its_length_and_parts(String text, int characters, int parts) {
        MalformedTokenException e = catchThrowableOfType(MalformedTokenException.class, () -> BearerToken.parse(text));

        assertThat(e).isNotNull();
        assertThat(e.characters()).isEqualTo(characters);
        assertThat(e.parts()).isEqualTo(parts);
        assertThat(e).hasMessageContaining("art_…").hasMessageContaining("tbo_…");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"no end\"}",
                "{\"exp\":\"1767225600\"}",
                "{\"exp\":null}",
                "[1]",
                "\"text\"",
                "{\"exp\":1767225600"
            })
    void a_jwt_without_a_numeric_exp_is_refused(String claims) {
        assertThatThrownBy(() -> BearerToken.parse(jwt(claims)))
                .isInstanceOf(MalformedTokenException.class)
                .hasMessageContaining("exp");
    }

    @Test
    void claims_nested_without_end_are_refused_and_do_not_exhaust_the_stack() {
        String deep = "{\"exp\":" + "[".repeat(1500) + "]".repeat(1500) + "}";

        assertThatThrownBy(() -> BearerToken.parse(jwt(deep))).isInstanceOf(MalformedTokenException.class);
    }

    @Test
    void a_token_longer_than_a_header_may_be_is_refused() {
        String text = "art_" + "x".repeat(BearerToken.MAX_CHARACTERS);

        assertThatThrownBy(() -> BearerToken.parse(text))
                .isInstanceOf(MalformedTokenException.class)
                .hasMessageContaining("8196 characters");
    }

    @Test
    void neither_a_token_nor_its_refusal_shows_the_text() throws Exception {
        BearerToken token = BearerToken.parse("art_SECRETSECRET");

        assertThat(token.toString()).doesNotContain("SECRET").contains(token.hash());
        assertThatThrownBy(() -> BearerToken.parse("SECRET SECRET"))
                .hasMessageNotContaining("SECRET")
                .hasNoCause();
    }

    @Test
    void the_hash_tells_tokens_apart_and_nothing_else() throws Exception {
        BearerToken token = BearerToken.parse("art_one");

        assertThat(token.hash()).matches("[0-9a-f]{16}");
        assertThat(token).isEqualTo(BearerToken.parse(" art_one\n")).hasSameHashCodeAs(BearerToken.parse("art_one"));
        assertThat(token.hash()).isEqualTo(BearerToken.parse("art_one\n").hash());
        assertThat(token).isNotEqualTo(BearerToken.parse("art_two"));
        assertThat(token.hash()).isNotEqualTo(BearerToken.parse("art_two").hash());
    }
}
