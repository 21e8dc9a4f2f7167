package madang.files;

import madang.kit.settings.Key;

/// What may be brought in, and how much of it.
public record FilesSettings(
        @Key(
                        name = "MADANG_MAX_UPLOAD_SIZE",
                        value = "10",
                        min = "1",
                        says = "MiB of an uploaded file; lowers the limit of 10, never raises it")
                int maxUploadSize,
        @Key(
                        name = "MADANG_UPLOAD_QUOTA",
                        value = "500",
                        min = "1",
                        says = "MiB that an account uploads within 24 hours")
                int uploadQuota,
        @Key(
                        name = "MADANG_STORAGE_RESERVE",
                        value = "512",
                        min = "0",
                        says =
                                "MiB of the disk that files leave free for what else lives there; with less"
                                        + " left, uploads are refused")
                int storageReserve) {
    private static final int LARGEST = 10;
    private static final long MEBIBYTE = 1 << 20;

    public long maxUploadBytes() {
        return Math.min(maxUploadSize, LARGEST) * MEBIBYTE;
    }

    public long quotaBytes() {
        return uploadQuota * MEBIBYTE;
    }

    public long reserveBytes() {
        return storageReserve * MEBIBYTE;
    }
}
