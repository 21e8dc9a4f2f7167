package madang.people;

import madang.identity.PersonalData;
import madang.kit.Id;
import madang.kit.User;
import madang.kit.db.Db;

/// Friendships and requests as the rights of people ask for them.
final class PeopleData implements PersonalData {
    private final Db db;
    private final FriendStore store;

    PeopleData(Db db, FriendStore store) {
        this.db = db;
        this.store = store;
    }

    @Override
    public String section() {
        return "people";
    }

    @Override
    public void export(Id<User> user, Archive archive) {
        archive.put("friends", db.read(tx -> store.friends(tx, user, null, Friends.MOST_FRIENDS)));
        archive.put(
                "requests", db.read(tx -> store.outgoing(tx, user, null, Friends.MOST_REQUESTS)));
    }

    @Override
    public void erase(Id<User> user) {
        db.run(tx -> store.forget(tx, user));
    }
}
