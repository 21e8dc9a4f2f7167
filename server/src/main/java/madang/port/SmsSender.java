package madang.port;

/// Hands short messages to a carrier.
///
/// Guaranteed: what returns was taken over by the carrier's service. It takes a bounded time.
///
/// Not guaranteed: that the message arrives, or that it arrives once.
public interface SmsSender {

    /// `to` is a number in E.164. Throws [Undeliverable] where trying again is in vain, anything
    /// else where it is not.
    void send(String to, String text);
}
