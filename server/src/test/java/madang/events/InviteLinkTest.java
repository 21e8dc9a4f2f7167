package madang.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import madang.kit.Failure;
import madang.kit.Id;
import org.junit.jupiter.api.Test;

class InviteLinkTest {
    private static final Instant NOW = Instant.parse("2026-11-23T01:00:00Z");

    @Test
    void codes_are_long_and_never_the_same() {
        Set<String> codes = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            codes.add(InviteCode.next());
        }
        assertThat(codes).hasSize(10_000).allMatch(InviteCode::is);
        assertThat(InviteCode.is("")).isFalse();
        assertThat(InviteCode.is("초대하는코드입니다열둘")).isFalse();
        assertThat(InviteCode.is("0123456789A/")).isFalse();
    }

    @Test
    void a_link_lives_a_week_for_everybody_unless_something_else_is_said() {
        InviteLink usual = link(new MakeInviteLink(null, null));
        assertThat(usual.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
        assertThat(used(usual, 10_000).state(NOW)).isEqualTo(InviteLink.State.ACTIVE);
        InviteLink narrow = link(new MakeInviteLink(1, 2));
        assertThat(used(narrow, 1).state(NOW)).isEqualTo(InviteLink.State.ACTIVE);
        assertThat(used(narrow, 2).state(NOW)).isEqualTo(InviteLink.State.USED_UP);
        Instant end = NOW.plus(Duration.ofHours(1));
        assertThat(narrow.state(end.minusMillis(1))).isEqualTo(InviteLink.State.ACTIVE);
        assertThat(narrow.state(end)).isEqualTo(InviteLink.State.EXPIRED);
    }

    @Test
    void what_is_wrong_is_told_in_one_order() {
        InviteLink fresh = link(new MakeInviteLink(1, 1));
        Instant late = NOW.plus(Duration.ofDays(1));
        assertRefused(deactivated(used(fresh, 1)), late, "INVITE_INACTIVE", 410);
        assertRefused(used(fresh, 1), late, "INVITE_EXPIRED", 410);
        assertRefused(used(fresh, 1), NOW, "INVITE_USED_UP", 409);
        assertThatCode(() -> fresh.requireLeadsIn(false, NOW)).doesNotThrowAnyException();
        assertThatCode(() -> used(fresh, 1).requireLeadsIn(true, NOW)).doesNotThrowAnyException();
    }

    private static void assertRefused(InviteLink link, Instant now, String code, int status) {
        assertThatThrownBy(() -> link.requireLeadsIn(false, now))
                .isInstanceOfSatisfying(
                        Failure.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(code);
                            assertThat(refused.status()).isEqualTo(status);
                        });
    }

    private static InviteLink link(MakeInviteLink command) {
        return InviteLink.made(new Id<>(new UUID(0, 1)), new Id<>(new UUID(0, 2)), command, NOW);
    }

    private static InviteLink used(InviteLink link, int uses) {
        return new InviteLink(
                link.code(),
                link.eventId(),
                link.createdBy(),
                link.maxUses(),
                uses,
                link.createdAt(),
                link.expiresAt(),
                link.deactivatedAt());
    }

    private static InviteLink deactivated(InviteLink link) {
        return new InviteLink(
                link.code(),
                link.eventId(),
                link.createdBy(),
                link.maxUses(),
                link.uses(),
                link.createdAt(),
                link.expiresAt(),
                NOW);
    }
}
