package madang.rules.planted.kit;

import madang.rules.planted.chat.Ledger;

/// A kit that knows a feature.
final class Kettle {
    Ledger ledger = new Ledger();
}
