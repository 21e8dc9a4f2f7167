package madang.adapters;

import java.util.Set;

/// Who vouches for people: the name by which we know him, with the subject the key of a person for
/// ever, and how he may call himself in what he signs. A stand-in has a name of its own, so that
/// its people are never taken for the vendor's.
record Issuer(String name, Set<String> accepted) {}
