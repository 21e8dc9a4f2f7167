package madang.recovery;

import java.util.List;
import madang.identity.Identity;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// What recovery keeps of people: for a day at most what is on its way to them. None of it is worth
/// taking away.
final class RecoveryData implements PersonalData {
    private final Db db;
    private final Identity identity;
    private final LetterStore letters;
    private final LinkStore links;
    private final PhoneCodeStore codes;

    RecoveryData(
            Db db, Identity identity, LetterStore letters, LinkStore links, PhoneCodeStore codes) {
        this.db = db;
        this.identity = identity;
        this.letters = letters;
        this.links = links;
        this.codes = codes;
    }

    @Override
    public String section() {
        return "recovery";
    }

    @Override
    public void export(Id<User> user, Archive archive) {}

    @Override
    public void erase(Id<User> user) {
        List<String> addresses = identity.addresses(user);
        db.run(tx -> {
            letters.removeOf(tx, user, addresses);
            links.removeOf(tx, user, addresses);
            codes.removeOf(tx, user, addresses);
        });
    }
}
