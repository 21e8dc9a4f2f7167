package madang.dialect.woongkie;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import madang.chat.Chat;
import madang.chat.Message;
import madang.chat.Room;
import madang.chat.SendFile;
import madang.dialect.woongkie.Views.MessageJson;
import madang.files.FileType;
import madang.files.Files;
import madang.files.FilesViews;
import madang.files.StoredFile;
import madang.kit.Caller;
import madang.kit.Failure;
import madang.kit.Id;
import madang.kit.Text;
import madang.kit.http.Access;
import madang.kit.http.ApiRequest;
import madang.kit.http.ApiResponse;
import madang.kit.http.Routes;
import madang.kit.http.Uploads;
import madang.kit.http.Uploads.Uploaded;

/// Files in rooms. Sending one says it, so a client that says it once more is not heard.
final class FileApi {
    private static final Set<FileType> ALLOWED =
            EnumSet.of(
                    FileType.JPEG,
                    FileType.PNG,
                    FileType.GIF,
                    FileType.WEBP,
                    FileType.PDF,
                    FileType.TEXT);

    /// One of its clients reads the id as `file_id`.
    record FileJson(
            String id,
            String fileId,
            String filename,
            String mimeType,
            long size,
            String url,
            String roomId,
            String uploader,
            Instant createdAt) {}

    private final Chat chat;
    private final Files files;
    private final Uploads uploads;
    private final Entrance entrance;
    private final Translator translator;
    private final Figures figures;

    FileApi(
            Chat chat,
            Files files,
            Uploads uploads,
            Entrance entrance,
            Translator translator,
            Figures figures) {
        this.chat = chat;
        this.files = files;
        this.uploads = uploads;
        this.entrance = entrance;
        this.translator = translator;
        this.figures = figures;
    }

    void routes(Routes own) {
        own.upload(
                        "/rooms/{room}/upload",
                        Access.USER,
                        WoongkieFace.UPLOAD,
                        SendFile.class,
                        this::upload)
                .summary("Show a room a file")
                .answers(201, FileJson.class);
        own.get("/files/{file}", Access.USER, WoongkieFace.GENERAL, this::file)
                .summary("A file, for those who may be in its room");
    }

    private ApiResponse upload(ApiRequest request) {
        Caller caller = request.caller();
        Room room = entrance.room(request);
        entrance.requireSpeaker(caller, room.id());
        try (Uploaded<SendFile> upload = uploads.read(request, SendFile.class)) {
            Message said = chat.sendFile(caller, room.id(), upload, null, ALLOWED).message();
            figures.said();
            return ApiResponse.created(view(said));
        } catch (Failure refused) {
            throw isMisnamed(refused) ? Words.no("file_misnamed") : refused;
        }
    }

    private static boolean isMisnamed(Failure refused) {
        return refused.details().get("file") instanceof Text fault
                && fault.key().endsWith("extension_mismatch");
    }

    private FileJson view(Message said) {
        MessageJson shown = translator.messages(List.of(said)).getFirst();
        StoredFile file = files.find(translator.file(said)).orElseThrow(Files::notFound);
        return new FileJson(
                file.id().toString(),
                file.id().toString(),
                file.name(),
                file.type().mimeType(),
                file.size(),
                shown.message(),
                shown.roomId(),
                shown.user(),
                shown.createdAt());
    }

    private ApiResponse file(ApiRequest request) {
        Id<StoredFile> id = request.id("file", "FILE_NOT_FOUND");
        return FilesViews.whole(request, files, chat.file(request.caller(), id));
    }
}
