package madang.social;

import java.util.List;
import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// The links of somebody, to take away and to be gone.
final class SocialData implements PersonalData {
    private final Db db;
    private final LinkStore links;
    private final GoodbyeStore goodbyes;
    private final Goodbyes farewell;

    SocialData(Db db, LinkStore links, GoodbyeStore goodbyes, Goodbyes farewell) {
        this.db = db;
        this.links = links;
        this.goodbyes = goodbyes;
        this.farewell = farewell;
    }

    @Override
    public String section() {
        return "social";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        List<Link> kept = db.read(tx -> links.of(tx, user));
        archive.put("links", kept);
    }

    /// The providers are told once more; who cannot be reached now is not told later, because to
    /// tell him we would have to keep what is to be erased.
    @Override
    public void erase(Id<User> user) {
        db.run(tx -> {
            farewell.addAll(tx, user, null);
            links.removeAll(tx, user);
        });
        farewell.sayDue();
        db.run(tx -> goodbyes.removeAll(tx, user));
    }
}
