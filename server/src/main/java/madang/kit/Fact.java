package madang.kit;

/// Something that happened, told to whoever listens once it is committed. A fact is a record in the
/// past tense; its components are all that is stored of it, so it names things by id.
public interface Fact {

    /// What the fact is about. Facts of one aggregate are heard in the order they happened.
    Id<?> aggregate();
}
