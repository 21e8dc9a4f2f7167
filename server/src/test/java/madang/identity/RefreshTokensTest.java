package madang.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import madang.identity.RefreshTokens.RefreshToken;
import madang.kit.Id;
import madang.kit.Secret;
import madang.kit.Session;
import org.junit.jupiter.api.Test;

class RefreshTokensTest {
    private static final Secret NEW = new Secret("a new secret of the house, thirty-two long");
    private static final Secret OLD = new Secret("an old secret of the house, thirty-two long");
    private static final Id<Session> SESSION = new Id<>(new UUID(1, 2));

    private final RefreshTokens tokens = new RefreshTokens(List.of(NEW, OLD));

    @Test
    void what_is_written_is_read() {
        RefreshToken token = tokens.successors(tokens.first(SESSION)).getFirst();
        RefreshToken read = tokens.read(tokens.write(token));
        assertThat(read.session()).isEqualTo(SESSION);
        assertThat(read.generation()).isEqualTo(1);
        assertThat(read.secret()).isEqualTo(token.secret());
    }

    @Test
    void no_character_can_be_changed() {
        String text = tokens.write(tokens.first(SESSION));
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(tokens.read(text.substring(0, i) + other + text.substring(i + 1))).isNull();
        }
        assertThat(tokens.read(text + "A")).isNull();
        assertThat(tokens.read(text.substring(1))).isNull();
        assertThat(tokens.read("")).isNull();
        assertThat(tokens.read("ü")).isNull();
    }

    @Test
    void a_successor_is_the_same_each_time_and_no_other_tokens() {
        RefreshToken first = tokens.first(SESSION);
        RefreshToken next = tokens.successors(first).getFirst();
        assertThat(tokens.successors(first).getFirst().hash()).isEqualTo(next.hash());
        assertThat(next.hash()).isNotEqualTo(first.hash());
        assertThat(tokens.successors(tokens.first(SESSION)).getFirst().hash())
                .isNotEqualTo(next.hash());
    }

    @Test
    void an_old_secret_still_reads_and_finds_the_successor_that_it_made() {
        RefreshTokens before = new RefreshTokens(List.of(OLD));
        RefreshToken first = before.first(SESSION);
        assertThat(tokens.read(before.write(first))).isNotNull();
        assertThat(before.read(tokens.write(first))).isNull();
        byte[] made = before.successors(first).getFirst().hash();
        assertThat(tokens.successors(first))
                .anyMatch(it -> java.util.Arrays.equals(it.hash(), made));
    }

    @Test
    void a_device_is_known_to_its_account_alone() {
        DeviceTokens devices = new DeviceTokens(List.of(NEW));
        Id<madang.kit.User> mina = new Id<>(new UUID(3, 4));
        Id<madang.kit.User> joon = new Id<>(new UUID(3, 5));
        String token = devices.keepOrMake(null, mina);
        assertThat(devices.device(token, mina)).hasSize(32);
        assertThat(devices.device(token, joon)).isNull();
        assertThat(devices.device("forged", mina)).isNull();
        assertThat(devices.keepOrMake(token, mina)).isEqualTo(token);
        assertThat(devices.keepOrMake(token, joon)).isNotEqualTo(token);
        assertThat(tokens.read(token)).as("a device opens nothing").isNull();
    }
}
