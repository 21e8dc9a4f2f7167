package madang.port;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import madang.kit.Id;

/// Keeps bytes under a name that the house has made: a picture, a document, a backup. It knows
/// neither what they are nor whose; that stands in the database, which names a blob before it is
/// put, so that none is ever without an owner.
///
/// Guaranteed:
/// - what `put` returned from is durable and whole; where it threw, the blob is not there, or
///   (after a crash) it is whole: nobody ever reads half of one;
/// - a blob never changes: to put the same bytes under the same name again does no harm, to put
///   other bytes there is a bug of the caller;
/// - to delete what is not there does nothing;
/// - a stream that was opened can be read to its end, also while the blob is deleted.
///
/// Every method throws a `Failure`: STORAGE_FULL (507) where there is no room for more,
/// SERVICE_UNAVAILABLE (503) where the store cannot be reached or does not work.
public interface BlobStore {

    /// Only names the kind of an id.
    final class Blob {
        private Blob() {}
    }

    /// Stores exactly `size` bytes. Fewer or more are refused and leave nothing; that a stream
    /// breaks is its owner's fault, and thrown as it came.
    void put(Id<Blob> name, InputStream bytes, long size) throws IOException;

    /// The whole blob; whoever opens it closes it. Empty where there is none.
    Optional<InputStream> open(Id<Blob> name);

    /// `length` bytes from the one at `from` on, or as many as there are.
    Optional<InputStream> open(Id<Blob> name, long from, long length);

    boolean exists(Id<Blob> name);

    void delete(Id<Blob> name);
}
