package madang.sandbox.inbox;

/// Accounts as they are registered with the vendors of short messages.
public record SmsVendors(
        String solapiKey, String solapiSecret, String twilioAccount, String twilioToken) {}
