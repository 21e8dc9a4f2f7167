package madang.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import madang.chat.ChatViews.ReactionView;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.User;

/// How people reacted to a message, in the order in which each emoji came first. Everybody is
/// counted, and of each kind the first are named.
record Reactions(List<ReactionView> all) {
    static final int MOST_KINDS = 20;
    static final int MOST_NAMED = 100;

    static final Reactions NONE = new Reactions(List.of());

    boolean has(Emoji emoji) {
        return all.stream().anyMatch(kind -> kind.emoji().equals(emoji.text()));
    }

    /// With one more, who has not reacted so yet.
    Reactions with(Emoji emoji, Id<User> user) {
        if (has(emoji)) {
            return each(emoji, kind -> more(kind, user));
        }
        if (all.size() == MOST_KINDS) {
            throw Failure.conflict("CHAT_TOO_MANY_REACTIONS", MOST_KINDS);
        }
        List<ReactionView> more = new ArrayList<>(all);
        more.add(new ReactionView(emoji.text(), 1, List.of(user)));
        return new Reactions(more);
    }

    /// Without one who had reacted so; `named` are the first of those who remain.
    Reactions without(Emoji emoji, List<Id<User>> named) {
        return each(emoji, kind -> new ReactionView(kind.emoji(), kind.count() - 1, named));
    }

    private Reactions each(Emoji emoji, UnaryOperator<ReactionView> change) {
        return new Reactions(
                all.stream()
                        .map(kind -> kind.emoji().equals(emoji.text()) ? change.apply(kind) : kind)
                        .filter(kind -> kind.count() > 0)
                        .toList());
    }

    private static ReactionView more(ReactionView kind, Id<User> user) {
        List<Id<User>> named = new ArrayList<>(kind.users());
        if (named.size() < MOST_NAMED) {
            named.add(user);
        }
        return new ReactionView(kind.emoji(), kind.count() + 1, named);
    }
}
