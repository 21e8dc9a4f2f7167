package madang.kit.settings;

/// How often somebody may ask. Limits can be raised; none can be switched off.
public record LimitSettings(
        @Key(
                        name = "RATE_LIMIT_LOGIN",
                        value = "5/15minute",
                        says = "Failed sign-ins of an account")
                Rate login,
        @Key(
                        name = "MADANG_RATE_LIMIT_LOGIN_ADDRESS",
                        value = "300/hour",
                        says = "Failed sign-ins from an address")
                Rate loginAddress,
        @Key(
                        name = "MADANG_RATE_LIMIT_SIGN_UP",
                        value = "20/hour",
                        says = "Sign-ups from an address")
                Rate signUp,
        @Key(
                        name = "MADANG_RATE_LIMIT_SOCIAL",
                        value = "60/minute",
                        says = "Sign-ins by Kakao, Google and Naver from an address")
                Rate social,
        @Key(
                        name = "MADANG_RATE_LIMIT_VENDOR",
                        value = "100/second burst 1000",
                        says = "Calls of the vendors' webhooks from an address")
                Rate vendor,
        @Key(
                        name = "MADANG_RATE_LIMIT_API",
                        value = "10/second burst 50",
                        says =
                                "Native requests of an account, or of an address that has not signed in")
                Rate api,
        @Key(
                        name = "MADANG_RATE_LIMIT_REPORTS",
                        value = "20/hour",
                        says = "Reports of an account to the administrators")
                Rate reports,
        @Key(
                        name = "MADANG_RATE_LIMIT_USER_SEARCH",
                        value = "30/minute",
                        says = "Users that an account looks up by their name")
                Rate userSearch,
        @Key(
                        name = "MADANG_RATE_LIMIT_FRIEND_REQUESTS",
                        value = "20/hour",
                        says = "People whom an account asks to be friends")
                Rate friendRequests,
        @Key(
                        name = "MADANG_RATE_LIMIT_INVITES",
                        value = "10/minute",
                        says = "Invite links that an address looks up")
                Rate invites,
        @Key(
                        name = "MADANG_RATE_LIMIT_RECOVERY",
                        value = "20/hour",
                        says = "Codes and links to mailboxes and phones that an address asks for")
                Rate recovery,
        @Key(name = "MADANG_RATE_LIMIT_MAIL", value = "5/hour", says = "Mails to one mailbox")
                Rate mail,
        @Key(
                        name = "MADANG_RATE_LIMIT_CALENDAR_FEED",
                        value = "5/second burst 100",
                        says = "Feeds of calendars that an address reads")
                Rate calendarFeed,
        @Key(
                        name = "MADANG_RATE_LIMIT_EXPORT",
                        value = "5/day",
                        says = "Exports of its own data that an account asks for")
                Rate export,
        @Key(
                        name = "RATE_LIMIT_FILE_UPLOAD",
                        value = "100/hour burst 30",
                        says = "Files that an account uploads")
                Rate fileUpload,
        @Key(
                        name = "MADANG_RATE_LIMIT_FILE_DOWNLOAD",
                        value = "50/second burst 200",
                        says = "Files and thumbnails that an account fetches")
                Rate fileDownload,
        @Key(
                        name = "MADANG_RATE_LIMIT_WEBHOOK",
                        value = "1/second burst 30",
                        says = "Messages through one webhook")
                Rate webhook,
        @Key(
                        name = "MADANG_RATE_LIMIT_FRAMES",
                        value = "20/second burst 40",
                        says = "Frames of a native socket")
                Rate frames) {}
